"""Decide on one finding: confirm, reject with a reason code, ask, correct, merge, reopen.

Which of these a person may do is what the service says (``FindingView.actions``). Every step has a
key, so that a queue is worked off without the mouse; the keys stand on the buttons.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from review.components import (
    deciding_once,
    drafts,
    guard,
    headings,
    links,
    merging,
    severity,
)
from review.components.formats import number
from review.components.wording import say
from review.people.permission import allows
from review.records import FindingView, Person
from review.workbench import Workbench

_PANEL = "khung-quyet-dinh"
_LAST = "quyet-dinh-vua-roi"
# Keys of the reason codes while their list is open, along the rows of the keyboard. J and K move
# through the queue; the framework keeps C and R for itself.
_CODE_KEYS = "QWETYUIOPASDFGHLZXVBNM89"


class Decision:
    """The buttons and panels for one finding; ``following`` is where to go after deciding.

    ``same`` is how many provisions bear the same words, this one included; ``held_by`` is who else
    works on the finding just now, "" where nobody does.
    """

    def __init__(
        self,
        bench: Workbench,
        person: Person,
        view: FindingView,
        following: int | None,
        same: int,
        held_by: str = "",
    ) -> None:
        self.bench, self.person, self.view, self.following = bench, person, view, following
        self.id, self.version, self.same = view.row.id, view.row.version, same
        self.held_by = held_by
        self.may = frozenset() if held_by else frozenset(view.actions)

    def draw(self) -> None:
        """Draw what may be done now, and the open panel."""
        if not self.view.actions:
            st.html(f'<p class="rs-muted">{escape(say("decision.nothing"))}</p>')
            return
        if self.held_by:
            told = say("claim.blocked", who=self.held_by)
            st.html(f'<p class="rs-muted">{escape(told)}</p>')
        first, second = st.columns(2)
        self._confirm(first)
        self._opener(second, "reject", "loai", "2")
        third, fourth = st.columns(2)
        self._opener(third, "ask", "hoi", "3")
        self._opener(fourth, "edit", "sua", "4")
        fifth, sixth = st.columns(2)
        self._dialogs(fifth, sixth)
        # One place for everything optional, so that nothing below it moves in the page.
        with st.container(key="khung-quyet-dinh-cho"):
            if "reopen" in self.may:
                self._reopen()
            panel, finding_id = st.session_state.get(_PANEL) or ("", None)
            if panel and finding_id == self.id and not self.held_by:
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
            disabled="confirm" not in self.may,
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
            disabled=action not in self.may,
            on_click=_toggle,
            args=(panel, self.id),
        )

    def _dialogs(
        self, left: st.delta_generator.DeltaGenerator, right: st.delta_generator.DeltaGenerator
    ) -> None:
        """Merging and deciding for all of one wording need room: both open over the page."""
        agency = self.view.act.agency
        merges = "reject" in self.may and allows(self.person, "duplicates.merge", agency)
        if left.button(
            say("merge.open"), key="mo-gop", shortcut="5", width="stretch", disabled=not merges
        ):
            merging.choose(self.bench, self.person, self.view)
        if right.button(
            say("once.open", count=number(self.same)),
            key="mo-mot-lan",
            shortcut="6",
            width="stretch",
            disabled=self.same < 2 or bool(self.held_by),
        ):
            deciding_once.decide(self.bench, self.person, self.view)

    def undo_last(self) -> None:
        """Draw the way back from the decision this person made a moment ago."""
        last_id, what = st.session_state.get(_LAST) or (None, "")
        if last_id is None or last_id == self.id:
            return
        st.button(
            say("decision.undo_last", what=what),
            key="hoan-tac",
            type="tertiary",
            shortcut="0",
            on_click=guard.guarded(self._undo_last_now),
            args=(last_id, what),
        )

    def _undo_last_now(self, finding_id: int, what: str) -> None:
        standing = self.bench.findings.get(self.person, finding_id).row
        self.bench.findings.reopen(self.person, finding_id, standing.version)
        st.session_state.pop(_LAST, None)
        guard.tell(say("decision.reopened", what=what))
        links.open_finding(finding_id)

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

    def _decide(self, action: Callable[..., FindingView], done: str, *words: object) -> None:
        guard.guarded(self._decide_now)(action, done, *words)

    def _decide_now(self, action: Callable[..., FindingView], done: str, *words: object) -> None:
        action(self.person, self.id, self.version, *words)
        st.session_state.pop(_PANEL, None)
        st.session_state[_LAST] = (self.id, self._what())
        guard.tell(done)
        if self.following is not None:
            links.open_finding(self.following)

    def _what(self) -> str:
        return f"{self.view.row.category}, {self.view.row.label} {self.view.row.number}".strip()

    def _reject_panel(self) -> None:
        with st.container(border=True):
            headings.section(say("decision.reject_heading"))
            draft = drafts.Form(self.bench, self.person, f"loai:{self.id}")
            draft.line(say("decision.note"), "note")
            draft.saved_line()
            with st.container(height=330, border=False):
                codes = sorted(self.bench.findings.look_alikes())
                keys = dict(zip((code for code, _ in codes), _CODE_KEYS, strict=False))
                for code, sentence in codes:
                    st.button(
                        f"**{code}** {sentence}",
                        key=f"ma-n-{code}",
                        shortcut=keys.get(code),
                        width="stretch",
                        on_click=self._reject_now,
                        args=(draft, code),
                    )

    def _reject_now(self, draft: drafts.Form, code: str) -> None:
        def reject() -> None:
            done = say("decision.rejected", what=self._what(), code=code)
            note = str(draft.current().get("note", ""))
            with draft.saving():
                self._decide_now(self.bench.findings.reject, done, code, note)

        guard.guarded(reject)()

    def _ask_panel(self) -> None:
        with st.container(border=True):
            draft = drafts.Form(self.bench, self.person, f"hoi:{self.id}")
            names = {"": say("asking.everybody")}
            for one in self.bench.questions.colleagues(self.person, self.id):
                names[str(one.id)] = f"{one.name}, {one.title}" if one.title else one.name
            draft.pick(say("asking.to"), "to", names)
            draft.area(say("decision.question"), "question", height=110)
            st.button(
                say("decision.send_question"),
                key="gui-cau-hoi",
                shortcut="Ctrl+Enter",
                on_click=self._ask_now,
                args=(draft,),
            )
            draft.saved_line()

    def _ask_now(self, draft: drafts.Form) -> None:
        def ask() -> None:
            typed = draft.current()
            to = int(typed["to"]) if typed.get("to") else None
            question = str(typed.get("question", ""))
            with draft.saving():
                self._decide_now(self.bench.findings.ask, say("decision.asked"), question, to)

        guard.guarded(ask)()

    def _edit_panel(self) -> None:
        row = self.view.row
        categories = dict(self.bench.findings.categories())
        with st.container(border=True):
            draft = drafts.Form(
                self.bench,
                self.person,
                f"sua:{self.id}",
                {
                    "category": row.category,
                    "severity": str(row.severity or 1),
                    "quote": row.quote,
                },
                self.version,
            )
            draft.pick(
                say("filter.category"),
                "category",
                {code: f"{code} · {name}" for code, name in categories.items()},
            )
            draft.pick(
                say("filter.severity"),
                "severity",
                {str(level): severity.name(level) for level in (4, 3, 2, 1)},
            )
            draft.area(say("decision.quote"), "quote")
            st.button(
                say("decision.save_edit"),
                key="luu-sua",
                shortcut="Ctrl+Enter",
                on_click=self._edit_now,
                args=(draft,),
            )
            draft.saved_line()

    def _edit_now(self, draft: drafts.Form) -> None:
        def edit() -> None:
            typed = draft.current()
            with draft.saving():
                self.bench.findings.edit(
                    self.person,
                    self.id,
                    self.version,
                    category=typed["category"],
                    quote=typed["quote"],
                    severity=int(typed["severity"]),
                )
            st.session_state.pop(_PANEL, None)
            guard.tell(say("decision.edited"))

        guard.guarded(edit)()


def _toggle(panel: str, finding_id: int) -> None:
    current = st.session_state.get(_PANEL)
    st.session_state[_PANEL] = None if current == (panel, finding_id) else (panel, finding_id)
