"""«Điều khoản tương tự»: the same words first, then what lies near; and the state of the index."""

from __future__ import annotations

from html import escape

import streamlit as st

from review.components import links
from review.components.formats import moment, number, shorten
from review.components.trace import block
from review.components.wording import say
from review.permission import allows
from review.records import Person, SimilarRow, SimilarState
from review.state import FINDING_STATES
from review.workbench import Workbench

_SHOWN = 6
_LENGTH = 150  # characters of a provision in the list


def draw(bench: Workbench, person: Person, finding_id: int) -> None:
    """Draw the provisions like that of a finding, or why there are none."""
    rows = bench.similar.of(person, finding_id, _SHOWN)
    if rows:
        words = f'<ul class="rs-list">{"".join(map(_row, rows))}</ul>'
    else:
        words = f'<p class="rs-muted">{escape(sentence(bench.similar.state(person)))}</p>'
    st.html(block(say("similar.heading"), words))


def _row(row: SimilarRow) -> str:
    place = escape(f"{row.label} {row.number}".strip())
    if row.finding_id is not None:
        address = links.address("ra-soat", **{links.FINDING: row.finding_id, links.STATE: "tat-ca"})
        state = FINDING_STATES.get(row.state, row.state)
    else:
        address = links.address("kho-van-ban", **{links.ACT: row.act_id})
        state = say("similar.no_finding")
    return (
        f'<li><a href="{escape(address)}" target="_self"><b>{place}</b></a> '
        f'<span class="rs-chip">{escape(say(f"similar.{row.closeness}"))}</span> '
        f'<span class="rs-muted">{escape(state)}</span><br>'
        f"{escape(shorten(row.text, _LENGTH))}</li>"
    )


def sentence(state: SimilarState) -> str:
    """Say in one sentence whether similar provisions can be looked up."""
    if state.job is not None:
        return say("similar.in_work")
    if state.failure:
        return say("similar.failed", reason=state.failure)
    if state.status in ("trong", "dang_doc"):
        return say(f"similar.status_{state.status}")
    return say("similar.none")


def administer(bench: Workbench, person: Person) -> None:
    """Draw the state of the index, and the button that makes it anew for who may."""
    state = bench.similar.state(person)
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
    else:
        st.write(sentence(state))
    if state.job is not None:
        st.caption(say("similar.in_work"))
    elif allows(person, "similar.rebuild") and st.button(
        say("similar.rebuild"), key="lap-chi-muc", type="primary"
    ):
        bench.similar.rebuild(person)
        st.rerun()
