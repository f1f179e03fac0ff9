"""Tra cứu: one box over all provisions a person may read, by address, by words, by meaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row

from corpus.number import parse_number
from models.blend import WORDS, fuse
from review.acts.effect import Facts
from review.people.permission import allows, scope
from review.records import Page, PageRequest, Person, SearchFilter, SearchHit, SearchResult
from review.search.abbreviation import other_form, written_out
from review.search.lookup_query import (
    act_hits,
    acts_numbered,
    acts_titled,
    at_address,
    conditions,
    findings_of,
    of_another_year,
    passing,
    rows_to_show,
    so_called,
    spans_of,
    stems_of,
    texts_of,
    within,
)
from review.search.meaning import Meaning
from review.search.snippet import find, show
from review.search.typed import Typed, WantedAct, read
from review.store import tables as t
from review.store.engine import Store
from review.store.search import Token, WordHit, WordQuery, index_of, tokens_of

_FIRST: Final = PageRequest(1, 10)
_FOUND: Final = 200  # provisions each way of looking may give; more is said, not listed
_PLENTY: Final = 50  # with fewer than these, the words above a provision count too
_MANY: Final = 6  # of more words, looking above takes long and meaning says more
# A few typed words say less of a meaning than a whole provision does: first places count more here.
_K: Final = 10
_MEANING: Final = 0.5
_ENOUGH: Final = 10  # with fewer than these, some of the words will do
_TITLE_WORDS: Final = 3  # of fewer words too many titles


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Ids in order, why each was found, and what to tell the reader."""

    order: list[int]
    why: dict[int, str]
    more: bool
    notes: tuple[str, ...]
    tokens: tuple[Token, ...] = ()  # what to mark of the words


