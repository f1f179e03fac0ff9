"""Fittings on the shelf: swapped whole, the one before kept, damage named."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from corpus.errors import RasoatError
from models.shelf import INDEX, MODEL, SISTERS, About, Fitted, Shelf
from models.similar import SimilarIndex
from models.sisters import Sisters
from models.static import TOKENIZER, WEIGHTS
from models.syllable import tokenizer_of

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def fit_model(folder: Path) -> None:
    """The smallest model that can be read: two pieces at right angles."""
    folder.mkdir()
    pieces = [("<unk>", 0.0), ("▁một▂", -1.0), ("▁hai▂", -1.0)]
    weights = np.asarray([[0, 0], [1, 0], [0, 1]], dtype=np.float32)
    save_file({"embedding.weight": weights}, folder / WEIGHTS)
    tokenizer_of(pieces).save(str(folder / TOKENIZER))


def publish(shelf: Shelf, seconds: int = 0, digest: str = "mô hình") -> str:
    draft = shelf.draft()
    SimilarIndex.build([1, 2], np.eye(2, dtype=np.float32), "mô hình").save(draft / INDEX)
    Sisters.of([(1, "một"), (2, "hai")]).save(draft / SISTERS)
    fit_model(draft / MODEL)
    fitted = Fitted("thu", digest, 2, 0)
    return shelf.publish(draft, About(fitted, NOW + timedelta(seconds=seconds), {"31:ab": 2}))


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "ke")


def test_an_empty_shelf_has_no_current_fitting(shelf: Shelf) -> None:
    assert shelf.current() == ""


def test_a_published_fitting_is_current_and_reads_back(shelf: Shelf) -> None:
    name = publish(shelf)
    assert shelf.current() == name
    about = shelf.about(name)
    assert (about.made_at, about.versions, about.fitted.count) == (NOW, {"31:ab": 2}, 2)
    loaded = shelf.load(name)
    assert (len(loaded.index), loaded.sisters.with_wording_of("hai")) == (2, [2])
    assert loaded.encoder.encode(["Hai."]).tolist() == [[0.0, 1.0]]


def test_the_fitting_before_stays_for_those_who_read_it(shelf: Shelf, tmp_path: Path) -> None:
    names = [publish(shelf, seconds) for seconds in range(3)]
    assert shelf.current() == names[2]
    assert {folder.name for folder in (tmp_path / "ke").glob("lan-*")} == set(names[1:])


def test_publishers_at_once_never_clear_away_the_current_fitting(tmp_path: Path) -> None:
    """Each has a shelf of its own, as processes have."""

    def several(number: int) -> list[str]:
        own = Shelf(tmp_path / "ke")
        return [publish(own, seconds=number) for _ in range(5)]

    with ThreadPoolExecutor(4) as pool:
        published = [name for names in pool.map(several, range(4)) for name in names]
    shelf = Shelf(tmp_path / "ke")
    assert shelf.current() in published
    assert len(shelf.load(shelf.current()).index) == 2
    assert len(list((tmp_path / "ke").glob("lan-*"))) == 2


def test_a_crash_before_the_pointer_leaves_the_fitting_of_before(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = publish(shelf)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            publish(shelf, seconds=1)
    assert shelf.current() == before
    assert len(shelf.load(before).index) == 2
    after = publish(shelf, seconds=2)
    assert shelf.current() == after


def test_only_drafts_left_behind_long_ago_are_removed(shelf: Shelf) -> None:
    fresh, old = shelf.draft(), shelf.draft()
    os.utime(old, (0, 0))
    publish(shelf)
    assert fresh.exists()
    assert not old.exists()


def test_an_index_of_another_model_is_refused(shelf: Shelf) -> None:
    with pytest.raises(RasoatError, match="mô hình khác"):
        shelf.load(publish(shelf, digest="mô hình khác"))


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "{}", '{"name": 5}', '{"name": "../ngoai"}', '{"name": "lan-1/../.."}'],
    ids=["empty", "cut", "list", "no name", "number", "outside", "upwards"],
)
def test_a_damaged_pointer_is_named_and_replaced(
    shelf: Shelf, tmp_path: Path, content: str
) -> None:
    publish(shelf)
    (tmp_path / "ke" / "current.json").write_text(content, encoding="utf-8")
    with pytest.raises(RasoatError, match="RS-333"):
        shelf.current()
    name = publish(shelf, 1)
    assert shelf.current() == name


@pytest.mark.parametrize("file", ["about.json", SISTERS, f"{INDEX}/index.json"])
@pytest.mark.parametrize("content", [None, b"", b"{}"], ids=["absent", "empty", "other"])
def test_a_damaged_file_of_a_fitting_is_named(
    shelf: Shelf, tmp_path: Path, file: str, content: bytes | None
) -> None:
    name = publish(shelf)
    path = tmp_path / "ke" / name / file
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(RasoatError, match="RS-333"):
        shelf.load(name)


def test_what_may_not_be_read_is_named(shelf: Shelf, tmp_path: Path) -> None:
    name = publish(shelf)
    manifest = tmp_path / "ke" / name / INDEX / "index.json"
    manifest.unlink()
    manifest.mkdir()
    with pytest.raises(RasoatError, match="RS-333"):
        shelf.load(name)
    pointer = tmp_path / "ke" / "current.json"
    pointer.unlink()
    pointer.mkdir()
    with pytest.raises(RasoatError, match="RS-333"):
        shelf.current()


def test_a_changed_index_file_never_reaches_faiss(shelf: Shelf, tmp_path: Path) -> None:
    name = publish(shelf)
    manifest = json.loads((tmp_path / "ke" / name / INDEX / "index.json").read_text("utf-8"))
    path = tmp_path / "ke" / name / INDEX / manifest["file"]
    path.write_bytes(path.read_bytes()[:-1] + b"\xff")
    with pytest.raises(RasoatError, match="mã kiểm tra"):
        shelf.load(name)
