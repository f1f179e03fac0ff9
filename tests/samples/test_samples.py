"""The invented acts: what they are, that their labels fit them, and that the screen agrees."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from corpus.reading import read_paths
from corpus.records import Act, Provision, RawDocument
from corpus.structure import parse_act
from corpus.text import clean
from models.records import ScreenResult
from models.screen import Screener
from tests.samples.labels import SAMPLES, LabelledProvision, load_labels

AS_OF = date(2026, 11, 23)
MARK = "VĂN BẢN GIẢ ĐỊNH – DÙNG ĐỂ MINH HỌA"
LABELS = load_labels()
FILES = sorted(LABELS)

CATEGORIES = {
    *(f"A{n}" for n in range(1, 7)),
    *(f"B{n}" for n in range(1, 7)),
    *(f"C{n}" for n in range(1, 5)),
    *(f"D{n}" for n in range(1, 6)),
    *(f"E{n}" for n in range(1, 12)),
    # F9 (bare «bằng văn bản») is no finding of its own: it is look-alike N09.
    *(f"F{n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13)),
}
# N02 stands in regions that are no provision; N22 needs two acts side by side.
LOOK_ALIKES = {f"N{n:02}" for n in range(1, 22)} - {"N02"}


@pytest.fixture(scope="module")
def acts() -> dict[str, Act]:
    found = {}
    for result in read_paths([SAMPLES / name for name in FILES]):
        assert result.document is not None, f"{result.source}: {result.notes}"
        found[result.source.rsplit("/", 1)[-1]] = parse_act(result.document)
    return found


@pytest.fixture(scope="module")
def screened(acts: dict[str, Act]) -> dict[str, ScreenResult]:
    screener = Screener()
    return {name: screener.screen(act, AS_OF) for name, act in acts.items()}


def words_of(text: str) -> str:
    return " ".join(clean(text).text.split())


def leaves(act: Act) -> dict[str, Provision]:
    return {unit.path: unit for unit in act.provisions if not unit.children}


def test_every_sample_is_labelled_and_every_label_has_its_sample() -> None:
    files = {path.name for path in SAMPLES.iterdir() if path.suffix in {".txt", ".html", ".docx"}}
    assert files == set(FILES)


def test_samples_are_of_the_types_the_workbench_must_show() -> None:
    assert Counter(label.type for label in LABELS.values()) == {
        "Luật": 1,
        "Nghị định": 4,
        "Quyết định": 2,
        "Thông tư": 5,
        "Thông tư liên tịch": 1,
        "Văn bản hợp nhất": 1,
    }


@pytest.mark.parametrize("name", FILES)
def test_sample_says_that_it_is_invented(name: str, acts: dict[str, Act]) -> None:
    act = acts[name]
    assert MARK in words_of(act.raw.text)
    assert int(act.head.number.split("/", 1)[0]) >= 900


@pytest.mark.parametrize("name", FILES)
def test_head_is_read(name: str, acts: dict[str, Act]) -> None:
    head = acts[name].head
    assert (head.number, head.type) == (LABELS[name].number, LABELS[name].type)
    assert head.title
    assert head.issuer
    assert head.issued is not None


@pytest.mark.parametrize("name", FILES)
def test_labels_name_every_leaf_and_nothing_else(name: str, acts: dict[str, Act]) -> None:
    labels = LABELS[name].provisions
    everything = {unit.path for unit in acts[name].provisions}
    assert set(labels) - everything == set(), "nhãn không có điều khoản"
    assert set(leaves(acts[name])) - set(labels) == set(), "điều khoản không có nhãn"


@pytest.mark.parametrize("name", FILES)
def test_quotes_stand_in_their_provision(name: str, acts: dict[str, Act]) -> None:
    texts = {unit.path: words_of(unit.text) for unit in acts[name].provisions}
    strangers = [
        (label.path, quote)
        for label in LABELS[name].provisions.values()
        for _, quote in (*label.findings, *label.look_alikes)
        if quote not in texts[label.path]
    ]
    assert strangers == []


def test_labels_cover_every_category_and_nearly_every_look_alike() -> None:
    every = [label for act in LABELS.values() for label in act.provisions.values()]
    findings = Counter(category for label in every for category in label.categories)
    codes = {code for label in every for code, _ in label.look_alikes}
    assert len(every) >= 170
    assert CATEGORIES - set(findings) == set()
    assert LOOK_ALIKES - codes == set()
    assert min(findings[one] for one in ("A1", "A2", "A3")) >= 3


def differences(labels: dict[str, LabelledProvision], result: ScreenResult) -> list[str]:
    """Return what the screen missed and what it found too much, a line each."""
    found: dict[str, set[str]] = {}
    for finding in result.findings:
        found.setdefault(finding.path, set()).add(finding.category)
    lines = []
    for path in sorted({*found, *labels}):
        label = labels.get(path, LabelledProvision(path, (), (), frozenset()))
        here = found.get(path, set())
        lines += [f"thiếu {one} tại {path}" for one in sorted(label.categories - here)]
        lines += [
            f"thừa {one} tại {path}" for one in sorted(here - label.categories - label.optional)
        ]
    return lines


@pytest.mark.parametrize("name", FILES)
def test_screen_finds_what_the_labels_say(name: str, screened: dict[str, ScreenResult]) -> None:
    assert differences(LABELS[name].provisions, screened[name]) == []


# Bare «bằng văn bản» is too common to be recorded each time it is passed over.
UNRECORDED = {"N09"}


@pytest.mark.parametrize("name", FILES)
def test_look_alikes_are_set_aside_with_their_code(
    name: str, screened: dict[str, ScreenResult]
) -> None:
    codes: dict[str, set[str]] = {}
    for one in screened[name].suppressed:
        codes.setdefault(one.path, set()).add(one.code)
    missing = [
        f"{code} tại {label.path}: máy ghi {sorted(codes.get(label.path, set())) or 'không gì'}"
        for label in LABELS[name].provisions.values()
        for code, _ in label.look_alikes
        if code not in codes.get(label.path, set()) | UNRECORDED
    ]
    assert missing == []


def test_every_category_is_found_somewhere(screened: dict[str, ScreenResult]) -> None:
    table = Counter(one.category for result in screened.values() for one in result.findings)
    assert CATEGORIES - set(table) == set()


def test_words_about_to_be_deleted_are_no_findings(screened: dict[str, ScreenResult]) -> None:
    result = screened["913-2023-TT-BLDTBXH.txt"]
    assert [one for one in result.findings if one.path.startswith("dieu-2")] == []


def test_new_wording_of_an_amending_act_is_a_norm_on_its_target(
    screened: dict[str, ScreenResult], acts: dict[str, Act]
) -> None:
    name = "914-2023-ND-CP.txt"
    asked = [one for one in screened[name].findings if one.category == "A1"]
    assert [one.path for one in asked] == ["dieu-1/khoan-2/khoan-2/diem-b"]
    assert acts[name].provisions[asked[0].provision].target == "dieu-5/khoan-2/diem-b"


def test_decomposed_letters_are_read_and_screened_like_composed_ones(
    acts: dict[str, Act], screened: dict[str, ScreenResult]
) -> None:
    name = "910-2022-TT-BGDDT.txt"
    decomposed = acts[name]
    assert decomposed.raw.text != clean(decomposed.raw.text).text
    composed = parse_act(RawDocument(name, "text", clean(decomposed.raw.text).text))
    assert composed.head == decomposed.head
    again = Screener().screen(composed, AS_OF)
    assert [(one.path, one.category) for one in again.findings] == [
        (one.path, one.category) for one in screened[name].findings
    ]
