"""The body of an amending act: an Điều for each amended act, clauses in the order of its units.

Luật 64/2025/QH15 and NĐ 78/2025 may word some of this differently (chưa đối chiếu); the patterns
are those of NĐ 34/2016 Đ75–Đ81 (DOMAIN 4.4). What cannot be said as a clause is listed, with why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.amendment import AmendOp, amend_ops
from corpus.label import label_of
from corpus.records import RawDocument
from corpus.structure import parse_act
from corpus.text import fold
from exports.drafting.clause import (
    CannotDraftError,
    Change,
    Clause,
    clauses,
    phrase_clause,
    with_form,
)
from exports.drafting.form import Form

_INSIDE = "nằm trong quy định đã được sửa đổi hoặc bãi bỏ toàn bộ bởi đề xuất khác"
_TWICE = "có hai đề xuất khác nhau cho cùng một quy định; hợp nhất rồi lập lại dự thảo"
_UNREAD = "phần mềm đọc lại điều khoản này không ra đúng đề xuất; người soạn thảo tự viết"
_PLURAL = "sửa đổi, bổ sung, bãi bỏ một số quy định"


@dataclass(frozen=True, slots=True)
class Target:
    """An act to be amended: "Thông tư số 902/2021/TT-BYT ngày … quy định về …"."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A change that is not in the draft, and why."""

    change: Change
    reason: str


@dataclass(frozen=True, slots=True)
class Article:
    """One Điều: heading (without «Điều n.») and clauses; a single clause stands in the heading."""

    target: Target
    clauses: tuple[Clause, ...]

    @property
    def single(self) -> bool:
        return len(self.clauses) == 1

    def heading(self) -> str:
        """Return the words after «Điều n. »."""
        name = self.target.name
        if not self.single:
            return f"{_PLURAL[0].upper()}{_PLURAL[1:]} của {name}"
        clause = self.clauses[0]
        if not clause.stem:
            return f"Bãi bỏ toàn bộ {name}."
        if clause.quoted:
            return f"{clause.stem.removesuffix(' như sau:')} của {name} như sau:"
        return f"{clause.stem.removesuffix('.')} của {name}."

    def lines(self) -> list[str]:
        """Return the lines below the heading."""
        if self.single:
            return list(self.clauses[0].quoted)
        return [
            line
            for place, clause in enumerate(self.clauses, 1)
            for line in (f"{place}. {clause.stem}", *clause.quoted)
        ]


@dataclass(frozen=True, slots=True)
class Body:
    """What an amending act says, and what it does not."""

    articles: tuple[Article, ...]
    left_out: tuple[LeftOut, ...]

    def forms(self) -> list[Form]:
        """Return the forms that go with the act, in the order they are named."""
        made = (clause.form for article in self.articles for clause in article.clauses)
        return [form for form in made if form is not None]

    def ops(self) -> list[AmendOp]:
        """Return the operations the text stands for, in order."""
        return [op for article in self.articles for clause in article.clauses for op in clause.ops]


def body(changes: Sequence[Change], name_of: Callable[[str], str]) -> Body:
    """Return the body for ``changes`` (in document order, act by act).

    ``name_of`` gives an act's full name by its number. Every clause has been read back by
    ``corpus`` as what it stands for; one that is not is left out.
    """
    left: list[LeftOut] = []
    articles = []
    for number in dict.fromkeys(change.act for change in changes):
        target = Target(number, name_of(number))
        made = _of_act(target, [c for c in changes if c.act == number], left)
        if made:
            articles.append(Article(target, tuple(made)))
    # An act repealed as a whole stands after the amended ones.
    articles.sort(key=lambda article: not article.clauses[0].stem)
    return Body(_forms_told_apart(articles), tuple(left))


def _forms_told_apart(articles: Sequence[Article]) -> tuple[Article, ...]:
    """Number anew the forms of several acts that would come along under one number."""
    taken: set[str] = set()
    made = []
    for article in articles:
        told = []
        for clause in article.clauses:
            if clause.form is not None:
                form = clause.form.renumbered(taken)
                taken.add(form.path)
                clause = with_form(clause, form)
            told.append(clause)
        made.append(replace(article, clauses=tuple(told)))
    return tuple(made)


