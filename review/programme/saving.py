"""What people would be spared: copies, trips, hours and, where prices are entered, money.

An estimate, always shown with its inputs: assumptions of ``savings.yaml`` unless somebody entered
others for the provision, times the cases a year, which only people can know. Papers handed in
together make one trip: a case has its trips and hours once (``saving_case``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Row, RowMapping, insert, select

from corpus.datafile import read_sections
from review import agencies
from review.errors import ERRORS
from review.findings.decision import visible
from review.findings.query import conditions, joined, ordered
from review.people.permission import scope
from review.programme.saving_case import carriers, read_cases
from review.records import FindingFilter, Page, PageRequest, Person
from review.records.follow_up import SavingEstimate, SavingInput, SavingView
from review.state import RECOGNISED
from review.store import tables as t
from review.store.engine import Store

PATH: Final = Path(__file__).with_name("savings.yaml")
TRIPS: Final = "chuyen-di"  # code of the assumption, and of the total
TOTALS: Final = {
    "ban-sao": ("Bản sao", "bản"),
    TRIPS: ("Chuyến đi", "chuyến"),
    "gio": ("Giờ", "giờ"),
    "tien": ("Tiền", "đồng"),
}
# Whole rows of findings carry their traces: too much to read for every sum.
_COLUMNS = (
    t.findings.c.id, t.findings.c.act_id, t.findings.c.path, t.findings.c.label,
    t.findings.c.category, t.acts.c.number, t.acts.c.agency,
)  # fmt: skip
_LARGEST = 1e9


@dataclass(frozen=True, slots=True)
class Assumption:
    """One number of the estimate, its unit, and its value by group of category."""

    code: str
    name: str
    unit: str
    by_group: Mapping[str, float]


@cache
def assumptions() -> Mapping[str, Assumption]:
    """Return the shipped assumptions by code."""
    return load()


def load(path: Path = PATH) -> Mapping[str, Assumption]:
    """Read the file; raises ``DataFileError`` (RS-390) naming the line that is wrong."""
    heads: dict[str, tuple[str, str]] = {}
    values: dict[str, dict[str, float]] = defaultdict(dict)
    for row in read_sections(path, ("gia_dinh",))["gia_dinh"]:
        code, name, unit = row.text("ma"), row.text("ten"), row.text("don_vi")
        if heads.setdefault(code, (name, unit)) != (name, unit):
            row.fail(f"«{code}» đã có tên hoặc đơn vị khác", "ma")
        number = row.number("gia_tri")
        for group in row.words("nhom", "ABCDEF"):
            values[code][group] = number
        row.done()
    return {code: Assumption(code, *head, values[code]) for code, head in heads.items()}


def totals(used: Mapping[str, float], volume: float) -> Mapping[str, float]:
    """Return what a year's cases add up to, by code of ``TOTALS``."""
    trips = used[TRIPS] * volume
    copies = used["ban-sao"] * volume
    hours = trips * used["gio"]
    money = copies * used["phi-ban-sao"] + trips * used["tien-chuyen"] + hours * used["tien-gio"]
    return {"ban-sao": copies, TRIPS: trips, "gio": hours, "tien": money}


