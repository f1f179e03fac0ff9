"""A web page saved in one file (MHT), often under the name .doc: its HTML part is read."""

from __future__ import annotations

import email
import email.policy

from corpus.errors import ERRORS
from corpus.readers import html
from corpus.readers.limits import Limits
from corpus.records import RawDocument

_MOST_PARTS = 2_000


def read(name: str, data: bytes, limits: Limits) -> RawDocument:
    """Return the page; raises RS-105 where the file holds none."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            break
        page = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(page, bytes):
            document = html.read(name, page, limits, part.get_content_charset() or "")
            document.format = "mht"
            return document
    raise ERRORS.error("RS-105", name=name, reason="không có trang HTML bên trong")
