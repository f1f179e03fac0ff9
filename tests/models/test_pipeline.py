"""The screen as a spaCy pipeline that can be saved, loaded and looked into."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import spacy

from corpus.errors import RasoatError
from models.pipeline import build

TEXT = "b) xuất trình sổ hộ khẩu hoặc giấy tờ, kèm theo bản sao giấy khai sinh;"


@pytest.mark.parametrize(
    "text",
    ["sổ hộ khẩu,hoặc", "(bản sao) “giấy”", "điểm a) khoản 1;", "", "một  hai", "4x6cm, 02/2020"],
)
def test_tokenizer_keeps_every_character(text: str) -> None:
    assert build().make_doc(text).text == text


def test_comma_is_no_part_of_a_syllable() -> None:
    assert [token.text for token in build().make_doc("hộ khẩu, sổ")] == ["hộ", "khẩu", ",", "sổ"]


def test_components_write_what_they_saw() -> None:
    doc = build()(TEXT)
    assert {span.label_ for span in doc.spans["triggers"]} >= {"A1", "D1"}
    demands = [span.text for span in doc.spans["modality"] if span.label_ == "demand"]
    assert demands == ["xuất trình", "kèm theo"]
    assert [(v.category, v.code) for v in doc._.verdicts] == [("A3", ""), ("D1", "")]


def test_saved_pipeline_says_the_same(tmp_path: Path) -> None:
    nlp = build()
    nlp.to_disk(tmp_path / "rasoat")
    loaded = spacy.load(tmp_path / "rasoat")
    assert loaded.pipe_names == nlp.pipe_names
    seen = [(v.category, v.code) for v in loaded(TEXT)._.verdicts]
    assert seen == [(v.category, v.code) for v in nlp(TEXT)._.verdicts]


def test_saved_pipeline_loads_where_nothing_of_the_project_is_imported(tmp_path: Path) -> None:
    build().to_disk(tmp_path / "rasoat")
    code = (
        "import spacy, sys; nlp = spacy.load(sys.argv[1]); doc = nlp(sys.argv[2]);"
        "print(*sorted(doc.spans), *[v.category for v in doc._.verdicts])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "rasoat"), TEXT],
        capture_output=True, text=True, check=True, cwd=tmp_path,
    )  # fmt: skip
    assert done.stdout.split() == ["masks", "modality", "triggers", "A3", "D1"]


def test_saved_pipeline_keeps_the_changes_it_was_built_with(tmp_path: Path) -> None:
    changes = "categories: {A1: {wording: {add: ['trích lục hộ tịch gốc']}}}"
    text = "1. nộp trích lục hộ tịch gốc."
    build(changes).to_disk(tmp_path / "rasoat")
    doc, usual = spacy.load(tmp_path / "rasoat")(text), build()(text)
    assert [span.text for span in doc.spans["triggers"]] == ["trích lục hộ tịch gốc"]
    assert [span.text for span in usual.spans["triggers"]] != ["trích lục hộ tịch gốc"]


def test_pipeline_of_other_rules_is_refused(tmp_path: Path) -> None:
    build().to_disk(tmp_path / "rasoat")
    (tmp_path / "rasoat" / "rasoat_context" / "ruleset").write_text("khac", encoding="utf-8")
    with pytest.raises(RasoatError, match="RS-303"):
        spacy.load(tmp_path / "rasoat")
