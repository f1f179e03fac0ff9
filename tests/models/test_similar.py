"""The index of similar provisions: exact, swapped whole, bound to its model."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import RasoatError
from models import similar
from models.similar import SimilarIndex

IDS = [101, 7, 55, 9]
VECTORS = np.eye(4, dtype=np.float32)


@pytest.fixture
def index() -> SimilarIndex:
    return SimilarIndex.build(IDS, VECTORS, "mô hình 1")


def found(index: SimilarIndex, vector: list[float], k: int) -> list[int]:
    return [hit.id for hit in index.search(np.array([vector], dtype=np.float32), k)[0]]


def test_neighbours_come_best_first_with_their_ids(index: SimilarIndex) -> None:
    assert found(index, [0.1, 0.9, 0.3, 0], 3) == [7, 55, 101]


def test_scores_are_cosines(index: SimilarIndex) -> None:
    (hits,) = index.search(np.array([[0.6, 0.8, 0, 0]], dtype=np.float32), 2)
    assert [hit.score for hit in hits] == pytest.approx([0.8, 0.6])


def test_ties_are_ordered_by_id(index: SimilarIndex) -> None:
    assert found(index, [0.5, 0.5, 0.5, 0.5], 4) == [7, 9, 55, 101]


def test_more_than_there_is_gives_all(index: SimilarIndex) -> None:
    assert len(found(index, [1, 0, 0, 0], 99)) == 4


@pytest.mark.parametrize(
    ("among", "without", "expected"),
    [
        (None, [7], [55, 101, 9]),
        ([101, 9, 7], [], [7, 101, 9]),
        ([101, 9, 7], [7], [101, 9]),
        ([], [], []),
        ([12345], [], []),
    ],
    ids=["all but one", "among three", "among three but one", "among none", "among strangers"],
)
def test_a_search_among_chosen_ids_is_exact(
    index: SimilarIndex, among: list[int] | None, without: list[int], expected: list[int]
) -> None:
    vector = np.array([[0.1, 0.9, 0.3, 0]], dtype=np.float32)
    (hits,) = index.search(vector, 4, among=among, without=without)
    assert [hit.id for hit in hits] == expected


def test_a_vector_is_given_back_by_its_id(index: SimilarIndex) -> None:
    assert index.vector(55).tolist() == [[0, 0, 1, 0]]
    assert index.vector(4711) is None


def test_an_empty_index_finds_nothing() -> None:
    empty = SimilarIndex.build([], np.zeros((0, 4), dtype=np.float32), "m")
    assert found(empty, [1, 0, 0, 0], 3) == []


@pytest.mark.parametrize("ids", [[1, 2, 3], [1, 1, 2, 3]], ids=["too few", "twice"])
def test_each_vector_needs_its_own_id(ids: list[int]) -> None:
    with pytest.raises(ValueError, match="distinct"):
        SimilarIndex.build(ids, VECTORS, "m")


def test_extending_leaves_the_old_index_alone(index: SimilarIndex) -> None:
    new = index.extended([200], np.array([[1, 0, 0, 0]], dtype=np.float32), removed=[101, 9])
    assert found(new, [1, 0, 0, 0], 1) == [200]
    assert (len(new), len(index)) == (3, 4)
    assert found(index, [1, 0, 0, 0], 1) == [101]


def test_an_id_given_anew_replaces(index: SimilarIndex) -> None:
    new = index.extended([7], np.array([[0, 0, 0, 1]], dtype=np.float32))
    assert len(new) == 4
    assert sorted(found(new, [0, 0, 0, 1], 2)) == [7, 9]


def test_an_index_survives_saving(index: SimilarIndex, tmp_path: Path) -> None:
    manifest = index.save(tmp_path)
    again = SimilarIndex.load(tmp_path, "mô hình 1")
    assert found(again, [0, 0, 1, 0], 1) == [55]
    assert (manifest.count, manifest.dimension) == (4, 4)
    assert similar.state(tmp_path, "mô hình 1").message == "Chỉ mục có 4 quy định."


def test_saving_again_leaves_one_index_and_no_drafts(index: SimilarIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    index.extended([1], VECTORS[:1]).save(tmp_path)
    names = sorted(path.suffix for path in tmp_path.iterdir())
    assert names == [".faiss", ".json"]
    assert len(SimilarIndex.load(tmp_path, "mô hình 1")) == 5


def damage_model(folder: Path) -> None:
    data = json.loads((folder / similar.MANIFEST).read_text(encoding="utf-8"))
    (folder / similar.MANIFEST).write_text(json.dumps(data | {"model": "khác"}), encoding="utf-8")


def damage_manifest(folder: Path) -> None:
    (folder / similar.MANIFEST).write_text("{", encoding="utf-8")


def damage_path(folder: Path) -> None:
    data = json.loads((folder / similar.MANIFEST).read_text(encoding="utf-8"))
    (folder / similar.MANIFEST).write_text(json.dumps(data | {"file": "../x"}), encoding="utf-8")


def damage_file(folder: Path) -> None:
    next(folder.glob("*.faiss")).unlink()


@pytest.mark.parametrize("damage", [damage_model, damage_manifest, damage_path, damage_file])
def test_an_index_that_does_not_fit_is_refused(index: SimilarIndex, tmp_path: Path, damage) -> None:
    index.save(tmp_path)
    damage(tmp_path)
    assert not similar.state(tmp_path, "mô hình 1").ready
    with pytest.raises(RasoatError, match="RS-333"):
        SimilarIndex.load(tmp_path, "mô hình 1")


def test_a_tampered_file_never_reaches_faiss(index: SimilarIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    next(tmp_path.glob("*.faiss")).write_bytes(b"khong phai chi muc")
    with pytest.raises(RasoatError, match="mã kiểm tra"):
        SimilarIndex.load(tmp_path, "mô hình 1")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a) Bản sao sổ hộ khẩu;", "c) bản sao sổ hộ khẩu.", True),
        ("2. Uỷ ban xác nhận", "5. Ủy ban xác nhận", True),
        ("- Bản sao  sổ hộ\nkhẩu", "Bản sao sổ hộ khẩu", True),
        ("Điều 7. Nộp hồ sơ", "Điều 12a. Nộp hồ sơ", True),
        ("a) Bản sao sổ hộ khẩu", "a) Bản chính sổ hộ khẩu", False),
        ("sổ hộ khẩu", "so ho khau", False),
    ],
)
def test_one_wording_has_one_key(one: str, other: str, same: bool) -> None:
    assert (similar.wording_key(one) == similar.wording_key(other)) is same


def test_punctuation_alone_is_no_wording() -> None:
    assert similar.wording_key("—") == similar.wording_key("") == ""
