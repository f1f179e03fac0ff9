"""Damage files of every format at random, and check what reading and parsing still owe them.

``python -m tests.corpus.damage 10000 [SEED]`` takes the files of ../shared/corpus. Every damaged
file must give a document whose every character is in its tree, or a line that says why there is
none, in time that grows no faster than the file. Word 97 files are turned into .docx once, since
each call of LibreOffice takes seconds; scans are left out for the same reason.
"""

from __future__ import annotations

import io
import random
import re
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.readers import doc
from corpus.readers.limits import Limits
from corpus.reading import read_bytes
from corpus.structure import parse_act
from tests.corpus.mutation import SPICE, faults, mutate

LIMITS = Limits(ocr_pages=0)  # a damaged page without text is not recognised: seconds a page
_LARGEST = {".pdf": 600_000, ".html": 700_000, ".docx": 120_000, ".txt": 150_000}  # bytes
_SLOWEST_BASE = 1.0  # seconds a small file may take on a busy machine
_SLOWEST = 8e-6  # seconds more for each byte, unpacked
_MARKUP = (
    b"<p>", b"</p>", b"<table>", b"<tr>", b"<td rowspan=9>", b"</table>", b"<div style='display:none'>",
    b"<!--", b"-->", b"&#0;", b"&#xD800;", b"<![CDATA[", b"<w:p>", b"</w:p>", b"<w:tab/>", b"<w:del>",
    b"</w:body>", b"\xff\xfe", b"\x00", b"\xc3", b"endobj", b"stream", b"0 0 obj", b"/Length 99999999",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sample:
    """One whole file to be damaged again and again."""

    name: str
    data: bytes

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()


def damage(sample: Sample, chance: random.Random) -> bytes:
    """Return the bytes of ``sample`` after one to eight accidents fit for its format."""
    if sample.suffix == ".txt":
        return mutate(sample.data.decode("utf-8", "replace"), chance).encode("utf-8", "replace")
    if sample.suffix == ".docx" and chance.random() < 0.8:
        return _damaged_package(sample.data, chance)
    return _damaged_bytes(sample.data, chance)


def _damaged_bytes(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((1, 4, 40, 3_000)))
        match chance.randrange(6):
            case 0:
                data = data[:at] + data[end:]
            case 1:
                data = data[:at] + chance.choice(_MARKUP) + data[at:]
            case 2:
                data = data[:at] + data[at:end] * chance.randint(2, 30) + data[end:]
            case 3:
                data = data[:at] + chance.choice(SPICE).encode() + data[at:]
            case 4:
                data = data[:at] + chance.randbytes(end - at) + data[end:]
            case _:
                data = data[: max(at, len(data) // 3)]  # a download that broke off
    return data


def _damaged_package(data: bytes, chance: random.Random) -> bytes:
    """Damage one part of a .docx and pack it again, so that the damage reaches the reader."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    texts = [
        name for name in parts if re.match(r"word/(?:document|numbering|styles|\w*notes)\.", name)
    ]
    chosen = "word/document.xml" if chance.random() < 0.6 else chance.choice(texts or list(parts))
    parts[chosen] = _damaged_bytes(parts.get(chosen, b""), chance)
    if chance.random() < 0.1:
        del parts[chance.choice(list(parts))]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return packed.getvalue()


def check(name: str, data: bytes) -> list[str]:
    """Return what is wrong with how the file is read and parsed."""
    begin = time.process_time()
    found = []
    results = list(read_bytes(name, data, LIMITS))
    acts = [parse_act(result.document) for result in results if result.document]
    spent = time.process_time() - begin
    if not results:
        found.append("không có kết quả nào")
    for result in results:
        if result.document is None and not result.notes:
            found.append(f"{result.source}: không nói vì sao không đọc được")
        found += [
            f"{note.code}: {note.message}"
            for note in result.notes
            if note.code == "RS-101" and "không lường trước" in note.message
        ]
    for act in acts:
        found += faults(act)
    size = max(len(data), sum(len(act.raw.text) for act in acts))
    if spent > _SLOWEST_BASE + _SLOWEST * size:
        found.append(f"{spent:.1f} giây cho {size} byte")
    return found


def run(
    samples: list[Sample], count: int, seed: int, tell: Callable[[int], None] = lambda _: None
) -> tuple[list[str], Counter[str]]:
    """Damage and check ``count`` files; returns the faults and how many of each format were run."""
    chance = random.Random(seed)
    by_format: dict[str, list[Sample]] = {}
    for sample in samples:
        by_format.setdefault(sample.suffix, []).append(sample)
    found: list[str] = []
    done: Counter[str] = Counter()
    for number in range(count):
        suffix = chance.choice(sorted(by_format))
        sample = chance.choice(by_format[suffix])
        data = damage(sample, chance)
        try:
            faulty = check(sample.name, data)
        except Exception as failure:  # noqa: BLE001 every exception is a finding of this script
            faulty = [f"{type(failure).__name__}: {failure}"]
        found += [f"số {number} ({sample.name}): {fault}" for fault in faulty]
        done[suffix] += 1
        tell(number)
    return found, done


def shared_samples(corpus: Path) -> list[Sample]:
    """Return the files of ``corpus`` that are small enough to be read often."""
    originals = corpus / "originals"
    samples = []
    for folder in ("docx", "html", "pdf", "../texts"):
        for path in sorted((originals / folder).iterdir()):
            if path.stat().st_size <= _LARGEST.get(path.suffix.lower(), 0):
                samples.append(Sample(path.name, path.read_bytes()))
    old = {path.name: path.read_bytes() for path in sorted((originals / "doc").iterdir())[:20]}
    for name, converted in doc.convert_many(old, LIMITS).items():
        if isinstance(converted, bytes) and len(converted) <= _LARGEST[".docx"]:
            samples.append(Sample(f"{name}.docx", converted))
    return samples


def main() -> int:
    """Damage files of ../shared/corpus; the number of them and the seed are the arguments."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    corpus = Path(__file__).resolve().parents[3] / "shared" / "corpus"
    begin = time.monotonic()

    def tell(number: int) -> None:
        if number % 500 == 499:
            sys.stderr.write(f"{number + 1} tệp, {time.monotonic() - begin:.0f} giây\n")

    found, done = run(shared_samples(corpus), count, seed, tell)
    kinds = ", ".join(f"{suffix} {number}" for suffix, number in sorted(done.items()))
    sys.stdout.write(
        f"{count} tệp hỏng ({kinds}), {len(found)} lỗi\n" + "\n".join(found[:60]) + "\n"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
