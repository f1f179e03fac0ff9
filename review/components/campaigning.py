"""Campaigns: the list, and the form that opens one or changes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from review.components import entry, guard, headings, links
from review.components.drafts import Form
from review.components.formats import day, number
from review.components.wording import say
from review.people.permission import allows
from review.records import CampaignAgency, CampaignInput, CampaignView, Person
from review.workbench import Workbench

_CHOSEN = "sua_dot"
_NEW = "moi"


def draw(bench: Workbench, person: Person) -> None:
    """Draw the campaigns and the form of the one in the address, or of a new one."""
    campaigns = bench.campaigns.list(person)
    wanted = links.value(_CHOSEN)
    shown = next((one for one in campaigns if str(one.id) == wanted), None)
    if shown is None and wanted != _NEW and campaigns:
        shown = campaigns[0]
    left, right = st.columns([24, 28])
    with left:
        st.html(_table(campaigns, shown))
        if allows(person, "campaigns.add"):
            st.button(
                say("campaigning.add"),
                key="dot-moi",
                on_click=links.put,
                kwargs={_CHOSEN: _NEW},
            )
    with right:
        if allows(person, "campaigns.add" if shown is None else "campaigns.change"):
            _CampaignForm(bench, person, shown).draw()


def _table(campaigns: list[CampaignView], shown: CampaignView | None) -> str:
    head = "".join(
        f"<th>{escape(say(f'campaigning.column_{name}'))}</th>"
        for name in ("name", "basis", "deadline", "agencies")
    )
    body = ""
    for one in campaigns:
        names = {links.VIEW: "dot", _CHOSEN: one.id}
        mark = ' class="rs-chosen"' if one is shown else ""
        body += (
            f"<tr{mark}><td>{links.anchor('quan-tri', one.name, **names)}<br>"
            f'<span class="rs-muted">{escape(one.code)}</span></td>'
            f'<td class="rs-num">{day(one.basis_date)}</td>'
            f'<td class="rs-num">{day(one.deadline)}</td>'
            f'<td class="rs-num">{number(len(one.agencies))}</td></tr>'
        )
    return f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


class _CampaignForm:
    """What an administrator fills in; ``standing`` None opens a new campaign."""

    def __init__(self, bench: Workbench, person: Person, standing: CampaignView | None) -> None:
        self.bench, self.person, self.standing = bench, person, standing
        name = str(standing.id) if standing else _NEW
        version = standing.version if standing else 0
        self.form = Form(bench, person, f"dot:{name}", _start(standing), version)

    def draw(self) -> None:
        form = self.form
        title = self.standing.name if self.standing else say("campaigning.add")
        headings.section(title)
        code, name = st.columns([2, 6])
        with code:
            form.line(say("campaigning.code"), "code")
        with name:
            form.line(say("campaigning.name"), "name")
        basis, deadline, cutoff = st.columns(3)
        with basis:
            form.line(say("campaigning.basis"), "basis_date", help=say("campaigning.help_basis"))
        with deadline:
            form.line(say("campaigning.deadline"), "deadline")
        with cutoff:
            form.line(say("campaigning.cutoff"), "cutoff", help=say("campaigning.help_cutoff"))
        form.area(say("campaigning.documents"), "documents", height=70)
        names = dict(self.bench.agencies.choices(self.person, self.bench.today()))
        if self.standing:
            # A body that has ended since stays in its campaign under its historic name.
            names = {part.code: part.name for part in self.standing.agencies} | names
        form.several(
            say("campaigning.agencies"), "agencies", names, placeholder=say("proposal.pick")
        )
        with st.expander(say("campaigning.own")):
            for chosen in form.values["agencies"]:
                self._own(chosen, names[chosen])
        self._buttons()

    def _own(self, code: str, name: str) -> None:
        label, deadline, group = st.columns([4, 3, 3], vertical_alignment="center")
        label.html(f"<p>{escape(name)}</p>")
        with deadline:
            self.form.line(
                say("campaigning.own_deadline"),
                f"han:{code}",
                label_visibility="collapsed",
                placeholder=say("campaigning.own_deadline"),
            )
        with group:
            self.form.line(
                say("campaigning.group"),
                f"nhom:{code}",
                label_visibility="collapsed",
                placeholder=say("campaigning.group"),
            )

    def _buttons(self) -> None:
        save, state = st.columns([2, 5], vertical_alignment="center")
        save.button(
            say("campaigning.save"),
            key="ghi-dot",
            type="primary",
            shortcut="Ctrl+S",
            width="stretch",
            on_click=guard.guarded(self._save),
        )
        with state:
            self.form.saved_line()

    def _save(self) -> None:
        entered = _entered(self.form.current(), self.standing)
        services = self.bench.campaigns
        with self.form.saving():
            if self.standing is None:
                added = services.add(self.person, entered)
                links.put(**{_CHOSEN: added.id})
            else:
                services.change(self.person, self.standing.id, self.form.basis, entered)
        guard.tell(say("campaigning.saved", name=entered.name))


def _start(standing: CampaignView | None) -> dict[str, Any]:
    if standing is None:
        names = ("code", "name", "basis_date", "deadline", "cutoff", "documents")
        return {**dict.fromkeys(names, ""), "agencies": []}
    values: dict[str, Any] = {
        "code": standing.code,
        "name": standing.name,
        "basis_date": day(standing.basis_date),
        "deadline": _text(standing.deadline),
        "cutoff": _text(standing.cutoff),
        "documents": "\n".join(standing.documents),
        "agencies": [part.code for part in standing.agencies],
    }
    for part in standing.agencies:
        values[f"han:{part.code}"] = _text(part.deadline)
        values[f"nhom:{part.code}"] = part.sector_group
    return values


def _text(value: date | None) -> str:
    return day(value) if value else ""


def _entered(values: Mapping[str, Any], standing: CampaignView | None) -> CampaignInput:
    """Return the form as the service wants it; RS-591 for a date that is none."""
    basis = entry.needed_day(values["basis_date"])
    historic = {part.code: part.name for part in standing.agencies} if standing else {}
    return CampaignInput(
        code=str(values["code"]).strip(),
        name=str(values["name"]).strip(),
        basis_date=basis,
        deadline=entry.day(values["deadline"]),
        cutoff=entry.day(values["cutoff"]),
        documents=tuple(
            line.strip() for line in str(values["documents"]).splitlines() if line.strip()
        ),
        agencies=tuple(
            CampaignAgency(
                code,
                historic.get(code, ""),
                entry.day(values.get(f"han:{code}")),
                place,
                str(values.get(f"nhom:{code}", "")).strip(),
            )
            for place, code in enumerate(values["agencies"], 1)
        ),
    )
