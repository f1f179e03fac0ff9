"""All references of an act, each resolved from where it stands.

In an amending act three voices speak: the act itself («Nghị định này»), its quoted new text
(where «Nghị định này» is the amended act) and its stems («Sửa đổi, bổ sung khoản 2 Điều 5 như
sau:»), whose bare units are units of the amended act (DOMAIN 5.3, 5.7).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.amendment import AmendOp, amend_ops
from corpus.citation import Citation, citations_of
from corpus.inact import WholeAct
from corpus.mention import find_aliases, find_mentions
from corpus.number import TYPES
from corpus.records import Act, Provision
from corpus.text import CleanText, clean

_STEM = re.compile(
    r"(?:Điều\s+\w+\s*[.:]?|\d+[a-zđ]?\s*[.)]|[a-zđ][\d.]*\s*\)|[-+])?\s*(?:Điều\s+\w+\.\s*)?"
    r"(?:(?:Sửa|Bổ\s+sung|Thay|Bãi\s+bỏ|Bỏ|Hủy\s+bỏ|Ngưng|Thay\s+thế)\b"
    # «Khoản 2 Điều 7 được sửa đổi, bổ sung như sau:»
    r"|(?:Các\s+)?(?:[Đđ]iểm|[Kk]hoản|Điều|Mục|Chương|Tên)\s[^:]{1,200}?\sđược\s+(?:sửa|bổ|thay|bãi))"
)


_BARE_TYPES = frozenset({*TYPES.values(), "Nghị quyết liên tịch"})


# «Thông tư này quy định chi tiết … của Bộ luật Lao động, gồm: 1. …»: bare Điều below are the law's.
_DETAILS = re.compile(r"này\s+(?:quy\s+định(?:\s+chi\s+tiết)?|hướng\s+dẫn)\b")


@dataclass(frozen=True, slots=True)
class Cited:
    """A reference with the provision it stands in and its span in the act's source text."""

    provision: Provision
    citation: Citation
    start: int
    end: int


def act_citations(
    act: Act, ops: Sequence[AmendOp] | None = None, only: Container[int] | None = None
) -> Iterator[Cited]:
    """Yield the references of all provisions, in document order; head and căn cứ not included.

    ``ops``: what the act amends, where the caller has read it already. ``only``: the places of the
    provisions that are wanted; each is read as it would be among all.
    """
    ops = amend_ops(act) if ops is None else ops
    aliases = find_aliases(clean(act.raw.text).text)
    targets = _amended_acts(act, ops)
    touched: dict[str, list[str]] = {}  # amending provision → paths that it touches
    for op in ops:
        touched.setdefault(op.provision, []).append(op.target_path)
    whole = WholeAct(act)
    detailed: dict[int, str] = {}  # provision → law whose articles it and its units detail
    for index, provision in enumerate(act.provisions):
        law = _detailed_law(act, provision, detailed)
        if law:
            detailed[index] = law
        if only is not None and index not in only:
            continue
        words = clean(provision.text)
        amended = targets.get(index, "")
        found = citations_of(provision, words.text, amended, aliases)
        for citation in whole.with_later_act(words.text, found):
            if amended and not provision.quoted and not _says_this(words, citation):
                citation = _in_stem(citation, provision, touched.get(provision.path, []))
                citation = replace(citation, act=citation.act or amended)
            elif law and not citation.act and not citation.relative:
                citation = replace(citation, act=law)
            settled = whole.settled(citation, provision, words.text)
            if settled is None:
                continue
            citation = settled
            start, end = words.source_span(citation.start, citation.end)
            yield Cited(provision, citation, provision.start + start, provision.start + end)


def _detailed_law(act: Act, provision: Provision, detailed: dict[int, str]) -> str:
    """Return the law that an opening «Thông tư này quy định chi tiết … Luật …:» above details.

    The opening is the Điều's first paragraph or its own text; only Điều 1 does this.
    """
    if provision.quoted or not re.match(r"(?:[\w-]+/)?dieu-1(?:/|$)", provision.path):
        return ""
    if provision.parent is not None and provision.parent in detailed:
        return detailed[provision.parent]
    opening = provision
    if provision.level == "khoan" and provision.parent is not None:
        siblings = act.provisions[provision.parent].children
        before = [act.provisions[i] for i in siblings if act.provisions[i].level == "doan"]
        opening = before[0] if before else act.provisions[provision.parent]
    text = clean(opening.text).text.rstrip()
    if opening is provision or not text.endswith(":") or not _DETAILS.search(text):
        return ""
    laws = {mention.act for mention in find_mentions(text) if mention.act and not mention.relative}
    return laws.pop() if len(laws) == 1 else ""


def _says_this(words: CleanText, citation: Citation) -> bool:
    return words.text[citation.start : citation.end].rstrip().endswith("này")


def _in_stem(citation: Citation, provision: Provision, touched: Sequence[str]) -> Citation:
    """Put «khoản 2» of a stem into the unit that is being amended, not into its own."""
    if citation.act in _BARE_TYPES:
        return replace(citation, act="")  # «Mẫu số 05 ban hành kèm theo Thông tư liên tịch»
    if citation.act:
        return citation
    own = provision.path.split("/")
    for length in range(len(own), 0, -1):
        prefix = "/".join(own[:length]) + "/"
        if citation.paths and all(path.startswith(prefix) for path in citation.paths):
            bare = (path.removeprefix(prefix) for path in citation.paths)
            return replace(citation, paths=tuple(_touched(path, touched) for path in bare))
    return citation


def _touched(path: str, touched: Sequence[str]) -> str:
    """Return the touched unit that «điểm a» of a stem is, else put it into the one touched Điều."""
    same = {target for target in touched if f"/{target}".endswith(f"/{path}")}
    if len(same) == 1:
        return same.pop()
    articles = {target.split("/", 1)[0] for target in touched}
    article = articles.pop() if len(articles) == 1 else ""
    return f"{article}/{path}" if article.startswith("dieu-") else path


def _amended_acts(act: Act, ops: Sequence[AmendOp]) -> dict[int, str]:
    """Return provision index → number of the act it amends: stems and their quoted new text."""
    by_path: dict[str, str] = {}
    for op in ops:
        # «Sửa đổi một số khoản của Điều 5 như sau:» has its changes in the units below
        parts = op.provision.split("/")
        for length in range(len(parts), 0, -1):
            by_path.setdefault("/".join(parts[:length]), op.target_act)
    found: dict[int, str] = {}
    for index, provision in enumerate(act.provisions):
        above = found.get(provision.parent, "") if provision.parent is not None else ""
        if provision.quoted:
            target = above or by_path.get(provision.path, "")
        elif provision.path in by_path and _STEM.match(provision.text):
            target = by_path[provision.path]
        elif provision.level == "doan" and above and _STEM.match(provision.text):
            target = above  # the heading of its Điều says what is amended, this line says it again
        else:
            target = ""
        if target:
            found[index] = target
    return found
