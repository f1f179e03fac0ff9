"""All references of an act, each resolved from where it stands.

In an amending act three voices speak: the act itself («Nghị định này»), its quoted new text
(where «Nghị định này» is the amended act) and its stems («Sửa đổi, bổ sung khoản 2 Điều 5 như
sau:»), whose bare units are units of the amended act (DOMAIN 5.3, 5.7).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.amendment import amend_ops
from corpus.citation import Citation, citations_of
from corpus.mention import find_aliases
from corpus.records import Act, Provision
from corpus.text import CleanText, clean

_STEM = re.compile(
    r"(?:Điều\s+\w+\s*[.:]?|\d+[a-zđ]?\s*[.)]|[a-zđ][\d.]*\s*\)|[-+])?\s*(?:Điều\s+\w+\.\s*)?"
    r"(?:Sửa|Bổ\s+sung|Thay|Bãi\s+bỏ|Bỏ|Hủy\s+bỏ|Ngưng|Thay\s+thế)\b"
)


@dataclass(frozen=True, slots=True)
class Cited:
    """A reference with the provision it stands in and its span in the act's source text."""

    provision: Provision
    citation: Citation
    start: int
    end: int


def act_citations(act: Act) -> Iterator[Cited]:
    """Yield the references of all provisions, in document order; head and căn cứ not included."""
    aliases = find_aliases(clean(act.raw.text).text)
    targets = _amended_acts(act)
    for index, provision in enumerate(act.provisions):
        words = clean(provision.text)
        amended = targets.get(index, "")
        for citation in citations_of(provision, words.text, amended, aliases):
            if amended and not provision.quoted:
                citation = _in_stem(citation, provision)
                if citation.act == "" and not _says_this(words, citation):
                    citation = replace(citation, act=amended)
            start, end = words.source_span(citation.start, citation.end)
            yield Cited(provision, citation, provision.start + start, provision.start + end)


def _says_this(words: CleanText, citation: Citation) -> bool:
    return words.text[citation.start : citation.end].rstrip().endswith("này")


def _in_stem(citation: Citation, provision: Provision) -> Citation:
    """Take the amending unit's own address off: «khoản 2» in a stem is no khoản of this act."""
    own = provision.path.split("/")
    for length in range(len(own), 0, -1):
        prefix = "/".join(own[:length]) + "/"
        if citation.paths and all(path.startswith(prefix) for path in citation.paths):
            paths = tuple(path.removeprefix(prefix) for path in citation.paths)
            return replace(citation, paths=paths) if not citation.act else citation
    return citation


def _amended_acts(act: Act) -> dict[int, str]:
    """Return provision index → number of the act it amends: stems and their quoted new text."""
    by_path = {op.provision: op.target_act for op in amend_ops(act)}
    found: dict[int, str] = {}
    for index, provision in enumerate(act.provisions):
        above = found.get(provision.parent, "") if provision.parent is not None else ""
        if provision.quoted:
            target = above or by_path.get(provision.path, "")
        elif provision.path in by_path and _STEM.match(provision.text):
            target = by_path[provision.path]
        else:
            target = ""
        if target:
            found[index] = target
    return found
