"""Embeddings: learned on the spot, saved, loaded by sentence-transformers, never required."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import RasoatError
from models import embedding, syllable

PAPERS = [
    "sổ hộ khẩu",
    "giấy khai sinh",
    "giấy phép lái xe",
    "phiếu lý lịch tư pháp",
    "thẻ căn cước",
]
ACTS = ["Người đề nghị nộp bản sao", "Người lao động xuất trình", "Hồ sơ kèm theo bản chính"]
TEXTS = [
    f"{number}. {act} {paper} tại cơ quan tiếp nhận số {number}"
    for number, (act, paper) in enumerate((a, p) for a in ACTS for p in PAPERS for _ in range(4))
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mo-hinh") / "am-tiet"
    embedding.fit_static(TEXTS, folder, dimension=16)
    return folder


@pytest.fixture(scope="module")
def embedder(folder: Path) -> embedding.Embedder:
    return embedding.Embedder(folder)


def cosine(embedder: embedding.Embedder, one: str, other: str) -> float:
    vectors = embedder.encode([one, other]).vectors
    return float(vectors[0] @ vectors[1])


def test_sentence_transformers_itself_loads_the_folder(folder: Path) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), local_files_only=True)
    assert model.encode(["nộp bản sao sổ hộ khẩu"]).shape == (1, 16)


def test_vectors_have_length_one_and_the_type_faiss_wants(embedder: embedding.Embedder) -> None:
    encoded = embedder.encode(TEXTS[:3])
    assert encoded.vectors.dtype == np.float32
    assert encoded.vectors.shape == (3, embedder.dimension)
    assert np.linalg.norm(encoded.vectors, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)


def test_the_same_paper_is_nearer_than_another(embedder: embedding.Embedder) -> None:
    same = cosine(embedder, "xuất trình sổ hộ khẩu", "nộp bản sao sổ hộ khẩu")
    other = cosine(embedder, "xuất trình sổ hộ khẩu", "nộp bản sao giấy phép lái xe")
    assert same > other + 0.2


@pytest.mark.parametrize(
    "spelling",
    [
        "XUẤT TRÌNH SỔ HỘ KHẨU",
        unicodedata.normalize("NFD", "xuất trình sổ hộ khẩu"),
        "xuất trình, sổ hộ\u200b khẩu.",
    ],
    ids=["capitals", "NFD", "punctuation and zero width"],
)
def test_spelling_does_not_move_a_text(embedder: embedding.Embedder, spelling: str) -> None:
    assert cosine(embedder, spelling, "xuất trình sổ hộ khẩu") == pytest.approx(1, abs=1e-5)


def test_pairs_that_stand_together_are_one_piece() -> None:
    pieces = [piece for piece, _ in syllable.learn(TEXTS, 4).pieces]
    assert "▁hộ▂▁khẩu▂" in pieces
    assert "▁khẩu▂" in pieces


@pytest.mark.parametrize("text", ["", "   ", "xyzzy qwerty", "…"])
def test_a_text_without_known_syllables_gives_zeros(
    embedder: embedding.Embedder, text: str
) -> None:
    assert not embedder.encode([text]).vectors.any()


def test_no_texts_give_no_vectors(embedder: embedding.Embedder) -> None:
    assert embedder.encode([]).vectors.shape == (0, 16)


def test_a_static_model_reads_everything(embedder: embedding.Embedder) -> None:
    encoded = embedder.encode(["sổ hộ khẩu " * 5000])
    assert (encoded.truncated, encoded.limit) == (0, None)


def test_a_model_with_a_limit_counts_what_it_cuts(
    embedder: embedding.Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Limited:
        max_seq_length = 4

        def tokenizer(self, texts, **options):
            return {"input_ids": [text.split() for text in texts]}

        def encode_document(self, texts, **options):
            return np.zeros((len(texts), 2), dtype=np.float32)

    monkeypatch.setattr(embedder, "_model", Limited())
    monkeypatch.setattr(embedder, "manifest", replace(embedder.manifest, kind="local"))
    encoded = embedder.encode(["một hai ba", "một hai ba bốn năm", "một hai ba bốn"])
    assert (encoded.truncated, encoded.limit) == (1, 4)


def test_the_same_texts_give_the_same_model(folder: Path, tmp_path: Path) -> None:
    again = embedding.fit_static(TEXTS, tmp_path / "lai", dimension=16)
    assert again.digest == embedding.state(folder).manifest.digest


def test_refitting_replaces_the_folder_whole(tmp_path: Path) -> None:
    target = tmp_path / "mo-hinh"
    first = embedding.fit_static(TEXTS, target, dimension=4)
    second = embedding.fit_static(TEXTS[:30], target, dimension=4)
    assert embedding.state(target).manifest == second != first
    assert [path.name for path in tmp_path.iterdir()] == ["mo-hinh"]


@pytest.mark.parametrize("texts", [[], ["sổ"], ["", ""]], ids=["none", "one", "empty"])
def test_too_little_text_is_said(tmp_path: Path, texts: list[str]) -> None:
    with pytest.raises(RasoatError, match="RS-331"):
        embedding.fit_static(texts, tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


def test_absence_is_a_state_not_an_error(tmp_path: Path) -> None:
    for folder in (None, tmp_path / "khong-co", tmp_path):
        found = embedding.state(folder)
        assert found.manifest is None
        assert found.message
    with pytest.raises(RasoatError, match="RS-332"):
        embedding.Embedder(tmp_path)


@pytest.mark.parametrize("damage", ["manifest", "weights", "added"])
def test_a_changed_model_is_refused(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "m"
    embedding.fit_static(TEXTS, folder, dimension=4)
    if damage == "manifest":
        (folder / embedding.MANIFEST).write_text("{", encoding="utf-8")
    elif damage == "weights":
        (folder / "model.safetensors").write_bytes(b"0")
    else:
        (folder / "them.py").write_text("", encoding="utf-8")
    assert embedding.state(folder).manifest is None


def test_a_foreign_model_folder_gets_a_digest(folder: Path, tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "bi-encoder"
    shutil.copytree(folder, copy)
    (copy / embedding.MANIFEST).unlink()
    manifest = embedding.state(copy).manifest
    assert (manifest.name, manifest.kind) == ("bi-encoder", "local")
    assert manifest.digest == json.loads((folder / embedding.MANIFEST).read_text())["digest"]


def test_nothing_heavy_is_imported_until_a_text_is_encoded(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib\n"
        "from models import embedding, similar, rank\n"
        f"embedding.state(pathlib.Path({str(tmp_path)!r}))\n"
        "print([m for m in ('torch', 'sentence_transformers', 'faiss', 'sklearn') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
