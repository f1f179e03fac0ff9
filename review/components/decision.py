"""Decide on one finding: confirm, reject with a reason code, ask, correct, reopen.

Which of these a person may do is what the service says (``FindingView.actions``).
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from review.components import drafts, guard, headings, links, severity
from review.components.wording import say
from review.records import FindingView, Person
from review.workbench import Workbench

_PANEL = "khung-quyet-dinh"


class Decision:
    """The buttons and panels for one finding; ``following`` is where to go after deciding."""

    def __init__(
        self, bench: Workbench, person: Person, view: FindingView, following: int | None
    ) -> None:
        self.bench, self.person, self.view, self.following = bench, person, view, following
        self.id, self.version = view.row.id, view.row.version

    def draw(self) -> None:
        """Draw what may be done now, and the open panel."""
        if not self.view.actions:
            st.html(f'<p class="rs-muted">{escape(say("decision.nothing"))}</p>')
            return
        first, second = st.columns(2)
        self._confirm(first)
        self._opener(second, "reject", "loai", "2")
        third, fourth = st.columns(2)
        self._opener(third, "ask", "hoi", "3")
        self._opener(fourth, "edit", "sua", "4")
        # One place for everything optional, so that nothing below it moves in the page.
        with st.container(key="khung-quyet-dinh-cho"):
            if "reopen" in self.view.actions:
                self._reopen()
            panel, finding_id = st.session_state.get(_PANEL) or ("", None)
            if panel and finding_id == self.id:
                panels = {
                    "loai": self._reject_panel,
                    "hoi": self._ask_panel,
                    "sua": self._edit_panel,
                }
                panels[panel]()

    def _confirm(self, place: st.delta_generator.DeltaGenerator) -> None:
        place.button(
            say("decision.confirm"),
            key="xac-nhan",
            type="primary",
            shortcut="1",
            width="stretch",
            disabled="confirm" not in self.view.actions,
            on_click=self._decide,
            args=(self.bench.findings.confirm, say("decision.confirmed", what=self._what())),
        )

    def _opener(
        self, place: st.delta_generator.DeltaGenerator, action: str, panel: str, key: str
    ) -> None:
        place.button(
            say(f"decision.{action}"),
            key=f"mo-{panel}",
            shortcut=key,
            width="stretch",
            disabled=action not in self.view.actions,
            on_click=_toggle,
            args=(panel, self.id),
        )

    def _reopen(self) -> None:
        st.button(
            say("decision.reopen"),
            key="mo-lai",
            width="stretch",
            on_click=guard.guarded(self._reopen_now),
        )

    def _reopen_now(self) -> None:
        self.bench.findings.reopen(self.person, self.id, self.version)
        guard.tell(say("decision.reopened", what=self._what()))

    def _decide(self, action: Callable[..., FindingView], done: str, *words: str) -> None:
        guard.guarded(self._decide_now)(action, done, *words)

    def _decide_now(self, action: Callable[..., FindingView], done: str, *words: str) -> None:
        action(self.person, self.id, self.version, *words)
        st.session_state.pop(_PANEL, None)
        guard.tell(done)
        if self.following is not None:
            links.open_finding(self.following)

    def _what(self) -> str:
        return f"{self.view.row.category}, {self.view.row.label} {self.view.row.number}".strip()

    def _reject_panel(self) -> None:
        with st.container(border=True):
            headings.section(say("decision.reject_heading"))
            note = st.text_input(say("decision.note"), key=f"ghi-chu-{self.id}")
            with st.container(height=330, border=False):
                for code, sentence in sorted(self.bench.findings.look_alikes()):
                    st.button(
                        f"**{code}** {sentence}",
                        key=f"ma-n-{code}",
                        width="stretch",
                        on_click=self._decide,
                        args=(
                            self.bench.findings.reject,
                            say("decision.rejected", what=self._what(), code=code),
                            code,
                            note,
                        ),
                    )

    def _ask_panel(self) -> None:
        with st.container(border=True):
            draft = drafts.Form(self.bench, self.person, f"hoi:{self.id}")
            question = draft.area(say("decision.question"), "question", height=110)
            st.button(
                say("decision.send_question"),
                key="gui-cau-hoi",
                on_click=self._ask_now,
                args=(draft, question),
            )
            draft.saved_line()

    def _ask_now(self, draft: drafts.Form, question: str) -> None:
        def ask() -> None:
            self._decide_now(self.bench.findings.ask, say("decision.asked"), question)
            draft.discard()

        guard.guarded(ask)()

    def _edit_panel(self) -> None:
        row = self.view.row
        categories = dict(self.bench.findings.categories())
        with st.container(border=True):
            codes = list(categories)
            category = st.selectbox(
                say("filter.category"),
                codes,
                index=codes.index(row.category) if row.category in codes else 0,
                format_func=lambda code: f"{code} · {categories[code]}",
                key=f"sua-nhom-{row.id}",
            )
            level = st.selectbox(
                say("filter.severity"),
                (4, 3, 2, 1),
                index=(4, 3, 2, 1).index(row.severity) if row.severity else 3,
                format_func=severity.name,
                key=f"sua-muc-{row.id}",
            )
            quote = st.text_area(say("decision.quote"), row.quote, key=f"sua-trich-{row.id}")
            st.button(
                say("decision.save_edit"),
                key="luu-sua",
                on_click=guard.guarded(self._edit_now),
                args=(category, quote, level),
            )

    def _edit_now(self, category: str, quote: str, level: int) -> None:
        self.bench.findings.edit(
            self.person, self.id, self.version, category=category, quote=quote, severity=level
        )
        st.session_state.pop(_PANEL, None)
        guard.tell(say("decision.edited"))


def _toggle(panel: str, finding_id: int) -> None:
    current = st.session_state.get(_PANEL)
    st.session_state[_PANEL] = None if current == (panel, finding_id) else (panel, finding_id)
