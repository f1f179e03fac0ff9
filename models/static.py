"""Reading a static embedding model without torch: what a page needs to encode one typed line.

The model is a sentence-transformers folder (``StaticEmbedding``): a table of vectors and a
tokenizer; a text's vector is the mean of its pieces' vectors. Importing torch for that would take
seconds and half a gigabyte in the process that serves the pages.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models import syllable
from models.errors import ERRORS

if TYPE_CHECKING:
    import numpy as np

TOKENIZER = "tokenizer.json"
WEIGHTS = "model.safetensors"


class StaticEncoder:
    """The vectors and the tokenizer of a model folder; safe to share between threads."""

    def __init__(self, tokenizer: Any, weights: np.ndarray) -> None:
        self._tokenizer = tokenizer
        self._weights = weights
        pieces = json.loads(tokenizer.to_str())["model"]["vocab"]
        # Log probabilities, as learned; what is unknown (the first) tells nothing.
        self._rarity = {piece: -score for piece, score in pieces[1:]}

    @classmethod
    def load(cls, folder: Path) -> StaticEncoder:
        """Read the model in ``folder``; raises RS-332 where a file of it is absent or damaged."""
        from safetensors import SafetensorError
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        place = next(folder.rglob(WEIGHTS), None)
        if place is None:
            raise ERRORS.error("RS-332", reason=f"thiếu tệp {WEIGHTS}")
        try:
            (weights,) = load_file(place).values()
            tokenizer = Tokenizer.from_file(str(place.with_name(TOKENIZER)))
        except (OSError, ValueError, SafetensorError) as error:
            raise ERRORS.error("RS-332", reason=str(error).splitlines()[0]) from error
        except Exception as error:
            raise ERRORS.error("RS-332", reason=str(error).splitlines()[0]) from error
        return cls(tokenizer, weights)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return L2-normalised vectors (float32, texts × dimension); zeros for unknown words."""
        import numpy as np

        prepared = [syllable.prepare(text) for text in texts]
        found = np.zeros((len(texts), self._weights.shape[1]), dtype=np.float32)
        encodings = self._tokenizer.encode_batch_fast(prepared, add_special_tokens=False)
        for row, encoding in enumerate(encodings):
            if encoding.ids:
                found[row] = self._weights[encoding.ids].mean(axis=0)
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        return found / np.maximum(lengths, 1e-12)

    def telling(self, text: str, count: int) -> list[tuple[str, ...]]:
        """Return the syllables and pairs of syllables that tell this text most from others.

        By how often they stand here and how rarely anywhere; at most ``count``, best first.
        """
        encoding = self._tokenizer.encode(syllable.prepare(text), add_special_tokens=False)
        counts = Counter(piece for piece in encoding.tokens if piece in self._rarity)
        best = sorted(
            counts, key=lambda piece: (-self._rarity[piece] * (1 + log(counts[piece])), piece)
        )
        return [syllable.syllables_of(piece) for piece in best[:count]]