class Lookup:
    """Search over the current texts; nobody finds what they may not read."""

    def __init__(self, store: Store, meaning: Meaning) -> None:
        self._store = store
        self._meaning = meaning
        self._facts = Facts()

    def find(
        self, person: Person, wanted: SearchFilter, page: PageRequest = _FIRST
    ) -> SearchResult:
        """Return the acts and provisions that answer what was typed.

        Filters on findings need the right to see findings (RS-410 otherwise).
        """
        agencies = scope(person, "lookup.find")
        if wanted.category or wanted.states:
            scope(person, "findings.queue")
        seen: frozenset[str] | None = frozenset()
        if allows(person, "findings.queue"):
            seen = scope(person, "findings.queue")
        typed = read(wanted.text)
        where = conditions(wanted, agencies, seen)
        acts_where = conditions(replace(wanted, category="", states=()), agencies, seen)
        with self._store.read() as db:
            if wanted.effect and wanted.campaign_id is not None:
                on = wanted.on or self._store.today()
                in_state = self._facts.in_state(db, wanted.campaign_id, wanted.effect, on)
                where.append(t.acts.c.id.in_(in_state))
                acts_where.append(t.acts.c.id.in_(in_state))
            acts, typed, notes = _acts(db, typed, acts_where)
            found = self._candidates(db, typed, acts, where, missing=bool(notes))
            ids = found.order[page.start : page.end]
            hits = _hits(db, ids, found, typed, wanted, seen)
        return SearchResult(
            understood=_understood(typed),
            acts=act_hits(acts),
            hits=Page(hits, len(found.order), page.number, page.size),
            more=found.more,
            notes=(*notes, *found.notes),
        )

    def _candidates(
        self,
        db: Connection,
        typed: Typed,
        acts: Sequence[Row[Any]],
        where: list[ColumnElement[bool]],
        *,
        missing: bool,
    ) -> _Candidates:
        """``missing``: an act was named that is not there, which is said already."""
        versions = [act.version_id for act in acts]
        named: list[int] = []
        notes: tuple[str, ...] = ()
        if typed.units and typed.act:
            named = at_address(db, typed, versions, where)
            around = typed
            while not named and (around := around.outer()).units:
                notes = ("khong_thay_dieu_khoan",)
                named = at_address(db, around, versions, where)
            if not named:
                notes = ("khong_co_dia_chi",)
        asked = _words(typed)
        if not asked:
            if typed.units and not typed.act and not missing:
                notes = ("them_van_ban",)
            return _Candidates(named, dict.fromkeys(named, "dia_chi"), False, notes)
        narrowed = [*where]
        if typed.act:
            narrowed.append(t.provisions.c.version_id.in_(versions))
            asked = replace(asked, spans=spans_of(db, versions))
        if typed.units:
            narrowed.append(within(typed))
        return self._by_words(db, typed, asked, narrowed, named)

    def _by_words(
        self,
        db: Connection,
        typed: Typed,
        asked: WordQuery,
        where: list[ColumnElement[bool]],
        named: list[int],
    ) -> _Candidates:
        notes: list[str] = []
        index = index_of(db)
        hits = index.search(db, asked, where, _FOUND + 1)
        if len(hits) < _ENOUGH and any(token.exact for token in asked.tokens):
            bare = replace(asked, tokens=tuple(token.bare() for token in asked.tokens))
            loose = index.search(db, bare, where, _FOUND + 1)
            if len(loose) >= len(hits) + _ENOUGH:  # «hô khẩu»: the likelier slip is in a mark
                notes.append("khong_dau")
                asked, hits = bare, _with(hits, loose)
        if len(asked.tokens) > 1:
            if (
                len(hits) < _PLENTY and len(asked.tokens) <= _MANY
            ):  # «b) Sổ hộ khẩu» under «Hồ sơ vay vốn gồm»
                hits = _with(hits, index.search(db, replace(asked, above=True), where, _FOUND + 1))
            if len(hits) < _ENOUGH:
                loose = index.search(db, replace(asked, relaxed=True), where, _FOUND + 1)
                if loose and not hits:
                    notes.append("noi_long")
                hits = _with(hits, loose)
        more = len(hits) > _FOUND
        by_words, whole = _closest_together(
            db, [hit.provision_id for hit in hits[:_FOUND]], asked.tokens
        )
        otherwise = _in_other_form(db, typed, asked, where)
        by_meaning: list[int] = []
        if not asked.phrases:
            near = self._meaning.nearest(typed.words, _FOUND)
            if near is None:
                notes.append("khong_ngu_nghia")
            else:
                ids = [hit.id for hit in near]
                kept = passing(db, ids, where)
                by_meaning = [number for number in ids if number in kept]
        blended = fuse([(by_words, WORDS), (otherwise, WORDS), (by_meaning, _MEANING)], _K)
        order = sorted(blended, key=lambda number: number not in whole)  # stable
        lexical, semantic = {*by_words, *otherwise}, set(by_meaning)
        why = {
            number: "ca_hai" if number in lexical and number in semantic
            else "tu_ngu" if number in lexical else "ngu_nghia"
            for number in order
        }  # fmt: skip
        first = [number for number in named if number not in why]
        return _Candidates(
            first + order,
            {**dict.fromkeys(first, "dia_chi"), **why},
            more,
            tuple(notes),
            asked.tokens,
        )


def _with(hits: list[WordHit], more: list[WordHit]) -> list[WordHit]:
    """Put after ``hits`` what ``more`` has besides."""
    held = {hit.provision_id for hit in hits}
    return hits + [hit for hit in more if hit.provision_id not in held]


def _acts(
    db: Connection, typed: Typed, where: Sequence[ColumnElement[bool]]
) -> tuple[list[Row[Any]], Typed, list[str]]:
    """Return the acts that were meant, and what was typed without what names none.

    Conditions on findings do not count here: an act is listed for its number.
    """
    if typed.act:
        acts = acts_numbered(db, typed.act, where)
        if acts:
            return acts, typed, []
        return _misnumbered(db, typed, typed.act, where)
    name = written_out(typed.words)  # «blds 2015»
    if len(tokens_of(name)) < _TITLE_WORDS:
        return [], typed, []
    acts = acts_titled(db, name, where)
    notes = ["khac_nam"] if of_another_year(acts, name) else []
    if acts and typed.units:
        # «điều 20 luật cư trú»: the words are the name of the act.
        meant = replace(typed, act=WantedAct("", shown=typed.words), words="")
        return so_called(acts, name), meant, notes
    return acts, typed, notes


