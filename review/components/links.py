"""State in the address: what is shown can be refreshed, shared and gone back to.

The address is the only truth: widgets are set from it before they are drawn and write to it when
they change. Names are short Vietnamese words without marks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, TypeVar
from urllib.parse import urlencode

import streamlit as st

from review.records import Page, PageRequest

T = TypeVar("T")

# One name per thing, over all pages.
CAMPAIGN, ACT, FINDING, PAGE = "dot", "van_ban", "phat_hien", "trang"
AGENCY, CATEGORY, SEVERITY, STATE = "co_quan", "nhom", "muc_do", "trang_thai"
TYPE, YEAR, TEXT, VIEW = "loai", "nam", "tu_khoa", "muc"
PART, PLACE = "phan", "vi_tri"
LATE, DECIDER, HANDLING, ORIGIN = "qua_han", "nguoi", "xu_ly", "nguon_goc"
FOUND, CHANGED = "co_phat_hien", "thay_doi"
CUTOFF, ASSIGNED, CLAIMED, ASKED, ANSWERED = "sau_chot", "giao", "nhan", "hoi", "tra_loi"
EFFECT, BEFORE, AFTER = "tinh_trang_hieu_luc", "ban_truoc", "ban_sau"
EFFECTIVE_ON, ORDER, WORDING = "hieu_luc", "thu_tu", "cau_chu"
PROJECT, MONTH, RISK, RULE, DUE_WITHIN = "du_an", "thang", "rui_ro", "quy_dinh", "den_han"

LAST_CAMPAIGN = "dot-dang-xem"  # in the session: the campaign looked at last
_PAGES = "cac-trang"


def value(name: str) -> str:
    """Return a text of the address, empty where it has none."""
    return st.query_params.get(name, "")


def integer(name: str) -> int | None:
    """Return a number of the address; None where there is none, or something else stands there."""
    text = value(name)
    return int(text) if text.isascii() and text.isdigit() else None


def put(**changes: object) -> None:
    """Write values into the address; None and "" remove a name."""
    for name, new in changes.items():
        if new is None or new == "":
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = str(new)


def open_finding(finding_id: int | None) -> None:
    """Callback of rows and of next/previous: show another finding, its campaign in the address."""
    put(**{CAMPAIGN: st.session_state.get(LAST_CAMPAIGN), FINDING: finding_id, PAGE: None})


def choose(
    label: str,
    name: str,
    options: Mapping[str, str],
    *,
    resets: tuple[str, ...] = (PAGE,),
    **layout: Any,
) -> str:
    """A select box whose value lives in the address; returns the chosen key of ``options``.

    An unknown value in the address counts as the first option. A change removes ``resets``.
    """
    key = f"chon-{name}"
    current = value(name)
    keys = list(options)
    st.session_state[key] = current if current in options else keys[0]
    return st.selectbox(
        label,
        keys,
        format_func=lambda option: options[option],
        key=key,
        on_change=_take_over,
        args=(name, key, resets, keys[0]),
        **layout,
    )


def switch(
    label: str,
    name: str,
    options: Mapping[str, str],
    *,
    resets: tuple[str, ...] = (PAGE,),
    **layout: Any,
) -> str:
    """The same for a few views side by side (segmented control)."""
    key = f"xem-{name}"
    current = value(name)
    keys = list(options)
    st.session_state[key] = current if current in options else keys[0]
    chosen = st.segmented_control(
        label,
        keys,
        format_func=lambda option: options[option],
        key=key,
        on_change=_take_over,
        args=(name, key, resets, keys[0]),
        label_visibility="collapsed",
        **layout,
    )
    return chosen or keys[0]


def type_in(label: str, name: str, **layout: Any) -> str:
    """A search field whose text lives in the address."""
    key = f"go-{name}"
    st.session_state[key] = value(name)
    return st.text_input(
        label, key=key, on_change=_take_over, args=(name, key, (PAGE,), ""), **layout
    ).strip()


def page_number(total_pages: int, shown: int | None = None) -> None:
    """Draw the pages of a list, when there is more than one; a choice goes into the address.

    ``shown`` is the page on screen, by default the one the address asks for.
    """
    if total_pages > 1:
        number = min(shown or requested_page(), total_pages)
        key = f"trang-so-{number}"  # a key per page: the address decides which one is shown
        st.pagination(
            total_pages,
            default=number,
            key=key,
            max_visible_pages=5,
            on_change=_take_over,
            args=(PAGE, key, (), None),
        )


def page_of(rows: Sequence[T], size: int) -> Page[T]:
    """Return the page of ``rows`` that the address asks for, the last where it asks beyond."""
    pages = Page([], len(rows), 1, size).count
    wanted = PageRequest(min(requested_page(), pages), size)
    return Page(list(rows[wanted.start : wanted.end]), len(rows), wanted.number, wanted.size)


def requested_page() -> int:
    """Return the page of a list that the address asks for."""
    return max(integer(PAGE) or 1, 1)


def _take_over(name: str, key: str, resets: tuple[str, ...], neutral: object) -> None:
    chosen = st.session_state[key]
    put(**{name: None if chosen == neutral else chosen}, **dict.fromkeys(resets))


def named(names: Mapping[str, object]) -> dict[str, str]:
    """Return address parameters as text, without the empty ones."""
    return {key: str(item) for key, item in names.items() if item not in (None, "")}


def register(pages: Mapping[str, st.Page]) -> None:
    """Remember the pages of this run by their path, so that links can lead to them."""
    st.session_state[_PAGES] = dict(pages)


def page(path: str) -> st.Page:
    """Return the page with a path; the start page where this person may not open it."""
    pages: dict[str, st.Page] = st.session_state[_PAGES]
    return pages.get(path) or next(iter(pages.values()))


def opens(path: str) -> bool:
    """Tell whether this person may open the page; outside a drawn page there is no person."""
    pages = st.session_state.get(_PAGES)
    return pages is None or path in pages


def address(path: str, **names: object) -> str:
    """Return a relative address with its parameters, for links inside HTML."""
    query = urlencode(named(names))
    return f"/{path}?{query}" if query else f"/{path}"


def anchor(path: str, words: str, **names: object) -> str:
    """Return an HTML link to a page of ours, only its words to whoever may not open the page.

    Words and address are escaped.
    """
    if not opens(path):
        return escape(words)
    target = escape(address(path, **names))
    return f'<a href="{target}" target="_self">{escape(words)}</a>'
