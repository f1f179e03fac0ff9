"""Plain text and Markdown in any encoding Vietnamese was ever written in."""

from __future__ import annotations

from corpus import encoding
from corpus.errors import ERRORS
from corpus.readers import markdown
from corpus.readers.composer import Composer, compose, count_vi, normal_lines
from corpus.readers.limits import Limits
from corpus.records import Notice, RawDocument


def read(name: str, data: bytes, limits: Limits) -> RawDocument:
    """Return the text; legacy lines are converted and said."""
    text, codec, lost = encoding.decode(data)
    notes: list[Notice] = []
    if lost:
        notes.append(ERRORS.notice("RS-150", count=count_vi(lost)))
    if codec in encoding.NAMES:
        notes.append(legacy_notice({codec: len(text)}))
    elif codec.startswith("utf"):
        text, converted = encoding.repair_lines(text)
        if converted:
            notes.append(legacy_notice(converted))
    composer = Composer()
    lines = (
        markdown.plain_lines(normal_lines(text))
        if markdown.is_markdown(name, text)
        else text.splitlines()
    )
    for line in lines:
        composer.line(line)
    return compose(name, "text", data, composer, notes, encoding=codec)


def legacy_notice(converted: dict[str, int]) -> Notice:
    """Return the notice that says which old encodings were converted."""
    names = ", ".join(encoding.NAMES[legacy] for legacy in converted)
    return ERRORS.notice("RS-138", encoding=names, chars=count_vi(sum(converted.values())))
