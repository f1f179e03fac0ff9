"""Bộ Pháp điển điện tử: articles codified by subject, put together again as acts.

Every đề mục is one page: ``pDieu`` heading, ``pGhiChu`` source note, ``pNoiDung`` text, ``pChiDan``
related articles. The notes say which article of which act each one is; articles of one act are
merged across đề mục in the order of their own numbers.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape

from corpus.errors import ERRORS
from corpus.parallel import ordered_map
from corpus.readers.composer import Composer, count_vi, normal_lines, read_notice
from corpus.readers.html import parse
from corpus.readers.markup import flow
from corpus.readers.phapdien_note import SourceNote, fuller, linked_article, parse_note
from corpus.records import (
    ArticleChange,
    ArticleNote,
    Head,
    Notice,
    RawDocument,
    RelatedArticle,
)

_PART = re.compile(r"<p class='(pChuong|pDieu|pGhiChu|pNoiDung|pChiDan)'>")
_SUBJECT = re.compile(r"<h3[^>]*>(.*?)</h3>", re.S)
# Names an editor may have put in angle brackets are no tags; only these are taken out.
_NAMES = (
    "a|abbr|b|big|br|center|cite|code|col|colgroup|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|"
    "label|li|link|o:[a-z]+|ol|p|pre|s|small|span|strike|strong|sub|sup|table|tbody|td|tfoot|th|"
    "thead|tr|u|ul|v:[a-z]+"
)
_TAG = re.compile(rf"</?(?:{_NAMES})(?:\s[^<>]*)?/?>|<!--.*?-->", re.I | re.S)
_NO_TAG = re.compile(rf"<(?!/?(?:{_NAMES})(?:[\s>/]))", re.I)
_PARAGRAPH = re.compile(r"</?(?:p|div|br|h[1-6]|hr)(?:\s[^<>]*)?/?>", re.I)
_NEEDS_TREE = re.compile(r"<(?:table|li|img|v:|strike|del|s>)", re.I)
# Every heading has an anchor; links inside the package name it, others lead to an act elsewhere.
_ANCHOR = re.compile(r"<a name='(\d+)'")
_LINK = re.compile(r"<a\s([^>]*)>(.*?)</a>", re.S)
_INSIDE = re.compile(r"ViewNoiDungPhapDien\('(\d+)'\)")
_ELSEWHERE = re.compile(r"ItemID=(\d+)")
_BLANK = " \t\n\r\f"
_BLANKS = re.compile(f"[{_BLANK}]+")
# «Điều 40.1.LQ.1. Phạm vi» — the codified number, then the title.
_HEADING = re.compile(r"^\s*Điều\s+[\d.]+\s*[.\w&]*?\.[\d.]*\d[a-zđ]?\.?\s*", re.I)
_ARTICLE_ORDER = re.compile(r"(\d+)([a-zđ]?)(?:\.(\d+))?")
_LETTERS = "abcdđeghiklmnopqrstuvxy"


@dataclass(slots=True)
class _Link:
    shown: str
    anchor: str = ""  # of an article in the package
    act: str = ""
    dieu: str = ""


@dataclass(slots=True)
class _Note:
    text: str
    subject: str
    amended_by: tuple[ArticleChange, ...] = ()
    links: list[_Link] = field(default_factory=list)


@dataclass(slots=True)
class _Article:
    number: str
    title: str
    lines: list[str]
    notes: list[_Note]

    @property
    def order(self) -> tuple[int, int, int]:
        match = _ARTICLE_ORDER.match(self.number)
        if match is None:
            return (10**6, 0, 0)
        letter = _LETTERS.find(match[2]) + 1 if match[2] else 0
        return (int(match[1]), letter, int(match[3] or 0))

    @property
    def size(self) -> int:
        return sum(map(len, self.lines))


@dataclass(slots=True)
class _Act:
    head: Head
    articles: dict[str, _Article] = field(default_factory=dict)
    pictures: int = 0


@dataclass(slots=True)
class _Codified:
    """One article as its đề mục prints it."""

    heading: str
    anchor: str
    lines: list[str]
    pictures: int
    note: _Note


@dataclass(frozen=True, slots=True)
class _Page:
    """One đề mục, read."""

    articles: list[_Codified]
    links: int = 0
    lost_links: int = 0  # on a chương or mục: no article to keep them with


@dataclass(slots=True)
class Package:
    """Collects đề mục; ``documents`` gives the acts, emptying the package as it goes."""

    name: str
    acts: dict[tuple[str, str], _Act] = field(default_factory=dict)
    leftovers: dict[str, list[_Article]] = field(default_factory=dict)
    subjects: int = 0
    articles: int = 0
    unknown: int = 0
    differing: int = 0
    anchors: dict[str, tuple[tuple[str, str], str]] = field(default_factory=dict)  # act, article
    links: int = 0
    lost_links: int = 0

    def add(self, page: _Page) -> None:
        """Add the articles of one đề mục."""
        self.subjects += 1
        self.links += page.links
        self.lost_links += page.lost_links
        for article in page.articles:
            self._article(article)

    def _article(self, new: _Codified) -> None:
        self.articles += 1
        source = parse_note(new.note.text)
        if source is None:
            self.unknown += 1
            self._keep_aside(new.note.subject, _Article("", new.heading, new.lines, [new.note]))
            return
        new.note.amended_by = source.amended_by
        if new.anchor:
            self.anchors[new.anchor] = source.key, source.article
        act = self.acts.setdefault(source.key, _Act(source.head))
        act.head = fuller(act.head, source.head)
        act.pictures += new.pictures
        title = _HEADING.sub("", new.heading)
        self._merge(act, source, _Article(source.article, title, new.lines, [new.note]))

    def _merge(self, act: _Act, source: SourceNote, new: _Article) -> None:
        known = act.articles.get(source.article)
        if known is None:
            act.articles[source.article] = new
            return
        if _letters(known) != _letters(new):
            self.differing += 1
            shorter, longer = sorted((new, known), key=lambda article: article.size)
            act.articles[source.article] = longer
            self._keep_aside(shorter.notes[0].subject, shorter)
            return
        known.notes += new.notes

    def _keep_aside(self, subject: str, article: _Article) -> None:
        self.leftovers.setdefault(subject, []).append(article)

    def documents(self) -> Iterator[RawDocument]:
        """Yield the acts by first appearance, then what could not be placed, by đề mục."""
        names = {key: act.head.number or act.head.title for key, act in self.acts.items()}
        for key in list(self.acts):
            act = self.acts.pop(key)
            articles = sorted(act.articles.values(), key=lambda article: article.order)
            document = self._document(names[key], articles, names)
            document.head = act.head
            if act.pictures:
                document.notes.append(ERRORS.notice("RS-133", count=act.pictures))
            yield document
        for subject in list(self.leftovers):
            yield self._document(subject, self.leftovers.pop(subject), names)

    def _document(
        self, member: str, articles: list[_Article], names: dict[tuple[str, str], str]
    ) -> RawDocument:
        composer = Composer()
        notes = []
        for article in articles:
            if article.number:
                composer.line(f"Điều {article.number}. {article.title}")
                path = f"dieu-{article.number}"
            else:
                composer.line(article.title)
                path = ""
            for line in article.lines:
                composer.line(line)
            for note in article.notes:
                related = tuple(self._related(link, names) for link in note.links)
                notes.append(ArticleNote(path, note.text, note.subject, note.amended_by, related))
        text = composer.text
        return RawDocument(
            source=f"{self.name}#{member}",
            format="phapdien",
            text=text,
            # One page feeds many acts and one act comes from many pages: the digest is its own.
            digest=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
            notes=[read_notice(text), ERRORS.notice("RS-153")],
            article_notes=notes,
        )

    def _related(self, link: _Link, names: dict[tuple[str, str], str]) -> RelatedArticle:
        if link.anchor not in self.anchors:
            return RelatedArticle(link.shown, link.act, link.dieu)
        key, article = self.anchors[link.anchor]
        return RelatedArticle(link.shown, names[key], f"dieu-{article}")

    def summary(self) -> list[Notice]:
        """Return what the whole package held; to be asked before ``documents`` empties it."""
        notes = [
            ERRORS.notice(
                "RS-145",
                articles=count_vi(self.articles),
                acts=count_vi(len(self.acts)),
                subjects=count_vi(self.subjects),
            )
        ]
        if self.unknown:
            notes.append(ERRORS.notice("RS-146", count=count_vi(self.unknown)))
        if self.differing:
            notes.append(ERRORS.notice("RS-147", count=count_vi(self.differing)))
        if self.links:
            notes.append(
                ERRORS.notice("RS-160", count=count_vi(self.links), lost=count_vi(self.lost_links))
            )
        return notes


def read(name: str, pages: Iterable[bytes], workers: int = 1) -> tuple[Package, list[Notice]]:
    """Collect the đề mục ``pages``, with ``workers`` processes; raises RS-115 for no article."""
    package = Package(name)
    for page in ordered_map(_read_page, pages, workers=workers):
        package.add(page)
    if not package.articles:
        raise ERRORS.error("RS-115", name=name)
    return package, package.summary()


def _read_page(data: bytes) -> _Page:
    page = normal_lines(data.decode("utf-8-sig", "replace"))
    parts = _PART.split(page)
    subject = _subject(parts[0])
    articles: list[_Codified] = []
    heading = note = anchor = ""
    holder: _Note | None = None  # of the article that links belong to
    found = lost = 0
    for kind, markup in zip(parts[1::2], parts[2::2], strict=True):
        if kind == "pDieu":
            heading, note, holder = _inline(markup), "", None
            match = _ANCHOR.search(markup)
            anchor = match[1] if match else ""
        elif kind == "pGhiChu":
            note = _inline(markup)
        elif kind == "pNoiDung":
            holder = _Note(note, subject)
            articles.append(_Codified(heading, anchor, *_paragraphs(markup), holder))
        elif kind == "pChiDan":
            links = _links(markup)
            found += len(links)
            if holder is not None:
                holder.links += links
            else:
                lost += len(links)
        else:
            holder = None
    return _Page(articles, found, lost)


def _links(markup: str) -> list[_Link]:
    """Return the links of one «có nội dung liên quan đến …», each once, in order."""
    links: dict[str, _Link] = {}
    unnamed: list[tuple[str, _Link]] = []  # links to an act that a later one names
    for attributes, words in _LINK.findall(markup):
        shown = _inline(words)
        inside = _INSIDE.search(attributes)
        if inside is not None:
            links.setdefault(inside[1], _Link(shown, anchor=inside[1]))
            continue
        act, dieu = linked_article(shown)
        link = links.setdefault(shown, _Link(shown, act=act, dieu=dieu))
        elsewhere = _ELSEWHERE.search(attributes)
        item = elsewhere[1] if elsewhere else ""
        if not act:
            unnamed.append((item, link))
        else:
            for other, waiting in unnamed:
                if other == item:
                    waiting.act = act
            unnamed = []
    return list(links.values())


def _subject(page_head: str) -> str:
    match = _SUBJECT.search(page_head)
    text = _inline(match[1]) if match else ""
    return re.sub(r"^Đề mục\s+", "", text)


def _inline(markup: str) -> str:
    if "<" in markup:
        markup = _TAG.sub("", _PARAGRAPH.sub(" ", markup))
    return _even(unescape(markup))


def _even(words: str) -> str:
    """Return ``words`` with single blanks; the whole codified law passes, mostly even already."""
    words = words.strip(_BLANK)
    even = "  " not in words and words.isprintable()
    return words if even else _BLANKS.sub(" ", words)


def _paragraphs(markup: str) -> tuple[list[str], int]:
    """Return the paragraphs of one article and how many pictures were lost."""
    if _NEEDS_TREE.search(markup):
        tree = parse("pNoiDung", f"<div>{_NO_TAG.sub('&lt;', markup)}</div>")
        content = flow(tree)
        return content.lines, content.pictures
    lines = []
    for piece in _PARAGRAPH.split(markup):
        if line := _even(unescape(_TAG.sub("", piece) if "<" in piece else piece)):
            lines.append(line)
    return lines, 0


def _letters(article: _Article) -> str:
    return re.sub(r"\W+", "", "".join(article.lines)).casefold()
