"""The reader without torch agrees with sentence-transformers, and names what tells texts apart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import RasoatError
from models import embedding
from models.static import WEIGHTS, StaticEncoder

TEXTS = [
    *(f"Người đề nghị nộp bản sao sổ hộ khẩu và giấy khai sinh lần {n % 7}" for n in range(60)),
    *(f"Cơ quan trả lời bằng văn bản trong {n % 5} ngày làm việc" for n in range(60)),
]
ASKED = ["nộp sổ hộ khẩu", "Giấy khai sinh", "chưa từng thấy xyz", ""]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("mo-hinh") / "model"
    embedding.fit_static(TEXTS, place, 16)
    return place


def test_both_readers_make_the_same_vectors(folder: Path) -> None:
    expected = embedding.Embedder(folder).encode(ASKED).vectors
    assert np.allclose(StaticEncoder.load(folder).encode(ASKED), expected, atol=1e-6)


def test_rare_words_tell_a_text_from_others(folder: Path) -> None:
    told = StaticEncoder.load(folder).telling("Nộp bản sao sổ hộ khẩu trong ngày", 3)
    assert len(told) == 3
    assert all(isinstance(word, str) for piece in told for word in piece)
    assert StaticEncoder.load(folder).telling("", 3) == []


@pytest.mark.parametrize("damage", ["missing", "cut"])
def test_a_damaged_model_is_named(folder: Path, tmp_path: Path, damage: str) -> None:
    if damage == "cut":
        (tmp_path / WEIGHTS).write_bytes((folder / WEIGHTS).read_bytes()[:40])
    with pytest.raises(RasoatError, match="RS-332"):
        StaticEncoder.load(tmp_path)
