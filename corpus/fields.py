"""Validator V3: matters listed as procedures of a field that is not theirs.

«các thủ tục hộ tịch, như đăng ký khai sinh, đăng ký hộ khẩu»: hộ khẩu is a matter of cư trú. Which
matter is of which field stands in ``procedure-fields.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from corpus.datafile import CONFIDENCES, read_sections
from corpus.defect import Defect, defect
from corpus.text import CleanText

PATH = Path(__file__).with_name("procedure-fields.yaml")
# Between the field and «như»: another field there means a list of both.
_BEFORE_LIST = r"(?P<between>[^.;:\n]{0,80}?)[\s,]+(?:như|gồm|bao\s+gồm)\s*:?\s"
_LIST = re.compile(r"[^.;\n]{1,300}")
_OTHERS = re.compile(r"liên\s+thông|khác|lĩnh\s+vực")


class _Field(NamedTuple):
    name: str
    law: str
    confidence: str  # of what is said of the law
    listing: re.Pattern[str]  # «thủ tục đăng ký hộ tịch …, như»
    matter: re.Pattern[str]  # «đăng ký thường trú»


@cache
def _fields() -> tuple[_Field, ...]:
    found = []
    for row in read_sections(PATH, ("linh_vuc",))["linh_vuc"]:
        name, law = row.text("ten"), row.text("luat")
        confidence = row.choice("muc_tin_cay", CONFIDENCES)
        matters = "|".join(_spaced(matter) for matter in row.words("viec"))
        row.done()
        listing = rf"(?i)\bthủ\s+tục\s+(?:(?:đăng\s+ký|về)\s+)?{_spaced(name)}\b{_BEFORE_LIST}"
        matter = rf"(?i)\bđăng\s+ký\s+(?:{matters})\b"
        found.append(_Field(name, law, confidence, re.compile(listing), re.compile(matter)))
    return tuple(found)


def _spaced(words: str) -> str:
    return r"\s+".join(map(re.escape, words.split()))


def check_fields(words: CleanText, source: str) -> Iterator[Defect]:
    """Yield the matters that a list of procedures gives to the wrong field."""
    for field in _fields():
        others = [other for other in _fields() if other is not field]
        for listing in field.listing.finditer(words.text):
            between = listing["between"]
            if _OTHERS.search(between) or any(other.name in between for other in others):
                continue
            items = _LIST.match(words.text, listing.end())
            for other in others if items else ():
                for item in other.matter.finditer(words.text, *items.span()):
                    start, end = words.source_span(*item.span())
                    shown = " ".join(item.group().split())
                    yield defect(
                        "V3-linh-vuc", source, start, end,
                        shown=shown, field=field.name, other=other.name, law=other.law,
                        confidence=other.confidence,
                    )  # fmt: skip
