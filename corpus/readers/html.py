"""Web pages: an act saved from a portal, with all that is around it, or Word's own HTML."""

from __future__ import annotations

import re

from lxml import etree, html

from corpus import encoding
from corpus.errors import ERRORS
from corpus.readers.composer import Composer, compose, count_vi
from corpus.readers.limits import Limits
from corpus.readers.markup import Flow, flow, is_hidden, local_name
from corpus.readers.text import legacy_notice
from corpus.records import Notice, RawDocument

# Where the portals keep the Vietnamese text of an act, most exact first.
_PORTALS = (
    "//*[@id='divContentDoc']//div[contains(concat(' ', @class, ' '), ' content1 ')]",
    "//div[contains(@class, 'cldivContentDocVn')]",
    "//*[contains(concat(' ', @class, ' '), ' preview-content ')]",  # vbpl.vn since 2025
    "//*[@id='toanvancontent']",  # vbpl.vn until 2025
    "//*[@id='divContentDoc']",
    "//*[contains(@class, 'the-document-body') or contains(@class, 'docitem-content')]",
    "//*[contains(@class, 'content1')]",
)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([\w-]+)", re.I)
_ARTICLE = re.compile(r"^\s*(?:Điều|Ðiều|Mục|Chương)\s+[\dIVXLC]+\w?\b")
_DEEPEST = 60  # elements around the text on pages of any sane site
_MINIMUM = 200  # characters below which a portal's container holds only a log-in request
# An English translation follows the Vietnamese text on some portals; its head is unmistakable.
_ENGLISH_HEAD = re.compile(r"Independence\s*[-–—.]+\s*Freedom\s*[-–—.]+\s*Happiness", re.I)
_VIETNAMESE = re.compile("[À-ỹĐđ]")


def read(name: str, data: bytes, limits: Limits, declared: str = "") -> RawDocument:
    """Return the act of a page; raises RS-105 where there is no page, RS-115 without text.

    ``declared`` is the encoding a wrapper around the page names.
    """
    if match := _CHARSET.search(data[:8192]):
        declared = match.group(1).decode("ascii")
    source, codec, lost = encoding.decode(data, declared)
    notes: list[Notice] = []
    if lost:
        notes.append(ERRORS.notice("RS-150", count=count_vi(lost)))
    if codec in encoding.NAMES:
        notes.append(legacy_notice({codec: len(source)}))
    root = parse(name, source)
    content, whole = _content(root)
    lines = content.lines
    if codec.startswith("utf"):
        text, converted = encoding.repair_lines("\n".join(lines))
        if converted:
            lines = text.split("\n")
            notes.append(legacy_notice(converted))
    lines, english = _without_english(lines)
    notes += _loss_notices(content, whole, english)
    composer = Composer()
    for line in lines:
        composer.line(line)
    return compose(name, "html", data, composer, notes, encoding=codec)


def parse(name: str, source: str) -> etree._Element:
    """Return the tree of a page; never fetches or resolves anything."""
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    cleaned = re.sub("[\x00\ud800-\udfff]", "", source)
    try:
        root = html.document_fromstring(cleaned.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as broken:
        raise ERRORS.error("RS-105", name=name, reason="không phải trang HTML") from broken
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        # The parser stops here without a word and the rest of the page would be lost.
        raise ERRORS.error("RS-105", name=name, reason="thẻ lồng nhau quá sâu")
    return root


def _content(root: etree._Element) -> tuple[Flow, int]:
    """Return the lines of the act and the length of all that the page shows."""
    body = root.find("body")
    everything = flow(body if body is not None else root)
    whole = _length(everything)
    for path in _PORTALS:
        parts = [found for found in root.xpath(path) if not _inside_hidden(found)]
        best = max((flow(part) for part in parts), key=_length, default=None)
        if best is not None and _length(best) >= _MINIMUM:
            return best, whole
    container = _narrowest(root, everything)
    return (flow(container) if container is not None else everything), whole


def _narrowest(root: etree._Element, everything: Flow) -> etree._Element | None:
    """Return the smallest element that holds every article line of an unknown site's page."""
    articles = sum(1 for line in everything.lines if _ARTICLE.match(line))
    if articles < 2:
        return None
    body = root.find("body")
    here = body if body is not None else root
    head = any("CỘNG H" in line.upper() for line in everything.lines)
    for _ in range(_DEEPEST):
        for child in here.iterchildren():
            if local_name(child) in ("", "script", "style"):
                continue
            lines = flow(child).lines
            held = sum(1 for line in lines if _ARTICLE.match(line))
            if held == articles and (not head or any("CỘNG H" in x.upper() for x in lines)):
                here = child
                break
        else:
            break
    return here


def _without_english(lines: list[str]) -> tuple[list[str], int]:
    """Cut a translation off the end; returns the lines kept and the characters cut."""
    for index, line in enumerate(lines):
        if not _ENGLISH_HEAD.search(line):
            continue
        start = index
        while start > 0 and index - start < 8 and not _VIETNAMESE.search(lines[start - 1]):
            start -= 1
        rest = "\n".join(lines[start:])
        # «Viet Nam» may be spelt with marks in a translation, nothing else is.
        if len(_VIETNAMESE.findall(rest)) < len(rest) * 0.02 and start > 0:
            return lines[:start], len(rest)
    return lines, 0


def _loss_notices(content: Flow, whole: int, english: int) -> list[Notice]:
    notes = []
    if (outside := whole - _length(content)) > 0:
        notes.append(ERRORS.notice("RS-141", chars=count_vi(outside)))
    if english:
        notes.append(ERRORS.notice("RS-142", chars=count_vi(english)))
    if content.pictures:
        notes.append(ERRORS.notice("RS-133", count=content.pictures))
    if content.struck:
        notes.append(ERRORS.notice("RS-152", chars=count_vi(content.struck)))
    return notes


def _inside_hidden(element: etree._Element) -> bool:
    # The chosen container itself may be folded away by the page's own script.
    return any(is_hidden(ancestor) for ancestor in element.iterancestors())


def _length(content: Flow) -> int:
    return sum(map(len, content.lines)) + len(content.lines)
