"""How true reading is on real acts: characters lost, Điều in sequence, one tree in all formats.

``python -m tests.benchmarks.reading [--formats]`` reads ../shared/corpus (scans left out: they take
minutes). ``--formats`` also lets LibreOffice save originals as PDF and HTML and reads those again.
"""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml
from lxml import html

from corpus.readers import phapdien
from corpus.readers.composer import normal_lines
from corpus.readers.limits import Limits
from corpus.reading import read_bytes, read_paths
from corpus.records import Act, Head
from corpus.structure import parse_act
from tests.corpus.mutation import faults, lost_characters

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
HEADS = Path(__file__).parents[1] / "corpus" / "heads.yaml"
FOLDERS = ("originals/doc", "originals/docx", "originals/html", "originals/pdf", "texts")
HEAD_FIELDS = ("number", "type", "issuer", "issued", "title")
TITLE_WORDS = 4  # of a title are held in the table of heads
UNITS = ("phan", "chuong", "muc", "dieu", "khoan", "diem")
EVERY = 3  # originals: one in so many is saved in other formats
_NO_LETTER = re.compile(r"[\W_]+")
_ANNEX = re.compile(r"(?:^|/)(?:phu-luc|mau)-")
_REPEALED = re.compile(r"được\s+bãi\s+bỏ")
_CONTINUED = re.compile(r"[Tt]iếp\s+theo\s+Công\s+báo")


def originals() -> Iterator[tuple[str, Act]]:
    """Yield «folder/file» and act of every original and text, without scans."""
    for folder in FOLDERS:
        for result in read_paths([CORPUS / folder]):
            if result.document is not None:
                yield f"{folder.rpartition('/')[2]}/{result.source}", parse_act(result.document)


def codified() -> Iterator[tuple[str, Act]]:
    """Yield source and act of the whole Bộ Pháp điển."""
    for result in read_paths([CORPUS / "phapdien"]):
        if result.document is not None:
            yield result.source, parse_act(result.document)


def tell_loss(name: str, acts: Iterable[tuple[str, Act]]) -> None:
    """Print how many visible characters stand in no provision and no region, and other faults."""
    read = characters = provisions = lost = 0
    wrong: list[str] = []
    unread = added = 0
    for source, act in acts:
        read += 1
        characters += len(act.raw.text)
        provisions += len(act.provisions)
        lost += len(lost_characters(act))
        wrong += [f"{source}: {fault}" for fault in faults(act)]
        if act.raw.article_notes:
            noted = {note.dieu for note in act.raw.article_notes if note.dieu}
            found = {p.path for p in act.provisions if p.level == "dieu" and not p.quoted}
            unread += len(noted - found)
            added += len(found - noted)
    print(
        f"{name}: {read:,} văn bản, {characters:,} ký tự, {provisions:,} quy định; {lost} ký tự mất, "
        f"{len(wrong)} lỗi vị trí hay địa chỉ"
    )
    if unread or added:
        print(
            f"  so với ghi chú pháp điển: thiếu {unread} Điều, {added} Điều in thêm trong điều khác"
        )
    print("".join(f"  {fault}\n" for fault in wrong[:20]), end="")


def tell_pages() -> None:
    """Compare the letters of every codified article with what lxml alone finds in its markup."""
    articles = unlike = letters = lost = 0
    for data in package_pages(CORPUS / "phapdien"):
        parts = phapdien._PART.split(normal_lines(data.decode("utf-8-sig", "replace")))
        bodies = [m for kind, m in zip(parts[1::2], parts[2::2], strict=True) if kind == "pNoiDung"]
        for markup, article in zip(bodies, phapdien._read_page(data).articles, strict=True):
            escaped = phapdien._NO_TAG.sub("&lt;", markup)
            wanted = _letters(html.fromstring(f"<div>{escaped}</div>").text_content())
            articles += 1
            letters += len(wanted)
            if wanted != (found := _letters("".join(article.lines))):
                unlike += 1  # numbers of automatic lists are added
                lost += (Counter(wanted) - Counter(found)).total()
    print(
        f"trang Bộ Pháp điển: {articles:,} điều, {letters:,} chữ; {lost} chữ mất, "
        f"{unlike} điều đọc khác lxml (số tự động được thêm)"
    )


def package_pages(folder: Path) -> Iterator[bytes]:
    """Yield the pages of the đề mục in the zipped package of ``folder``."""
    for path in folder.glob("*.zip"):
        with zipfile.ZipFile(path) as package:
            for name in sorted(package.namelist()):
                if "/demuc/" in f"/{name}" and name.endswith(".html"):
                    yield package.read(name)


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text)


def tell_sequences(acts: list[tuple[str, Act]]) -> None:
    """Print where the Điều of an act do not follow each other, and why."""
    rebuilt = {
        f"texts/{row['file']}"
        for row in csv.DictReader(
            (CORPUS / "texts.tsv").open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE
        )
        if row["how_obtained"].startswith(("articles", "partial"))
    }
    articles = explained = 0
    unexplained = []
    whole = sum(1 for _, act in acts if not list(_gaps(act)))
    for source, act in acts:
        articles += sum(1 for p in act.provisions if p.level == "dieu" and not p.quoted)
        for before, path, start, end in _gaps(act):
            words = act.raw.text[start:end]
            number = re.search(r"dieu-(\d+)", path.rpartition("/")[2])
            missing = range(before + 1, int(number[1])) if number else range(0)
            printed = re.search(
                rf"^\W*Điều\s+(?:{'|'.join(map(str, missing)) or 'x'})\b", words, re.M
            )
            if (
                source in rebuilt
                or _REPEALED.search(words)
                or (before == 0 and _CONTINUED.search(act.raw.text[:3000]))
                or (missing and not printed)
            ):
                explained += 1
            else:
                unexplained.append(f"{source}: sau Điều {before} là {path}")
    print(
        f"dãy Điều: {len(acts)} văn bản, {articles:,} Điều; {whole} văn bản liền dãy; "
        f"{explained} chỗ đứt giải thích được (bãi bỏ, trích, nguồn thiếu), "
        f"{len(unexplained)} chỗ chưa"
    )
    print("".join(f"  {line}\n" for line in unexplained), end="")


