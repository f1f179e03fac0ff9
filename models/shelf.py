"""Where model, index and wordings of similar provisions stand: folders that are swapped in whole.

Every fitting makes a new folder («lan-…»); one small file names the current one and is replaced
atomically. Processes that share the data folder therefore see the old fitting or the new one,
never a model of one with the index of another.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from filelock import FileLock

from corpus.errors import RasoatError
from models.chosen import LEARNED_HERE, Chosen
from models.embedding import Embedder
from models.errors import ERRORS
from models.nearness import LEARNED_HERE as LEARNED
from models.nearness import Nearness
from models.similar import SimilarIndex
from models.sisters import Sisters
from models.static import StaticEncoder

if TYPE_CHECKING:
    import numpy as np

MODEL: Final = "model"
INDEX: Final = "index"
SISTERS: Final = "sisters.npy"

_ABOUT: Final = "about.json"
_POINTER: Final = "current.json"
_LOCK: Final = ".khoa"
_NAME: Final = "lan-"
_DRAFT: Final = ".nhap-"
_ABANDONED: Final = 24 * 3600.0  # seconds after which a draft was left behind by a crash


@dataclass(frozen=True, slots=True)
class Fitted:
    """What came out of one fitting."""

    model: str  # name of the model
    digest: str  # SHA-256 of the model's files; the index carries the same
    count: int  # provisions read
    truncated: int  # of them, longer than the model reads
    learned: int = 0  # provisions when the model was learned; what came later was only encoded
    revision: str = ""  # of a model from the hub
    near: float = LEARNED.near  # cosines from which provisions count as near
    very_near: float = LEARNED.very_near


@dataclass(frozen=True, slots=True)
class About:
    """A fitting with its time and what it was made from."""

    fitted: Fitted
    made_at: datetime  # UTC
    versions: Mapping[str, int]  # provisions read, by version of an act

    def as_json(self) -> str:
        """Return the stored form."""
        return json.dumps({**asdict(self), "made_at": self.made_at.isoformat()}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> About:
        """Read the stored form; raises ``ValueError``, ``TypeError`` or ``KeyError``."""
        stored = json.loads(text)
        return cls(
            Fitted(**stored["fitted"]),
            datetime.fromisoformat(stored["made_at"]),
            {str(version): int(count) for version, count in stored["versions"].items()},
        )


class Encoder(Protocol):
    """What makes vectors of typed words, as the index was made."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return L2-normalised vectors (float32, texts × dimension); zeros for unknown words."""
        ...

    def telling(self, text: str, count: int) -> list[tuple[str, ...]]:
        """Return the syllables and pairs that tell a text from others, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Loaded:
    """A fitting in memory, ready to be searched from several threads; nobody changes it."""

    name: str
    index: SimilarIndex
    sisters: Sisters
    encoder: Encoder
    nearness: Nearness = LEARNED


class Shelf:
    """The folder with the fittings; several processes may read and write it."""

    def __init__(self, folder: Path, chosen: Chosen = LEARNED_HERE) -> None:
        """``chosen`` is the model of the settings, with which indexes of it are asked."""
        self._folder = folder
        self._chosen = chosen

    def current(self) -> str:
        """Return the name of the current fitting, empty where there is none.

        Reads one small file; raises RS-333 where it is damaged.
        """
        try:
            name = json.loads((self._folder / _POINTER).read_text(encoding="utf-8"))["name"]
        except FileNotFoundError:
            return ""
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise ERRORS.error("RS-333", reason=f"không đọc được tệp {_POINTER}") from error
        if not isinstance(name, str) or Path(name).name != name or not name.startswith(_NAME):
            raise ERRORS.error("RS-333", reason=f"tệp {_POINTER} bị sửa")
        return name

    def about(self, name: str) -> About:
        """Return what a fitting holds; raises RS-333 where it is absent or damaged."""
        try:
            return About.from_json((self._folder / name / _ABOUT).read_text(encoding="utf-8"))
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise ERRORS.error("RS-333", reason=f"không đọc được tệp {_ABOUT}") from error

    def load(self, name: str) -> Loaded:
        """Read a fitting into memory; raises RS-333 where anything of it is damaged."""
        folder = self._folder / name
        fitted = self.about(name).fitted
        digest = fitted.digest
        try:
            index = SimilarIndex.load(folder / INDEX, digest)
        except OSError as error:
            raise ERRORS.error("RS-333", reason="không đọc được tệp chỉ mục") from error
        encoder = self._encoder(folder / MODEL, digest)
        nearness = Nearness(fitted.near, fitted.very_near)
        return Loaded(name, index, Sisters.load(folder / SISTERS), encoder, nearness)

    def _encoder(self, learned: Path, digest: str) -> Encoder:
        if not self._chosen:
            return StaticEncoder.load(learned)
        embedder = Embedder(None, self._chosen)
        if embedder.manifest.digest != digest:
            raise ERRORS.error("RS-333", reason="chỉ mục được lập bằng mô hình khác")
        return _Asked(embedder)

    def place(self, name: str) -> Path:
        """Return the folder of a fitting."""
        return self._folder / name

    def draft(self) -> Path:
        """Return a new empty folder for a fitting in the making."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=_DRAFT, dir=self._folder))

    def publish(self, draft: Path, about: About) -> str:
        """Make a finished draft the current fitting; return its name."""
        _write(draft / _ABOUT, about.as_json())
        draft.chmod(0o755)  # mkdtemp's 0700 would shut out other accounts of the ministry's server
        name = f"{_NAME}{about.made_at:%Y%m%d-%H%M%S}-{draft.name.removeprefix(_DRAFT)}"
        # Two processes at once would each clear away what the other has just put here.
        with FileLock(self._folder / _LOCK):
            draft.rename(self._folder / name)
            try:
                before = self.current()
            except RasoatError:
                before = ""  # a damaged pointer is replaced like any other
            _write(self._folder / _POINTER, json.dumps({"name": name}))
            self._clear({name, before})
        return name

    def _clear(self, kept: set[str]) -> None:
        # The fitting before stays: another process may be reading it just now.
        for folder in self._folder.glob(f"{_NAME}*"):
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)
        for folder in self._folder.glob(f"{_DRAFT}*"):
            if time.time() - folder.stat().st_mtime > _ABANDONED:
                shutil.rmtree(folder, ignore_errors=True)


class _Asked:
    """A model of the settings, as pages ask it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return self._embedder.encode(texts, query=True).vectors

    def telling(self, text: str, count: int) -> list[tuple[str, ...]]:
        return []  # it has no table of syllables: neighbours come by meaning alone


def _write(path: Path, text: str) -> None:
    """Write a whole file or nothing."""
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        with draft.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
