"""Sentence embeddings with sentence-transformers, fully offline.

Two kinds of model, both plain folders: the one learned from the loaded acts (``fit_static``), or
any local sentence-transformers model that an administrator puts on the machine. Nothing here is
imported until a text is encoded, and a missing model is a state to show, never an error.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from corpus.text import clean
from models import syllable
from models.chosen import LEARNED_HERE, Chosen
from models.errors import ERRORS

if TYPE_CHECKING:
    import numpy as np

MANIFEST: Final = "rasoat-model.json"
STATIC: Final = "syllable-lsa"

# Files that sentence-transformers writes for every model.
_MODULES: Final = "modules.json"
_THREADS: Final = 2
_STATIC_BATCH: Final = 1024  # texts


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a model is; stored with every index, so that vectors of two models never mix."""

    name: str
    digest: str  # SHA-256 over the model's files, hex
    kind: str  # STATIC, or "local" for any other model folder
    fitted_on: int = 0  # provisions it was learned from, 0 for a model learned elsewhere
    revision: str = ""  # of a model from the hub


@dataclass(frozen=True, slots=True)
class ModelState:
    """Whether similar provisions can be looked for by meaning, and what to tell the reader."""

    manifest: Manifest | None
    message: str  # Vietnamese sentence


@dataclass(frozen=True, slots=True)
class Encoded:
    """L2-normalised vectors (float32, texts × dimension) and what the token limit cut off."""

    vectors: np.ndarray
    truncated: int  # texts longer than the model reads
    limit: int | None  # tokens the model reads; None where it reads everything


def state_of(chosen: Chosen) -> ModelState:
    """Say whether the model of the settings is on this machine; never raises, downloads nothing."""
    folder = chosen.folder()
    if folder is None:
        return ModelState(
            None,
            f"Mô hình «{chosen.name}» chưa có trên máy này: chép thư mục mô hình vào máy rồi đặt "
            "RASOAT_MODEL là đường dẫn của nó; các phần khác vẫn dùng được.",
        )
    found = state(folder)
    if found.manifest is None:
        return found
    manifest = replace(
        found.manifest,
        name=chosen.name,
        digest=chosen.digest(found.manifest.digest),
        kind="local",
        revision=chosen.revision,
    )
    return ModelState(manifest, f"Mô hình «{chosen.name}».")


def state(folder: Path | None) -> ModelState:
    """Say what model stands in ``folder``; never raises and imports nothing heavy."""
    if folder is None or not folder.is_dir():
        return ModelState(None, "Chưa có mô hình ngữ nghĩa: tìm điều khoản tương tự theo chữ.")
    if not (folder / _MODULES).is_file():
        return ModelState(
            None, f"Thư mục «{folder.name}» không phải mô hình sentence-transformers."
        )
    try:
        digest = _digest(folder)
        described = folder / MANIFEST
        if described.is_file():
            manifest = Manifest(**json.loads(described.read_text(encoding="utf-8")))
        else:
            manifest = Manifest(folder.name, digest, "local")
    except OSError as error:
        return ModelState(None, f"Không đọc được mô hình «{folder.name}»: {error.strerror}.")
    except (ValueError, TypeError):
        return ModelState(None, f"Tệp {MANIFEST} của mô hình «{folder.name}» bị hỏng.")
    if manifest.digest != digest:
        return ModelState(None, f"Mô hình «{folder.name}» đã bị sửa sau khi lập: cần lập lại.")
    learned = f" học từ {manifest.fitted_on} quy định" if manifest.fitted_on else ""
    return ModelState(manifest, f"Mô hình «{manifest.name}»{learned}.")


