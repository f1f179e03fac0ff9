"""«Bộ lọc đã lưu»: links to one's own filters of a page, and the field that keeps a new one."""

from __future__ import annotations

import streamlit as st

from review.components import guard, links
from review.components.wording import say
from review.records import Person
from review.workbench import Workbench

_NAME = "ten-bo-loc"


def draw(bench: Workbench, person: Person, page: str, names: tuple[str, ...]) -> None:
    """Draw a pop-over with the filters of ``page``; ``names`` are what the address may hold."""
    with st.popover(say("search.saved"), width="stretch", icon=":material/bookmark:"):
        kept = bench.saved_filters.list(person, page)
        if not kept:
            st.caption(say("search.saved_none"))
        for item in kept:
            link, button = st.columns([3, 1], vertical_alignment="center")
            address = {name: item.address.get(name) for name in names}
            name = links.anchor(page, item.name, **address)
            link.html(f'<ul class="rs-list"><li><b>{name}</b></li></ul>')
            button.button(
                "✕",
                key=f"bo-loc-{item.name}",
                width="stretch",
                help=say("search.saved_remove", name=item.name),
                on_click=guard.guarded(_remove),
                args=(bench, person, page, item.name),
            )
        st.text_input(say("search.saved_name"), key=_NAME, max_chars=80)
        st.button(
            say("search.saved_save"),
            key="luu-bo-loc",
            on_click=guard.guarded(_save),
            args=(bench, person, page, names),
        )


def _save(bench: Workbench, person: Person, page: str, names: tuple[str, ...]) -> None:
    name = st.session_state.get(_NAME, "")
    address = {key: links.value(key) for key in names}
    bench.saved_filters.save(person, page, name, address)
    st.session_state[_NAME] = ""
    guard.tell(say("search.saved_done", name=name.strip()))


def _remove(bench: Workbench, person: Person, page: str, name: str) -> None:
    bench.saved_filters.remove(person, page, name)
    guard.tell(say("search.saved_removed", name=name))
