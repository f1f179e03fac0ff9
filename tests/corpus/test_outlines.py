"""Trees of real acts of all eras and formats against outlines checked by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.reading import read_paths
from corpus.records import Act
from corpus.structure import parse_act

OUTLINES = sorted(Path(__file__).with_name("outlines").glob("*.txt"))
WANTED = {"dieu": 0.995, "khoan": 0.99, "diem": 0.99}
_ANNEX = re.compile(r"(?:^|/)(?:phu-luc|mau)-")


def _full(unit: str, below: str) -> str:
    segments = [unit]
    for segment in below.split("/"):
        if re.match(r"(?:dieu|muc|phan|chuong)-", segment):
            segments.append(segment)
        else:
            level = "khoan" if segment[0].isdigit() else "diem"
            segments.append(f"{level}-{segment}")
    return "/".join(segments)


def read_outline(file: Path) -> tuple[str, set[str]]:
    """Return the source file of an outline and the paths it holds."""
    first, *lines = file.read_text(encoding="utf-8").splitlines()
    paths = set()
    for line in lines:
        unit, _, below = line.partition(":")
        paths.add(unit)
        paths |= {_full(unit, item) for item in below.split()}
    return first.removeprefix("# "), paths


def _found(act: Act) -> set[str]:
    return {
        provision.path
        for provision in act.provisions
        if provision.level != "doan" and not _ANNEX.search(provision.path)
    }


def _level(path: str) -> str:
    return path.rpartition("/")[2].partition("-")[0]


@pytest.mark.shared
@pytest.mark.office
def test_outlines_of_real_acts(shared: Path) -> None:
    outlines = dict(read_outline(file) for file in OUTLINES)
    assert len(outlines) >= 40
    right = dict.fromkeys(WANTED, 0)
    all_of = dict.fromkeys(WANTED, 0)
    wrong = []
    for folder in ("originals/doc", "originals/docx", "originals/html", "originals/pdf", "texts"):
        for result in read_paths([shared / "corpus" / folder]):
            source = f"{folder.rpartition('/')[2]}/{result.source}"
            if source not in outlines or result.document is None:
                continue
            wanted, found = outlines.pop(source), _found(parse_act(result.document))
            for path in wanted | found:
                if (level := _level(path)) in WANTED:
                    all_of[level] += 1
                    right[level] += path in wanted and path in found
            wrong += [f"{source}: {path} thiếu" for path in sorted(wanted - found)]
            wrong += [f"{source}: {path} thừa" for path in sorted(found - wanted)]
    assert not outlines, f"không đọc được: {list(outlines)}"
    exact = {level: right[level] / all_of[level] for level in WANTED}
    report = [f"{level}: {right[level]}/{all_of[level]} = {exact[level]:.4f}" for level in WANTED]
    print("\n".join(report))  # noqa: T201 `pytest -s` shows the figures for the README
    assert all(exact[level] >= WANTED[level] for level in WANTED), "\n".join(report + wrong)
