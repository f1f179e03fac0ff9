"""The catalogue: complete, consistent, and precise about what is wrong in a file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from corpus.errors import RasoatError
from corpus.text import fold
from models import catalogue
from models.passage import ActText
from models.prefilter import Prefilter
from tests.models.acts import act_of

CATEGORIES = [
    *(f"A{n}" for n in range(1, 7)), *(f"B{n}" for n in range(1, 7)), *(f"C{n}" for n in range(1, 5)),
    *(f"D{n}" for n in range(1, 6)), *(f"E{n}" for n in range(1, 12)),
    *(f"F{n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13)),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in catalogue.FOLDER.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    return tmp_path


def test_every_category_of_the_dossier_is_there() -> None:
    assert set(catalogue.load().categories) == set(CATEGORIES)


def test_every_look_alike_code_is_there() -> None:
    assert set(catalogue.load().look_alikes) == {f"N{n:02}" for n in range(1, 25)}


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("requirements-d.yaml", "kind: paper", "kind: giay", "RS-301"),
        ("requirements-d.yaml", "  severity: 3", "  severity: 9", "RS-301"),
        ("requirements-d.yaml", "  readiness: 2", "  redyness: 2", "RS-301"),
        ("requirements-d.yaml", "sources: [HT]", "sources: [XX]", "RS-301"),
        ("requirements-d.yaml", "nq-66-7-4-2-a", "khong-co", "RS-301"),
        ("requirements-d.yaml", "{ban_giay}", "{khong_co}", "RS-302"),
        ("requirements-d.yaml", "giấy chứng sinh'", "giấy (chứng sinh'", "RS-302"),
        ("requirements-e.yaml", "    severity: 2\n    why:", "    why:", "RS-301"),
        ("requirements-e.yaml", "    own: 'sở hữu", "    before: 'sở hữu", "RS-301"),
        ("look_alikes.yaml", "scope: mask", "scope: masc", "RS-301"),
        ("look_alikes.yaml", "68/2020/qh14: đã đối chiếu", "68/2020/qh14: đúng", "RS-301"),
        ("look_alikes.yaml", "  - scope: mask", "  - scope: mask\n    scope: mask", "RS-301"),
        ("modality.yaml", "  weak:", "  wek:", "RS-301"),
        ("pieces.yaml", "why:", "wy:", "RS-301"),
        ("requirements-d.yaml", "group: D", "group: [", "RS-301"),
    ],
)
def test_error_names_the_file_and_the_line(
    folder: Path, file: str, old: str, new: str, code: str
) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RasoatError) as caught:
        catalogue.load(folder)
    assert caught.value.code == code
    assert f"{file} dòng " in str(caught.value)


def test_version_changes_with_any_file(folder: Path) -> None:
    before = catalogue.load(folder).version
    with (folder / "look_alikes.yaml").open("a", encoding="utf-8") as file:
        file.write("# thêm một dòng\n")
    catalogue.load.cache_clear()
    assert catalogue.load(folder).version != before


def test_prefilter_lets_every_example_through() -> None:
    rows = catalogue.load()
    prefilter = Prefilter(rows)
    stopped = []
    for category in rows.categories.values():
        for example in category.examples:
            act, index = act_of(example)
            if index not in dict(prefilter.candidates(ActText(act))):
                stopped.append(fold(example.text))
    assert stopped == []


def test_prefilter_stops_plain_text() -> None:
    rows = catalogue.load()
    act, _ = act_of(
        rows.look_alikes["N18"].examples[0].__class__(text="1. Bộ trưởng ban hành kế hoạch.")
    )
    assert list(Prefilter(rows).candidates(ActText(act))) == []


def test_acts_named_by_number_are_marked_as_in_the_table_of_bases() -> None:
    """One act has one mark of evidence, wherever the catalogue names it."""
    shipped = catalogue.load()
    known = {fold(act.number): act.confidence for act in shipped.bases.acts.values() if act.number}
    marked = {
        number: rule.mark_of(number)
        for look_alike in shipped.look_alikes.values()
        for rule in look_alike.rules
        for number in rule.marks
        if number in known
    }
    assert len(marked) >= 5
    assert marked == {number: known[number] for number in marked}
