"""A model chosen by setting: a local folder or a name of the Hugging Face hub, with its habits.

E5 wants prefixes, PhoBERT wants words joined by underscores, BGE-M3 wants neither: an index is only
as good as the text it was given, so these habits belong to the model as much as its weights and
are part of its digest. Nothing is ever downloaded here: a hub name is looked up in what was
fetched onto the machine before.
"""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from models.errors import ERRORS

Segment = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the settings say about the model; an empty ``name`` means the one learned here.

    ``segmenter`` names a function that joins the syllables of words: «pyvi:ViTokenizer.tokenize».
    """

    name: str = ""
    revision: str = ""
    query_prefix: str = ""
    passage_prefix: str = ""
    segmenter: str = ""

    def __bool__(self) -> bool:
        return bool(self.name)

    def folder(self) -> Path | None:
        """Return where the model lies on this machine; None where it does not."""
        place = Path(self.name)
        if place.is_dir():
            return place
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

        try:
            return Path(
                snapshot_download(self.name, revision=self.revision or None, local_files_only=True)
            )
        except (LocalEntryNotFoundError, HFValidationError, OSError):
            return None

    def digest(self, files: str) -> str:
        """Return the digest of an index's model: ``files`` (SHA-256, hex) and the habits."""
        habits = "\0".join(
            (files, self.revision, self.query_prefix, self.passage_prefix, self.segmenter)
        )
        return hashlib.sha256(habits.encode()).hexdigest()

    def segment(self) -> Segment | None:
        """Import the segmenter; None where none is named. Raises RS-335 where it cannot be."""
        if not self.segmenter:
            return None
        module, _, names = self.segmenter.partition(":")
        try:
            found = importlib.import_module(module)
            for name in names.split("."):
                found = getattr(found, name)
        except (ImportError, AttributeError, ValueError) as error:
            raise ERRORS.error("RS-335", given=self.segmenter, reason=error) from error
        if not callable(found):
            raise ERRORS.error("RS-335", given=self.segmenter, reason="không phải hàm")
        return found


LEARNED_HERE: Final = Chosen()  # no model by setting: the one learned from the loaded acts
