"""Similar provisions: the same wording first, then the nearest vectors (FAISS, exact).

An index is never changed in place: a job writes a new one, the manifest is swapped in last, and
readers go on with the one they hold. Vectors of two models never mix.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from corpus.text import clean, fold
from models.errors import ERRORS

if TYPE_CHECKING:
    import numpy as np

MANIFEST: Final = "index.json"
# One thread a search: on a busy machine two wait for each other (200,000 vectors: 17 ms, not 96).
_THREADS: Final = 1

# Label of the unit ("2.", "a)", "Điều 5.", "-"): sisters stand under different labels.
_LABEL: Final = re.compile(r"^\s*(?:điều\s+\d+[a-zđ]?\.|\d+[a-zđ]?\s*\.|[a-zđ]\d*\)|[-+•])\s*")
_NOT_WORD: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class IndexManifest:
    """What an index holds."""

    model: str  # digest of the model
    file: str  # name of the FAISS file beside the manifest
    digest: str  # SHA-256 of that file
    count: int
    dimension: int


@dataclass(frozen=True, slots=True)
class IndexState:
    """Whether an index fits the model, and the Vietnamese sentence that says so."""

    manifest: IndexManifest | None
    message: str

    @property
    def ready(self) -> bool:
        return self.manifest is not None


@dataclass(frozen=True, slots=True)
class Hit:
    """One neighbour: the id given at building, and the cosine (−1 … 1)."""

    id: int
    score: float


class SimilarIndex:
    """A FAISS index that nobody changes; safe to search from several threads."""

    def __init__(self, index: Any, model: str) -> None:
        self._index = index
        self.model = model

    @classmethod
    def build(cls, ids: Sequence[int], vectors: np.ndarray, model: str) -> SimilarIndex:
        """Index ``vectors`` (float32, L2-normalised, len(ids) × dimension) under ``ids``."""
        faiss = _faiss()
        index = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
        index.add_with_ids(_floats(vectors), _ids(ids, vectors))
        return cls(index, model)

    def extended(
        self, ids: Sequence[int], vectors: np.ndarray, removed: Iterable[int] = ()
    ) -> SimilarIndex:
        """Return a new index with ``removed`` gone and ``ids`` added (an id given anew replaces).

        The old index stays as it is for those who are searching it.
        """
        import numpy as np

        faiss = _faiss()
        copy = faiss.clone_index(self._index)
        gone = np.asarray(sorted({*removed, *ids}), dtype=np.int64)
        if len(gone):
            copy.remove_ids(gone)
        if len(ids):
            copy.add_with_ids(_floats(vectors), _ids(ids, vectors))
        return SimilarIndex(copy, self.model)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def vector(self, number: int) -> np.ndarray | None:
        """Return the vector of an id (1 × dimension) as ``search`` takes it; None if not there."""
        try:
            return self._index.reconstruct(number).reshape(1, -1)
        except RuntimeError:
            return None

    def search(
        self,
        vectors: np.ndarray,
        k: int,
        *,
        among: Iterable[int] | None = None,
        without: Iterable[int] = (),
    ) -> list[list[Hit]]:
        """Return for each vector its ``k`` nearest (fewer if fewer exist), best first.

        ``among`` limits the search to these ids (None: all), ``without`` leaves ids out; the
        result is exact within what is left.
        """
        scores, ids = self._index.search(
            _floats(vectors), min(k, len(self)) or 1, params=_selection(among, without)
        )
        return [
            sorted(
                (
                    Hit(int(found), float(score))
                    for found, score in zip(row_ids, row_scores, strict=True)
                    if found >= 0
                ),
                key=lambda hit: (-hit.score, hit.id),
            )
            for row_ids, row_scores in zip(ids, scores, strict=True)
        ]

    def save(self, folder: Path) -> IndexManifest:
        """Write the index into ``folder``; the manifest goes last, so a reader sees old or new."""
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".{os.getpid()}-{id(self)}.draft"
        try:
            _faiss().write_index(self._index, str(draft))
            digest = _digest(draft)
            manifest = IndexManifest(
                self.model, f"{digest[:16]}.faiss", digest, len(self), int(self._index.d)
            )
            os.replace(draft, folder / manifest.file)
        finally:
            draft.unlink(missing_ok=True)
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
        _replace(folder / MANIFEST, text)
        for old in folder.glob("*.faiss"):
            if old.name != manifest.file:
                old.unlink(missing_ok=True)
        return manifest

    @classmethod
    def load(cls, folder: Path, model: str) -> SimilarIndex:
        """Read the index in ``folder``; raises RS-333 where it is absent, damaged or of another
        model (``state`` says it without raising)."""
        found = state(folder, model)
        if found.manifest is None:
            raise ERRORS.error("RS-333", reason=found.message.rstrip("."))
        path = folder / found.manifest.file
        # Only a file of our own making reaches FAISS: its reader trusts what it reads.
        if _digest(path) != found.manifest.digest:
            raise ERRORS.error("RS-333", reason="tệp chỉ mục không khớp mã kiểm tra")
        return cls(_faiss().read_index(str(path)), model)


def state(folder: Path, model: str) -> IndexState:
    """Say whether the index in ``folder`` was built with ``model``; cheap, never raises."""
    try:
        stored = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        manifest = IndexManifest(**stored)
    except FileNotFoundError:
        return IndexState(None, "Chưa có chỉ mục điều khoản tương tự.")
    except (ValueError, TypeError):
        return IndexState(None, "Tệp mô tả chỉ mục bị hỏng: cần lập lại.")
    if manifest.model != model:
        return IndexState(None, "Chỉ mục được lập bằng mô hình khác: cần lập lại.")
    if Path(manifest.file).name != manifest.file or not (folder / manifest.file).is_file():
        return IndexState(None, "Thiếu tệp chỉ mục: cần lập lại.")
    return IndexState(manifest, f"Chỉ mục có {manifest.count} quy định.")


def wording_key(text: str) -> str:
    """Return what two provisions must share to count as one wording: words, without the label."""
    return _NOT_WORD.sub(" ", _LABEL.sub("", fold(clean(text).text))).strip()


def _faiss() -> Any:
    """Import FAISS on first use: nothing else waits for it."""
    import faiss

    faiss.omp_set_num_threads(_THREADS)
    return faiss


def _floats(vectors: np.ndarray) -> np.ndarray:
    import numpy as np

    return np.ascontiguousarray(vectors, dtype=np.float32)


def _selection(among: Iterable[int] | None, without: Iterable[int]) -> Any:
    """Return FAISS's search parameters for a choice of ids, None for all of them."""
    import numpy as np

    faiss = _faiss()
    left_out = np.fromiter(without, dtype=np.int64)
    if among is not None:
        chosen = np.setdiff1d(np.fromiter(among, dtype=np.int64), left_out)
        return faiss.SearchParameters(sel=faiss.IDSelectorBatch(chosen))
    if not len(left_out):
        return None
    return faiss.SearchParameters(sel=faiss.IDSelectorNot(faiss.IDSelectorBatch(left_out)))


def _ids(ids: Sequence[int], vectors: np.ndarray) -> np.ndarray:
    import numpy as np

    if len(ids) != len(vectors) or len(set(ids)) != len(ids):
        raise ValueError("one distinct id for each vector")
    return np.asarray(ids, dtype=np.int64)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _replace(path: Path, text: str) -> None:
    """Write a whole file or nothing: to a neighbour first, then renamed over ``path``."""
    handle, draft = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(draft, 0o644)
        os.replace(draft, path)
    finally:
        Path(draft).unlink(missing_ok=True)