def fit_static(texts: Sequence[str], folder: Path, dimension: int = syllable.DIMENSION) -> Manifest:
    """Learn a static model from ``texts`` and put it into ``folder`` (replacing one there).

    The folder is swapped in whole, so readers see the old model or the new one. Raises RS-331
    where there is too little text.
    """
    learned = syllable.learn(texts, dimension)
    library = _library()
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    model = library.SentenceTransformer(
        modules=[
            StaticEmbedding(
                syllable.tokenizer_of(learned.pieces), embedding_weights=learned.weights
            )
        ],
        device="cpu",
    )
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        model.save(str(draft), model_name=STATIC, create_model_card=False)
        manifest = Manifest(STATIC, _digest(draft), STATIC, learned.learned_from)
        (draft / MANIFEST).write_text(
            json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8"
        )
        _swap(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return manifest


def _swap(draft: Path, folder: Path) -> None:
    draft.chmod(0o755)  # mkdtemp's 0700 would shut out other accounts of the ministry's server
    if not folder.exists():
        draft.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-cu-", dir=folder.parent)) / folder.name
    folder.rename(old)
    draft.rename(folder)
    shutil.rmtree(old.parent)


class Embedder:
    """A loaded model. Safe to share between threads for encoding."""

    def __init__(self, folder: Path | None, chosen: Chosen = LEARNED_HERE) -> None:
        """Load the model in ``folder``, or the ``chosen`` one of the settings.

        Raises RS-332 where ``state`` knows no model, RS-335 for its segmenter.
        """
        found = state_of(chosen) if chosen else state(folder)
        if found.manifest is None:
            raise ERRORS.error("RS-332", reason=found.message.rstrip("."))
        self.manifest = found.manifest
        folder = chosen.folder() if chosen else folder
        self._chosen, self._segment = chosen, chosen.segment()
        library = _library()
        try:
            # trust_remote_code stays False: a model folder is data and may not bring code.
            self._model = library.SentenceTransformer(
                str(folder), device="cpu", local_files_only=True, trust_remote_code=False
            )
        except (OSError, ValueError, KeyError, ImportError) as error:
            raise ERRORS.error("RS-332", reason=str(error).splitlines()[0]) from error

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        return int(self._model.get_embedding_dimension())

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Encoded:
        """Encode provisions, or with ``query`` what a person typed; empty texts give zeros.

        Models that tell queries from passages (E5 …) get their own prompts from their folder.
        """
        import numpy as np

        if not texts:
            return Encoded(np.zeros((0, self.dimension), dtype=np.float32), 0, self.limit)
        if self.manifest.kind == STATIC:
            return Encoded(self._static([syllable.prepare(text) for text in texts]), 0, None)
        prefix = self._chosen.query_prefix if query else self._chosen.passage_prefix
        prepared = [prefix + self._segmented(text) for text in texts]
        encode = self._model.encode_query if query else self._model.encode_document
        vectors = encode(
            prepared,
            batch_size=32,
            show_progress_bar=False,
            convert_to_numpy=True,
            normalize_embeddings=True,
        )
        return Encoded(
            np.ascontiguousarray(vectors, dtype=np.float32), self._too_long(prepared), self.limit
        )

    def _static(self, prepared: Sequence[str]) -> np.ndarray:
        """Encode with the modules themselves: no prompts, no padding, so no sorting by length."""
        import numpy as np
        import torch

        parts = []
        with torch.inference_mode():
            for start in range(0, len(prepared), _STATIC_BATCH):
                features = self._model.preprocess(list(prepared[start : start + _STATIC_BATCH]))
                means = self._model(features)["sentence_embedding"]
                parts.append(torch.nn.functional.normalize(means).numpy())
        return np.concatenate(parts)

    def _segmented(self, text: str) -> str:
        words = " ".join(clean(text).text.split())
        return self._segment(words) if self._segment and words else words

    @property
    def limit(self) -> int | None:
        """Tokens the model reads of a text; None where it reads everything."""
        limit = self._model.max_seq_length
        return int(limit) if limit and limit != float("inf") else None

    def _too_long(self, prepared: Sequence[str]) -> int:
        """Count the texts that the model cuts: it does so without a word."""
        if self.limit is None:
            return 0
        tokens: Any = self._model.tokenizer(
            list(prepared), truncation=False, padding=False, return_attention_mask=False
        )
        return sum(len(ids) > self.limit for ids in tokens["input_ids"])


@lru_cache(maxsize=1)
def _library() -> Any:
    """Import sentence-transformers with the network shut (it asks the hub even when cached)."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TRANSFORMERS_OFFLINE"] = "1"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    import sentence_transformers
    import torch

    if "OMP_NUM_THREADS" not in os.environ:  # whoever sets it has decided, and torch obeys
        torch.set_num_threads(_THREADS)
    return sentence_transformers


def _digest(folder: Path) -> str:
    """Return the SHA-256 over names and contents of the model's files, the manifest left out."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return _digest_of(
        tuple(
            (str(path), path.relative_to(folder).as_posix(), info.st_size, info.st_mtime_ns)
            for path in files
            if (info := path.stat())
        )
    )


@lru_cache(maxsize=8)
def _digest_of(files: tuple[tuple[str, str, int, int], ...]) -> str:
    # Size and time of the files are the cache key: gigabytes are read once, not on every page.
    total = hashlib.sha256()
    for path, name, _, _ in files:
        with open(path, "rb") as file:
            total.update(f"{name}\0{hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode())
    return total.hexdigest()
