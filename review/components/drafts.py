"""Forms that save themselves: every change goes to the drafts of the person at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape
from typing import Any
from uuid import uuid4

import streamlit as st

from review.components import guard
from review.components.formats import clock
from review.components.wording import say
from review.errors import Conflict
from review.records import Draft, Person
from review.work.draft import BASIS
from review.workbench import Workbench

_NOT_IN_CLASS = re.compile(r"[^a-zA-Z0-9_-]")


class Form:
    """Fields under one draft key; what was typed comes back after a refresh.

    ``start`` holds the values to begin with where no draft exists (JSON values); ``basis`` is the
    version they were read at. A draft keeps the version it was begun on: typing redraws the page
    and reads the newest one again, which the person has not seen.
    """

    def __init__(
        self,
        bench: Workbench,
        person: Person,
        key: str,
        start: Mapping[str, Any] | None = None,
        basis: int = 0,
    ) -> None:
        self._bench, self._person, self._key = bench, person, key
        self._sheet, self._begun = self._open()
        self._draft = self._standing()
        typed = self._draft.value if self._draft else {}
        self._fields: dict[str, str] = {}  # class of the widget in the page: name of the field
        self.values: dict[str, Any] = {**(start or {}), BASIS: basis, **typed}
        seen = f"nhap-moc:{key}"
        if self._draft is None and st.session_state.get(seen) != basis:
            # Somebody saved meanwhile and nothing is half typed: show what stands now.
            self._forget()
        st.session_state[seen] = basis
        if st.session_state.pop(self._conflict_name(), False):
            # This drawing shows the conflict, and with it the version that stands now.
            self.values[BASIS] = basis
            bench.drafts.keep(person, key, self._sheet, {BASIS: basis})

    @property
    def basis(self) -> int:
        """The version the person saw when the draft was begun."""
        return int(self.values[BASIS])

    @contextmanager
    def saving(self) -> Iterator[None]:
        """Store what was typed: the draft ends with it, or stays and catches up with a conflict."""
        try:
            yield
        except Conflict:
            self._catch_up()
            raise
        self.discard()

    def _catch_up(self) -> None:
        """After a conflict: what is saved next builds on the version shown with it.

        That is the one of the next drawing; this form was drawn before the other person saved.
        """
        self.values = self.current()
        self._bench.drafts.save(self._person, self._key, self.values, self._sheet)
        st.session_state[self._conflict_name()] = True

    @property
    def has_draft(self) -> bool:
        return self._draft is not None

    def area(self, label: str, name: str, **layout: Any) -> str:
        """A text area of the form."""
        self._typed_into(name)
        return self._keep(name, st.text_area(label, **self._field(name, ""), **layout))

    def line(self, label: str, name: str, **layout: Any) -> str:
        """A one-line field of the form."""
        self._typed_into(name)
        return self._keep(name, st.text_input(label, **self._field(name, ""), **layout))

    def pick(self, label: str, name: str, options: Mapping[str, str], **layout: Any) -> str:
        """A select box over the keys of ``options``."""
        keys = list(options)
        field = self._field(name, keys[0])
        if st.session_state[field["key"]] not in options:
            st.session_state[field["key"]] = keys[0]
        chosen = st.selectbox(label, keys, format_func=lambda key: options[key], **field, **layout)
        return self._keep(name, chosen)

    def choose(self, label: str, name: str, options: Mapping[str, str], **layout: Any) -> str:
        """Chips over the keys of ``options``; "" while nothing is chosen."""
        field = self._field(name, None)
        if st.session_state[field["key"]] not in options:
            st.session_state[field["key"]] = None
        chosen = st.pills(
            label, list(options), format_func=lambda key: options[key], **field, **layout
        )
        return self._keep(name, chosen or "")

    def several(
        self, label: str, name: str, options: Mapping[str, str], **layout: Any
    ) -> Sequence[str]:
        """A multiple choice over the keys of ``options``."""
        field = self._field(name, [])
        known = [key for key in st.session_state[field["key"]] if key in options]
        st.session_state[field["key"]] = known
        chosen = st.multiselect(
            label,
            list(options),
            format_func=lambda key: options[key],
            **{"placeholder": say("draft.choose")} | field | layout,
        )
        return self._keep(name, list(chosen))

    def set(self, name: str, value: Any) -> None:
        """Put a value into a field from a callback (a formula, a template) and save the draft."""
        st.session_state[self._widget(name)] = value
        self._save(name)

    def current(self) -> dict[str, Any]:
        """Return the values as they stand now; for callbacks, which run before the drawing."""
        typed = {
            name: st.session_state[self._widget(name)]
            for name in self.values
            if self._widget(name) in st.session_state
        }
        return {**self.values, **typed}

    def saved_line(self) -> None:
        """Say when the draft was saved, and offer to throw it away."""
        left, right = st.columns([3, 2], vertical_alignment="center")
        saved = say("draft.saved", time=clock(self._draft.saved_at)) if self._draft else ""
        left.html(self._mark(saved))
        if self._draft is None:
            return
        right.button(
            say("draft.discard"), key=f"bo-nhap-{self._key}", type="tertiary", on_click=self.discard
        )

    def discard(self) -> None:
        """Forget the draft; the fields go back to what is stored."""
        guard.guarded(self._bench.drafts.discard)(
            self._person, self._key, self._sheet, self._begun, self.current()
        )
        st.session_state.pop(self._sheet_name(), None)
        self._forget()

    def _forget(self) -> None:
        prefix = self._widget("")
        for key in [key for key in st.session_state if str(key).startswith(prefix)]:
            del st.session_state[key]

    def _widget(self, name: str) -> str:
        return f"nhap:{self._key}:{name}"

    def _field(self, name: str, empty: Any) -> dict[str, Any]:
        key = self._widget(name)
        if key not in st.session_state:
            st.session_state[key] = self.values.get(name, empty)
        return {"key": key, "on_change": self._save, "args": (name,)}

    def _keep(self, name: str, value: Any) -> Any:
        self.values[name] = value
        return value

    def _save(self, name: str) -> None:
        # The callback runs before the page is drawn: values of this drawing are the previous ones.
        self.values[name] = st.session_state[self._widget(name)]
        guard.guarded(self._bench.drafts.keep)(
            self._person, self._key, self._sheet, {name: self.values[name]}, self._under()
        )

    def _open(self) -> tuple[str, Draft | None]:
        """Return the name of this window's sheet, and the draft that it began with.

        A form that comes onto the screen without words of this window begins with what was typed
        last in any other.
        """
        load = self._bench.drafts.load
        sheet, begun = st.session_state.get(self._sheet_name()) or (uuid4().hex, None)
        on_screen = any(str(name).startswith(self._widget("")) for name in st.session_state)
        if not on_screen and load(self._person, self._key, (sheet,)) is None:
            begun = load(self._person, self._key)
        st.session_state[self._sheet_name()] = sheet, begun
        return sheet, begun

    def _standing(self) -> Draft | None:
        """Return what was typed in this window, or what it began with while that stands."""
        sheets = [self._sheet, *([self._begun.sheet] if self._begun else [])]
        return self._bench.drafts.load(self._person, self._key, sheets)

    def _under(self) -> dict[str, Any]:
        """Return what the draft of this window rests on: what it began with, and the version."""
        return {**(self._begun.value if self._begun else {}), BASIS: self.values[BASIS]}

    def _sheet_name(self) -> str:
        return f"nhap-to:{self._key}"

    def _conflict_name(self) -> str:
        return f"nhap-xung-dot:{self._key}"

    def _typed_into(self, name: str) -> None:
        self._fields[css_class(self._widget(name))] = name

    def _mark(self, saved: str) -> str:
        """Return the line of the state of the draft, by which the browser's script finds it."""
        told = {
            "key": self._key,
            "sheet": self._sheet,
            "fields": self._fields,
            "under": self._under(),
            "saved": say("draft.saved", time="{time}"),
            "unsaved": say("draft.unsaved"),
            "closed": say("draft.closed"),
        }
        data = escape(json.dumps(told, ensure_ascii=False), quote=True)
        return f'<p class="rs-muted" data-rs-draft="{data}" role="status">{escape(saved)}</p>'


def css_class(key: str) -> str:
    """Return the class Streamlit gives the widget with ``key``."""
    return "st-key-" + _NOT_IN_CLASS.sub("-", key.strip())
