"""«Điều khoản tương tự»: the same words first, then what lies near; and the state of the index."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from review.components import guard, jobs, later, links, severity
from review.components.formats import moment, number, shorten
from review.components.trace import block
from review.components.wording import say
from review.people.permission import allows
from review.records import CampaignView, FindingView, Person, SimilarRow, SimilarState
from review.state import FINDING_STATES
from review.workbench import Workbench

_SHOWN = 8
_LENGTH = 150  # characters of a provision in the list
AGAIN = 3.0  # seconds until a page that waits for the index looks again


def draw(bench: Workbench, person: Person, view: FindingView) -> None:
    """Draw the provisions like that of a finding, or why there are none yet.

    What must still be looked for comes after the page: nobody waits for it.
    """
    found = bench.similar.look_ahead(person, view.row.id)
    if not (found and _show(bench, person, view)):
        _follow(bench, person, view, found)


@st.fragment
def _follow(bench: Workbench, person: Person, view: FindingView, without_index: bool) -> None:
    """Draw the provisions once they are found, or once there is an index to ask.

    Only this part is drawn again: what somebody types meanwhile stays.
    """
    bell = f"tuong-tu-{view.row.id}"
    with guard.boundary():
        came = later.rung(bell)
        if came and _show(bench, person, view):
            return
        if came or without_index:
            st.html(block(say("similar.heading"), _muted(say("similar.preparing"))))
            later.ring(bell, AGAIN)
        else:
            st.html(block(say("similar.heading"), _muted(say("similar.looking"))))
            later.ring(bell)


def _show(bench: Workbench, person: Person, view: FindingView) -> bool:
    """Draw the list, or why there is none; False while the index is on its way."""
    rows = bench.similar.of(person, view.row.id, _SHOWN)
    if rows:
        st.html(_list(bench, person, view, rows))
        return True
    state = bench.similar.state(person)
    if _on_its_way(state):
        return False
    st.html(block(say("similar.heading"), _muted(sentence(state))))
    return True


def _on_its_way(state: SimilarState) -> bool:
    return state.job is not None or state.status == "dang_doc"


def _muted(words: str) -> str:
    return f'<p class="rs-muted">{escape(words)}</p>'


def sentence(state: SimilarState) -> str:
    """Say in one sentence why there is nothing to show."""
    if _on_its_way(state):
        return say("similar.preparing")
    if state.failure:
        return say("similar.failed", reason=state.failure)
    if state.status == "trong":
        return say("similar.no_index")
    if state.behind:
        return say("similar.none_yet", behind=number(state.behind))
    return say("similar.none")


def _list(bench: Workbench, person: Person, view: FindingView, rows: Sequence[SimilarRow]) -> str:
    campaigns = {item.id: item for item in bench.campaigns.list(person)}
    items = "".join(_row(row, campaigns.get(row.campaign_id), view.act.campaign_id) for row in rows)
    shown = sum(row.closeness == "cung" for row in rows)
    total = bench.similar.sisters(person, view.row.id) if shown else 0
    more = ""
    if total > shown:
        words = say("similar.more", total=number(total), shown=number(shown))
        more = _muted(words)
    return block(say("similar.heading"), f'{more}<ul class="rs-list">{items}</ul>')


def _row(row: SimilarRow, campaign: CampaignView | None, own: int) -> str:
    place = f"{row.label} {row.number}".strip() or row.act_title
    remarks = [say(f"similar.{row.closeness}")]
    badge = ""
    if row.finding_id is None:
        names = {links.ACT: row.act_id, links.PLACE: row.path}
        link = links.anchor("kho-van-ban", place, **names)
        remarks.append(say("similar.no_finding"))
    else:
        names = {links.CAMPAIGN: row.campaign_id, links.FINDING: row.finding_id}
        link = links.anchor("ra-soat", place, **names, **{links.STATE: "tat-ca"})
        badge = f"{severity.short(row.severity)} <b>{escape(row.category)}</b> "
        remarks.append(FINDING_STATES.get(row.state, row.state))
    if campaign is not None and row.campaign_id != own:
        remarks.append(campaign.name)
    closeness, *others = map(escape, remarks)
    return (
        f'<li title="{escape(row.act_title)}"><b>{link}</b> '
        f'<span class="rs-chip rs-strong">{closeness}</span> {badge}'
        f'<span class="rs-muted">{" · ".join(others)}</span><br>'
        f"{escape(shorten(row.text, _LENGTH))}</li>"
    )


def administer(bench: Workbench, person: Person) -> None:
    """Draw the state of the index, and the button that makes it anew for who may."""
    state = bench.similar.state(person)
    st.html(_muted(say("similar.about")))
    if state.made_at is not None:
        st.write(
            say(
                "similar.made",
                count=number(state.provisions),
                when=moment(state.made_at),
                behind=number(state.behind),
                truncated=number(state.truncated),
            )
        )
    if state.failure or state.made_at is None:
        st.write(sentence(state))
    if state.job is not None:
        jobs.watch(bench, person, state.job.id)
    elif allows(person, "similar.rebuild"):
        st.button(
            say("similar.rebuild"),
            key="lap-chi-muc",
            type="primary",
            on_click=guard.guarded(bench.similar.rebuild),
            args=(person,),
        )
