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
from corpus.readers.phapdien_note import SourceNote, fuller, parse_note
from corpus.records import ArticleNote, Head, Notice, RawDocument

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
_BLANKS = re.compile("[ \t\n\r\f]+")
_UNEVEN = re.compile("[\t\n\r\f]|  ")  # where ``_BLANKS`` would change anything
# «Điều 40.1.LQ.1. Phạm vi» — the codified number, then the title.
_HEADING = re.compile(r"^\s*Điều\s+[\d.]+\s*[.\w&]*?\.[\d.]*\d[a-zđ]?\.?\s*", re.I)
_ARTICLE_ORDER = re.compile(r"(\d+)([a-zđ]?)(?:\.(\d+))?")
_LETTERS = "abcdđeghiklmnopqrstuvxy"


@dataclass(slots=True)
class _Article:
    number: str
    title: str
    lines: list[str]
    notes: list[str]
    subjects: list[str]

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


@dataclass(frozen=True, slots=True)
class _Page:
    """One đề mục: heading, source note, paragraphs and number of pictures of every article."""

    subject: str
    articles: list[tuple[str, str, list[str], int]]


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

    def add(self, page: _Page) -> None:
        """Add the articles of one đề mục."""
        self.subjects += 1
        for heading, note, lines, pictures in page.articles:
            self._article(page.subject, heading, note, lines, pictures)

    def _article(
        self, subject: str, heading: str, note: str, lines: list[str], pictures: int
    ) -> None:
        self.articles += 1
        title = _HEADING.sub("", heading)
        source = parse_note(note)
        if source is None:
            self.unknown += 1
            self._keep_aside(subject, _Article("", heading, lines, [note], [subject]))
            return
        act = self.acts.setdefault(source.key, _Act(source.head))
        act.head = fuller(act.head, source.head)
        act.pictures += pictures
        self._merge(act, source, _Article(source.article, title, lines, [note], [subject]))

    def _merge(self, act: _Act, source: SourceNote, new: _Article) -> None:
        known = act.articles.get(source.article)
        if known is None:
            act.articles[source.article] = new
            return
        if _letters(known) != _letters(new):
            self.differing += 1
            shorter, longer = sorted((new, known), key=lambda article: article.size)
            act.articles[source.article] = longer
            self._keep_aside(shorter.subjects[0], shorter)
            return
        known.notes += new.notes
        known.subjects += new.subjects

    def _keep_aside(self, subject: str, article: _Article) -> None:
        self.leftovers.setdefault(subject, []).append(article)

    def documents(self) -> Iterator[RawDocument]:
        """Yield the acts by first appearance, then what could not be placed, by đề mục."""
        for key in list(self.acts):
            act = self.acts.pop(key)
            articles = sorted(act.articles.values(), key=lambda article: article.order)
            document = _document(self._source(act.head.number or act.head.title), articles)
            document.head = act.head
            if act.pictures:
                document.notes.append(ERRORS.notice("RS-133", count=act.pictures))
            yield document
        for subject in list(self.leftovers):
            yield _document(self._source(subject), self.leftovers.pop(subject))

    def _source(self, member: str) -> str:
        return f"{self.name}#{member}"

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
    articles = []
    heading = note = ""
    for kind, markup in zip(parts[1::2], parts[2::2], strict=True):
        if kind == "pDieu":
            heading, note = _inline(markup), ""
        elif kind == "pGhiChu":
            note = _inline(markup)
        elif kind == "pNoiDung":
            articles.append((heading, note, *_paragraphs(markup)))
    return _Page(_subject(parts[0]), articles)


def _document(source: str, articles: list[_Article]) -> RawDocument:
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
        for note, subject in zip(article.notes, article.subjects, strict=True):
            notes.append(ArticleNote(path, note, subject))
    text = composer.text
    return RawDocument(
        source=source,
        format="phapdien",
        text=text,
        # One page feeds many acts and one act comes from many pages: the digest is the act's own.
        digest=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
        notes=[read_notice(text), ERRORS.notice("RS-153")],
        article_notes=notes,
    )


def _subject(page_head: str) -> str:
    match = _SUBJECT.search(page_head)
    text = _inline(match[1]) if match else ""
    return re.sub(r"^Đề mục\s+", "", text)


def _inline(markup: str) -> str:
    return _BLANKS.sub(" ", unescape(_TAG.sub("", _PARAGRAPH.sub(" ", markup)))).strip(" ")


def _paragraphs(markup: str) -> tuple[list[str], int]:
    """Return the paragraphs of one article and how many pictures were lost."""
    if _NEEDS_TREE.search(markup):
        tree = parse("pNoiDung", f"<div>{_NO_TAG.sub('&lt;', markup)}</div>")
        content = flow(tree)
        return content.lines, content.pictures
    lines = []
    for piece in _PARAGRAPH.split(markup):
        words = unescape(_TAG.sub("", piece) if "<" in piece else piece)
        if _UNEVEN.search(words):
            words = _BLANKS.sub(" ", words)
        if line := words.strip(" "):
            lines.append(line)
    return lines, 0


def _letters(article: _Article) -> str:
    return re.sub(r"\W+", "", "".join(article.lines)).casefold()
