"""Damage the text of real and invented acts, and check what the parser still owes them.

``python -m tests.corpus.mutation 10000`` reads ../shared/corpus and mutates its acts so often.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from corpus.reading import read_paths
from corpus.records import Act, RawDocument
from corpus.structure import parse_act

SPICE = (
    "Điều 1. ", "Điều 99. ", "Điều I: ", "Chương II", "Mục 3", "1. ", "2.9 ", "1.1. ", "a) ", "đ) ",
    "6) ", "l. ", "I. ", "A. ", "“", "”", '"', "«", "như sau:", "Phụ lục I", "Mẫu số 01", "Nơi nhận:",
    "TM. CHÍNH PHỦ", "VĂN BẢN HỢP NHẤT", "QUY CHẾ", "\t", "\n", "\n\n", "\u200b", "\u0301", "\u00a0",
    "Ð", "\ufeff", "sửa đổi, bổ sung", "-", "+", "1 ", "12 Điều này được sửa đổi ",
)  # fmt: skip
_LONGEST = 40_000  # characters of an act that are mutated: time goes into many acts, not long ones
_SLOWEST = 2e-5  # seconds per character


def mutate(text: str, chance: random.Random) -> str:
    """Return ``text`` with one to eight cuts, copies, swaps or insertions."""
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(text) + 1)
        end = min(len(text), at + chance.choice((1, 5, 60, 900)))
        match chance.randrange(5):
            case 0:
                text = text[:at] + text[end:]
            case 1:
                text = text[:at] + chance.choice(SPICE) + text[at:]
            case 2:
                text = text[:at] + text[at:end] * chance.randint(2, 4) + text[end:]
            case 3:
                text = text[:at] + text[at:end].replace("\n", " ") + text[end:]
            case _:
                text = text[:at] + text[at:end].replace(". ", ".\n") + text[end:]
    return text


def faults(act: Act) -> list[str]:
    """Return what is wrong with a tree: lost characters, wrong offsets, repeated paths."""
    source = act.raw.text
    found = []
    if lost := lost_characters(act):
        found.append(f"mất {len(lost)} ký tự: {lost[:20]!r}")
    paths = set()
    for index, provision in enumerate(act.provisions):
        if provision.text != source[provision.start : provision.end]:
            found.append(f"{provision.path}: lời văn không khớp vị trí")
        if provision.path in paths:
            found.append(f"{provision.path}: hai lần")
        paths.add(provision.path)
        if provision.parent is not None and provision.parent >= index:
            found.append(f"{provision.path}: đơn vị trên đứng sau")
    return found


def lost_characters(act: Act) -> str:
    """Return the visible characters of the source that are in no provision and no region."""
    source = act.raw.text
    gaps = []
    seen = 0
    for start, end in sorted((span.start, span.end) for span in (*act.provisions, *act.regions)):
        if start > seen:
            gaps.append(source[seen:start])
        seen = max(seen, end)
    gaps.append(source[seen:])
    return "".join(char for char in "".join(gaps) if not char.isspace() and char.isprintable())


def _windows(documents: Iterable[RawDocument], chance: random.Random) -> Iterable[str]:
    texts = [document.text for document in documents if document.text.strip()]
    while texts:
        text = chance.choice(texts)
        start = chance.randrange(max(1, len(text) - _LONGEST))
        yield text[start : start + _LONGEST] if chance.random() < 0.5 else text[:_LONGEST]


def run(documents: Iterable[RawDocument], count: int, seed: int) -> list[str]:
    """Return the faults of ``count`` mutated acts, each with its number."""
    chance = random.Random(seed)
    found = []
    for number, text in zip(range(count), _windows(documents, chance), strict=False):
        mutated = mutate(text, chance)
        begin = time.process_time()
        try:
            act = parse_act(RawDocument(source="a.txt", format="text", text=mutated))
        except Exception as failure:  # noqa: BLE001 every exception is a finding of this script
            found.append(f"số {number}: {type(failure).__name__}: {failure}")
            continue
        spent = time.process_time() - begin
        if spent > 0.2 and spent > _SLOWEST * len(mutated):
            found.append(f"số {number}: {spent:.2f} giây cho {len(mutated)} ký tự")
        found += [f"số {number}: {fault}" for fault in faults(act)]
    return found


def main() -> int:
    """Mutate acts of ../shared/corpus; the number of them and the seed are the arguments."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    corpus = Path(__file__).resolve().parents[3] / "shared" / "corpus"
    folders = [corpus / "texts", corpus / "originals" / "docx", corpus / "originals" / "html"]
    documents = [result.document for result in read_paths(folders) if result.document]
    found = run(documents, count, seed)
    sys.stdout.write(f"{count} văn bản đột biến, {len(found)} lỗi\n" + "\n".join(found[:50]) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
