"""Who works on a finding: said beside the decision, taken, taken over and given back."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from review.components import filters, guard, links
from review.components.formats import clock, number
from review.components.wording import say
from review.people.permission import allows
from review.records import CampaignView, ClaimView, FindingFilter, FindingView, Person
from review.state import UNDECIDED
from review.work.claim import limits
from review.workbench import Workbench

Claims = Mapping[int, ClaimView]


def remark(claims: Claims, person: Person, finding_id: int) -> str:
    """Return who works on a finding of a list, "" where nobody does."""
    if who := other(claims, person, finding_id):
        return say("claim.row_other", who=who)
    return say("claim.row_mine") if finding_id in claims else ""


def other(claims: Claims, person: Person, finding_id: int) -> str:
    """Return who else works on a finding just now, "" where nobody does."""
    claim = claims.get(finding_id)
    return "" if claim is None or claim.person_id == person.id else claim.person


def line(bench: Workbench, person: Person, view: FindingView, claim: ClaimView | None) -> None:
    """Draw who works on the finding, and the one thing this person may do about it."""
    finding_id, agency = view.row.id, view.act.agency
    with st.container(key="dang-xu-ly"):
        if claim is None:
            if view.row.state in UNDECIDED and allows(person, "claims.claim", agency):
                words, button = st.columns([5, 3], vertical_alignment="center")
                words.html(f'<p class="rs-muted">{escape(say("claim.nobody"))}</p>')
                _button(button, "take", bench.claims.claim, person, finding_id, shortcut="7")
            return
        until = clock(claim.until)
        words, button = st.columns([5, 3], vertical_alignment="center")
        if claim.person_id == person.id:
            sentence = say("claim.mine", until=until)
            words.html(f'<p class="rs-claim rs-own">{escape(sentence)}</p>')
            _button(button, "release", bench.claims.release, person, finding_id, shortcut="7")
            return
        note = f" «{claim.note}»" if claim.note else ""
        sentence = say("claim.other", who=claim.person, until=until) + note
        words.html(f'<p class="rs-claim">{escape(sentence)}</p>')
        if allows(person, "claims.take_over", agency):
            with button:
                _take_over(bench, person, finding_id, claim)


def _button(place: st.delta_generator.DeltaGenerator, name: str, *call: object, **more: str):
    service, *arguments = call

    def run() -> None:
        service(*arguments)  # type: ignore[operator]
        guard.tell(say(f"claim.done_{name}"))

    place.button(
        say(f"claim.{name}"),
        key=f"nhan-viec-{name}",
        width="stretch",
        on_click=guard.guarded(run),
        **more,
    )


def _take_over(bench: Workbench, person: Person, finding_id: int, claim: ClaimView) -> None:
    with st.popover(say("claim.take_over"), width="stretch"):
        st.html(f'<p class="rs-muted">{escape(say("claim.meaning", who=claim.person))}</p>')
        field = f"tiep-quan-ly-do-{finding_id}"
        st.text_input(say("claim.reason"), key=field)

        def take_over() -> None:
            bench.claims.take_over(person, finding_id, st.session_state[field])
            guard.tell(say("claim.done_take"))

        st.button(
            say("claim.take_over"),
            key="tiep-quan",
            type="primary",
            on_click=guard.guarded(take_over),
        )


def several(
    bench: Workbench, person: Person, campaign: CampaignView, wanted: FindingFilter
) -> None:
    """Draw the pop-over that takes the next findings of the list for this person."""
    _, most = limits()
    minutes = int(limits()[0].total_seconds() // 60)
    with st.popover(say("claim.several"), width="stretch"):
        about = say("claim.about", count=number(most), minutes=number(minutes))
        st.html(f'<p class="rs-muted">{escape(about)}</p>')

        def take() -> None:
            taken = bench.claims.claim_next(person, wanted)
            if not taken:
                guard.tell(say("claim.none_free"), good=False)
                return
            guard.tell(say("claim.taken", count=number(len(taken))))
            show = filters.names_of(FindingFilter(campaign_id=campaign.id, claimed_by=person.id))
            links.put(**show, **{links.FINDING: taken[0], links.PAGE: None})

        st.button(
            say("claim.next", count=number(most)),
            key="nhan-tiep",
            type="primary",
            width="stretch",
            on_click=guard.guarded(take),
        )
        mine = FindingFilter(campaign_id=campaign.id, claimed_by=person.id)
        link = links.anchor("ra-soat", say("claim.see_mine"), **filters.names_of(mine))
        st.html(f'<ul class="rs-list"><li>{link}</li></ul>')