def _of_act(target: Target, changes: Sequence[Change], left: list[LeftOut]) -> list[Clause]:
    whole = [change for change in changes if change.handling == "BBT"]
    if whole:
        left += [LeftOut(change, _INSIDE) for change in changes if change.handling != "BBT"]
        ids = tuple(number for change in whole for number in change.finding_ids)
        return [clauses(replace(whole[0], finding_ids=ids))[0]]
    merged = _merged(changes, left)
    drafted: list[tuple[Change, list[Clause]]] = []
    for change in merged:
        try:
            made = clauses(change)
        except CannotDraftError as reason:
            left.append(LeftOut(change, str(reason)))
            continue
        if all(_reads_back(clause, target) for clause in made):
            drafted.append((change, made))
        else:
            left.append(LeftOut(change, _UNREAD))
    closed = {clause.paths[0] for _, made in drafted for clause in made if clause.whole}
    kept: list[Clause] = []
    for change, made in drafted:
        if any(change.path.startswith(f"{path}/") for path in closed):
            left.append(LeftOut(change, _INSIDE))
        else:
            kept += made
    return _joined(kept, target.number)


def _merged(changes: Sequence[Change], left: list[LeftOut]) -> list[Change]:
    """Return one change for each wish on a unit; different rewritings of one unit exclude both."""
    by_unit: dict[str, list[Change]] = {}
    for change in changes:
        by_unit.setdefault(change.path, []).append(change)
    merged = []
    for found in by_unit.values():
        wishes: dict[tuple[str, str], Change] = {}
        for change in found:
            wish = (change.handling, fold(" ".join(change.new_text.split())))
            known = wishes.get(wish)
            ids = (*(known.finding_ids if known else ()), *change.finding_ids)
            wishes[wish] = replace(change, finding_ids=ids)
        if len(wishes) > 1 and not _only_phrases(wishes.values()):
            left += [LeftOut(change, _TWICE) for change in wishes.values()]
        else:
            merged += wishes.values()
    return merged


def _only_phrases(changes: Iterable[Change]) -> bool:
    """Whether all changes of a unit replace phrases that do not touch each other."""
    taken: list[str] = []
    for change in changes:
        try:
            made = clauses(change)
        except CannotDraftError:
            return False
        if any(clause.phrase is None for clause in made):
            return False
        words = [clause.phrase.old for clause in made if clause.phrase]
        if any(one in other or other in one for one in words for other in taken):
            return False
        taken += words
    return True


def _joined(found: Sequence[Clause], act: str) -> list[Clause]:
    """Say a phrase that changes in several units once, where the first of them stands."""
    made: list[Clause] = []
    places: dict[tuple[str, str, str], int] = {}
    for clause in found:
        phrase = clause.phrase
        key = (phrase.old, phrase.new, clause.stem.split("“")[0]) if phrase else None
        if key is None or key not in places:
            if key is not None:
                places[key] = len(made)
            made.append(clause)
            continue
        if "cụm từ" not in key[2]:
            made.append(clause)
            continue
        first = made[places[key]]
        paths = tuple(dict.fromkeys((*first.paths, *clause.paths)))
        labels = [(path, label_of(path)) for path in paths]
        ids = (*first.finding_ids, *clause.finding_ids)
        made[places[key]] = phrase_clause(phrase, labels, act, ids)
    return made


def _reads_back(clause: Clause, target: Target) -> bool:
    article = Article(target, (clause, clause))
    lines = [f"Điều 1. {article.heading()}", *article.lines()[: len(clause.lines)]]
    return same_ops(read_back(lines), clause.ops)


def read_back(lines: Iterable[str]) -> list[AmendOp]:
    """Return what ``corpus`` reads in the lines of an amending act."""
    return amend_ops(parse_act(RawDocument("dự thảo", "text", "\n".join(lines))))


def same_ops(read: Sequence[AmendOp], meant: Sequence[AmendOp]) -> bool:
    """Whether the operations are the same, the place of their clause aside."""
    return [_bare(op) for op in read] == [_bare(op) for op in meant]


def _bare(op: AmendOp) -> AmendOp:
    return replace(op, provision="", new_text=" ".join(op.new_text.split()))