class Savings:
    """Estimates over recognised findings."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def estimate(self, person: Person, campaign_id: int) -> SavingEstimate:
        """Return the estimate over the person's scope; provisions without volume are counted."""
        views = self._recognised(person, campaign_id, "savings.estimate")
        known = [view for view in views if view.input.volume is not None]
        by_agency: dict[str, dict[str, float]] = defaultdict(lambda: dict.fromkeys(TOTALS, 0.0))
        for view in known:
            for code, value in view.totals.items():
                by_agency[view.agency][code] += value
        return SavingEstimate(
            known,
            len(views) - len(known),
            [
                (code, agencies.name_of(code) if code else "Chưa phân công", sums)
                for code, sums in sorted(by_agency.items(), key=lambda item: -item[1]["gio"])
            ],
            {code: sum(sums[code] for sums in by_agency.values()) for code in TOTALS},
        )

    def waiting(
        self,
        person: Person,
        campaign_id: int,
        page: PageRequest = PageRequest(),  # noqa: B008  (frozen)
    ) -> Page[SavingView]:
        """Return the recognised provisions whose volume nobody has entered yet."""
        views = self._recognised(person, campaign_id, "savings.waiting")
        open_ = [view for view in views if view.input.volume is None]
        return Page(open_[page.start : page.end], len(open_), page.number, page.size)

    def _recognised(self, person: Person, campaign_id: int, action: str) -> list[SavingView]:
        seen = scope(person, action)
        with self._store.read() as db:
            views = _views(db, campaign_id, self._store.today(), seen)
        return [view for view in views.values() if seen is None or view.agency in seen]

    def of_finding(self, person: Person, finding_id: int) -> SavingView:
        """Return the estimate of one provision with its inputs; raises RS-601, RS-411."""
        with self._store.read() as db:
            row = visible(db, person, finding_id, "savings.of_finding")
            return _one(db, row, self._store.today(), scope(person, "savings.of_finding"))

    def enter(self, person: Person, finding_id: int, entered: SavingInput) -> SavingView:
        """Add what is known of a provision; earlier entries stay. Raises RS-587, RS-601, RS-411."""
        numbers = [*entered.values.values(), *([] if entered.volume is None else [entered.volume])]
        if unknown := set(entered.values) - set(assumptions()):
            raise ERRORS.error("RS-587", reason=f"không có giả định «{min(unknown)}»")
        if any(not 0 <= number <= _LARGEST for number in numbers):
            raise ERRORS.error("RS-587", reason="số phải từ 0 đến 1.000.000.000")
        with self._store.write() as db:
            row = visible(db, person, finding_id, "savings.enter")
            db.execute(
                insert(t.saving_inputs).values(
                    finding_id=finding_id,
                    values=dict(entered.values),
                    volume=entered.volume,
                    note=entered.note.strip(),
                    at=self._store.now(),
                    written_by=person.id,
                )
            )
            return _one(db, row, self._store.today(), scope(person, "savings.enter"))


def _views(
    db: Connection, campaign_id: int, today: date, seen: frozenset[str] | None
) -> dict[int, SavingView]:
    """Return the estimates of a campaign by finding, a trip of a case counted once.

    All agencies' provisions share cases; where a trip is counted is named only within ``seen``.
    """
    wanted = FindingFilter(campaign_id=campaign_id, states=RECOGNISED)
    statement = select(*_COLUMNS).select_from(joined())
    rows = db.execute(ordered(statement.where(*conditions(wanted, None, today)))).all()
    entered, cases = _entered(db), read_cases(db, rows)
    views = {row.id: _view(row, entered.get(row.id), cases[row.id].name) for row in rows}
    carrying = carriers(views.values(), cases)
    return {
        finding: _carried(view, carrying.get(cases[finding].key), seen)
        for finding, view in views.items()
    }


def _one(db: Connection, row: Row, today: date, seen: frozenset[str] | None) -> SavingView:
    """Return the estimate of one finding; one that is not recognised stands for itself."""
    held = _views(db, row.campaign_id, today, seen).get(row.id)
    return held or _view(row, _entered(db).get(row.id), "")


def _carried(
    view: SavingView, carrier: SavingView | None, seen: frozenset[str] | None
) -> SavingView:
    """Return the estimate without its trips where another provision of the case has them."""
    if carrier is None or carrier.finding_id == view.finding_id or not view.totals:
        return view
    used = {**view.assumptions, TRIPS: 0.0}
    place = "một quy định của cơ quan khác"
    if seen is None or carrier.agency in seen:
        place = f"{carrier.number} {carrier.label} ({carrier.category})".strip()
    return replace(
        view,
        assumptions=used,
        totals=totals(used, view.input.volume or 0),
        counted_at=place,
    )


def _entered(db: Connection) -> dict[int, RowMapping]:
    """Return the newest entry by finding, and who made it."""
    statement = (
        select(t.saving_inputs, t.people.c.name.label("person"))
        .join(t.people, t.people.c.id == t.saving_inputs.c.written_by)
        .order_by(t.saving_inputs.c.id)
    )
    # ``values`` is a method of result rows: read the columns by name.
    return {row["finding_id"]: row for row in db.execute(statement).mappings()}


def _view(row: Row, newest: RowMapping | None, case: str) -> SavingView:
    entered = SavingInput(None, {})
    if newest:
        entered = SavingInput(newest["volume"], dict(newest["values"]), newest["note"])
    group = row.category[:1]
    used = {
        code: entered.values.get(code, one.by_group.get(group, 0))
        for code, one in assumptions().items()
    }
    return SavingView(
        row.id,
        row.number,
        row.label,
        row.agency,
        row.category,
        entered,
        used,
        totals(used, entered.volume) if entered.volume is not None else {},
        newest["person"] if newest else "",
        newest["at"] if newest else None,
        case,
    )
