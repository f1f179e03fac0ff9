"""The digest that an export bears: SHA-256 of what it says, whatever file is made of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, is_dataclass, replace
from typing import Any

from review.reports.records import Stamp


def sealed(stamp: Stamp, content: Any) -> Stamp:
    """Return ``stamp`` with the digest (hex) of ``content``: dataclasses, sequences, mappings."""
    text = json.dumps(_plain(content), ensure_ascii=False, sort_keys=True, default=str)
    return replace(stamp, digest=hashlib.sha256(text.encode()).hexdigest())


def _plain(content: Any) -> Any:
    if isinstance(content, (tuple, list)):
        return [_plain(part) for part in content]
    return asdict(content) if is_dataclass(content) else content