def _misnumbered(
    db: Connection, typed: Typed, act: WantedAct, where: Sequence[ColumnElement[bool]]
) -> tuple[list[Row[Any]], Typed, list[str]]:
    """Return what may have been meant by a number that no act has."""
    if act.year is not None:
        # «nd 61/2105»: the right digits in the wrong order.
        slips = acts_numbered(db, replace(act, year=None), where)
        meant = [row for row in slips if sorted(_year_of(row)) == sorted(str(act.year))]
        if meant:
            return meant, typed, ["khac_nam"]
    # «tt 902» where only a decree has that number: the likelier slip is in the type.
    others = acts_numbered(db, replace(act, type="", tail=""), where)
    if others:
        return others, replace(typed, act=None), ["cung_so"]
    # Texts that name the act say something of it.
    absent = None if typed.units else act
    return [], replace(typed, act=None, absent=absent), ["khong_thay_van_ban"]


def _year_of(act: Row[Any]) -> str:
    number = parse_number(act.number)
    return str(number.year) if number else ""


def _words(typed: Typed) -> WordQuery:
    named = typed.absent.citations if typed.absent else ()
    return WordQuery(
        tokens_of(typed.words),
        tuple(tokens for phrase in typed.phrases if (tokens := tokens_of(phrase))),
        any_of=tuple(map(tokens_of, named)),
    )


def _in_other_form(
    db: Connection, typed: Typed, asked: WordQuery, where: Sequence[ColumnElement[bool]]
) -> list[int]:
    """Return what holds the words written out, or abbreviated: «CMND», «chứng minh nhân dân»."""
    form = other_form(typed.words)
    if not form:
        return []
    tokens = tokens_of(form)
    hits = index_of(db).search(db, replace(asked, tokens=tokens), where, _FOUND)
    return _closest_together(db, [hit.provision_id for hit in hits], tokens)[0]


def _closest_together(
    db: Connection, ids: list[int], tokens: Sequence[Token]
) -> tuple[list[int], set[int]]:
    """Put first where the words stand side by side as typed; say also where all of them do.

    Typed without diacritics, the reading of most texts comes before that of few: «so ho khau» is
    «sổ hộ khẩu» before «(hồ) sơ hộ khẩu».
    """
    if len(tokens) < 2:
        return ids, set()
    texts = texts_of(db, ids)
    found = {number: find(texts[number], tokens) for number in ids}
    forms = {number: found[number].whole_forms(texts[number], len(tokens)) for number in ids}
    common = Counter(form for number in ids for form in forms[number])

    def place(number: int) -> tuple[float, int]:
        most = max((common[form] for form in forms[number]), default=0)
        return (-found[number].closeness, -most)

    usual = max(common, key=lambda form: (common[form], form), default=None)
    whole = {number for number in ids if usual in forms[number]}
    return sorted(ids, key=place), whole  # stable


def _hits(
    db: Connection,
    ids: Sequence[int],
    found: _Candidates,
    typed: Typed,
    wanted: SearchFilter,
    seen: frozenset[str] | None,
) -> list[SearchHit]:
    rows = rows_to_show(db, ids)
    stems = stems_of(db, rows.values())
    findings = findings_of(db, ids, seen, wanted.category)
    named = typed.absent.citations if typed.absent else ()
    more = tokens_of(" ".join((other_form(typed.words), *named)))
    tokens = (*tokens_of(" ".join(typed.phrases)), *found.tokens, *more)
    hits = []
    for number in ids:
        row, finding = rows[number], findings.get(number)
        snippet = show(row.text, tokens)
        hits.append(
            SearchHit(
                why=found.why[number],
                provision_id=row.id,
                act_id=row.act_id,
                campaign_id=row.campaign_id,
                number=row.number,
                act_title=row.title,
                agency=row.agency,
                path=row.path,
                label=row.label,
                stem=stems.get(row.id, ""),
                snippet=snippet.text,
                marks=snippet.marks,
                cut=snippet.cut,
                finding_id=finding.id if finding else None,
                category=finding.category if finding else "",
                severity=finding.severity if finding else 0,
                state=finding.state if finding else "",
            )
        )
    return hits


def _understood(typed: Typed) -> str:
    parts = (typed.label, typed.act.shown if typed.act else "")
    return " ".join(part for part in parts if part)