def _gaps(act: Act) -> Iterator[tuple[int, str, int, int]]:
    """Yield number before, path after, and the source span between two Điều out of sequence."""
    last: dict[str, tuple[int, int]] = {}
    for provision in act.provisions:
        if provision.level != "dieu" or provision.quoted:
            continue
        part, _, segment = provision.path.rpartition("/")
        match = re.match(r"dieu-(\d+)[a-zđ]?(?:\.|$|~)?", segment)
        if match is None or "." in segment:
            continue
        before, start = last.get(part, (0, 0))
        if int(match[1]) not in (before, before + 1) or "~" in segment:
            yield before, provision.path, start, provision.start
        last[part] = int(match[1]), provision.start


def tell_heads(acts: dict[str, Act]) -> None:
    """Print how many of the hand-checked head fields are exact."""
    table = yaml.safe_load(HEADS.read_text(encoding="utf-8"))["heads"]
    right: Counter[str] = Counter()
    for name, row in table.items():
        found = _head_facts(acts[name].head)
        wanted = row | {"title": row["title"].casefold()}
        right.update(field for field in HEAD_FIELDS if found[field] == wanted[field])
        wrong = [field for field in HEAD_FIELDS if found[field] != wanted[field]]
        if wrong:
            print(f"  {name}: {', '.join(f'{field}: {found[field]!r}' for field in wrong)}")
    share = right.total() / (len(table) * len(HEAD_FIELDS))
    fields = ", ".join(f"{field} {right[field]}" for field in HEAD_FIELDS)
    print(f"dữ liệu đầu văn bản: {len(table)} văn bản; đúng {share:.2%} ({fields})")


def _head_facts(head: Head) -> dict[str, object]:
    title = " ".join(head.title.split()[:TITLE_WORDS]).casefold()
    return {
        "number": head.number, "type": head.type, "issuer": head.issuer, "issued": head.issued,
        "title": title,
    }  # fmt: skip


def outline(act: Act) -> set[str]:
    """Return the paths of an act's own units, annexes and forms left out."""
    return {p.path for p in act.provisions if p.level in UNITS and not _ANNEX.search(p.path)}


def tell_same_acts(acts: list[tuple[str, Act]]) -> None:
    """Print the acts that came in several files, and how their trees differ."""
    by_number: dict[tuple[str, str], list[tuple[str, Act]]] = {}
    for source, act in acts:
        if act.head.number:
            by_number.setdefault((act.head.number, act.head.type), []).append((source, act))
    for (number, _), files in by_number.items():
        first, *others = files
        for source, act in others:
            units, unlike = len(outline(first[1])), len(outline(first[1]) ^ outline(act))
            print(f"  {number}: {first[0]} và {source}: {units} đơn vị, {unlike} khác")


def tell_formats(acts: dict[str, Act]) -> None:
    """Save originals as PDF and HTML with LibreOffice and compare the trees read back."""
    files = [
        path
        for folder in ("docx", "doc")
        for path in sorted((CORPUS / "originals" / folder).iterdir())
        if f"{folder}/{path.name}" in acts
    ][::EVERY]
    with tempfile.TemporaryDirectory() as folder:
        for suffix in ("pdf", "html"):
            subprocess.run(
                ["soffice", f"-env:UserInstallation={Path(folder, 'ho-so').as_uri()}", "--headless",
                 "--convert-to", suffix, "--outdir", folder, *map(str, files)],
                check=True, capture_output=True, timeout=900,
            )  # fmt: skip
            same = units = unlike = heads = 0
            for path in files:
                saved = Path(folder, f"{path.stem}.{suffix}")
                (result,) = read_bytes(saved.name, saved.read_bytes(), Limits(ocr_pages=0))
                if result.document is None:
                    continue
                first, again = acts[f"{path.parent.name}/{path.name}"], parse_act(result.document)
                differing = len(outline(first) ^ outline(again))
                units += len(outline(first))
                unlike += differing
                same += not differing
                heads += _head_facts(first.head) == _head_facts(again.head)
                if differing:
                    print(f"  {path.name} → {suffix}: {differing} đơn vị khác")
            print(
                f"lưu lại dạng {suffix}: {len(files)} văn bản, cùng cây {same}, cùng đầu văn bản "
                f"{heads}; {unlike} khác trong {units:,} đơn vị"
            )


def main() -> int:
    """Measure; returns 2 where the corpus is not there."""
    if not CORPUS.is_dir():
        print("Không có ../shared/corpus.")
        return 2
    acts = list(originals())
    tell_loss("bản gốc và văn bản chữ", acts)
    tell_heads(dict(acts))
    tell_sequences(acts)
    print("cùng văn bản, nhiều tệp:")
    tell_same_acts(acts)
    if "--formats" in sys.argv[1:]:
        tell_formats(dict(acts))
    tell_pages()
    tell_loss("Bộ Pháp điển", codified())
    return 0


if __name__ == "__main__":
    sys.exit(main())
