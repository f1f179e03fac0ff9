"""The queue on the left of the working pages: compact rows, next and previous by key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

import streamlit as st

from review.components import links, severity
from review.components.formats import markdown, number, shorten
from review.components.wording import say
from review.records import FindingFilter, FindingRow, Neighbours, Page, PageRequest, Person
from review.workbench import Workbench

ROWS = 11  # fit beside a provision at 1366×768 without scrolling the page


def draw(
    page: Page[FindingRow],
    chosen: int | None,
    states: Mapping[str, str],
    extra: Callable[[FindingRow], str] | None = None,
) -> None:
    """Draw one page of findings; a click writes the finding into the address.

    ``extra`` gives a few words per row instead of its state, "" where it has none.
    """
    count = say("queue.count", shown=number(len(page.items)), total=number(page.total))
    st.html(f'<p class="rs-muted">{escape(count)}</p>')
    for row in page.items:
        last = (extra(row) if extra else "") or states.get(row.state, row.state)
        mark = "chon-" if row.id == chosen else ""
        st.button(
            row_label(row, last),
            key=f"hang-{mark}{row.id}",
            on_click=links.open_finding,
            args=(row.id,),
            width="stretch",
            type="tertiary",
        )
    links.page_number(page.count, page.number)


def row_label(row: FindingRow, last: str) -> str:
    """Return the two lines of a row: severity, category and act; place and state."""
    changed = f" · {say('queue.changed')}" if row.changed else ""
    changed += f" · {say('queue.after_cutoff')}" if row.after_cutoff else ""
    title = row.number or shorten(row.act_title, 40)
    return (
        f"{severity.label(row.severity)} **{row.category}** {markdown(title)}\n"
        f"{markdown(row.label)} · :gray[{markdown(last)}{changed}]"
    )


def steps(around: Neighbours) -> None:
    """Draw previous and next with their keys, and the place in the queue."""
    left, middle, right = st.columns([4, 3, 4], vertical_alignment="center")
    left.button(
        say("queue.previous"),
        key="lui",
        shortcut="K",
        disabled=around.previous is None,
        on_click=links.open_finding,
        args=(around.previous,),
        width="stretch",
    )
    middle.html(
        f'<p class="rs-crumb" style="text-align:center">{number(around.place)}'
        f" / {number(around.total)}</p>"
    )
    right.button(
        say("queue.next"),
        key="tiep",
        shortcut="J",
        disabled=around.next is None,
        on_click=links.open_finding,
        args=(around.next,),
        width="stretch",
    )


def page_of(
    bench: Workbench, person: Person, wanted: FindingFilter
) -> tuple[Page[FindingRow], int | None]:
    """Return the page of the queue to show and the finding chosen in it.

    Without a page in the address it is the one that holds the chosen finding, so that the list
    follows next and previous.
    """
    chosen, number = links.integer(links.FINDING), links.integer(links.PAGE)
    if chosen is not None and number is None:
        place = bench.findings.neighbours(person, wanted, chosen).place
        number = (max(place, 1) - 1) // ROWS + 1
    page = bench.findings.queue(person, wanted, PageRequest(max(number or 1, 1), ROWS))
    if chosen is None and page.items:
        chosen = page.items[0].id
    return page, chosen
