"""References inside the text of an act as links, and the notes of the codified law."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from corpus.number import parse_number
from review.components import links
from review.components.formats import day
from review.components.highlight import Mark
from review.components.wording import say
from review.records.reader import ActLink, NoteChange, NoteView, TextLink

_LIBRARY = "kho-van-ban"


def marks(references: Iterable[TextLink], act_id: int) -> list[Mark]:
    """Return the references of one provision as marks that link, or say why they do not."""
    return [
        Mark(
            one.start,
            one.end,
            "cite" if one.target.act_id else "cite-none",
            _title(one.target),
            link=_address(one.target, act_id),
        )
        for one in references
    ]


def _address(target: ActLink, act_id: int) -> str:
    if target.act_id is None or (target.act_id == act_id and not target.path):
        return ""
    return links.address(_LIBRARY, **{links.ACT: target.act_id, links.PLACE: target.path})


def act_name(number: str) -> str:
    """Return «Nghị định số 914/2023/NĐ-CP»; a law called by its name keeps it."""
    parsed = parse_number(number)
    if parsed is None:
        return number
    kind = parsed.type_name or (
        say("note.law") if parsed.official.rpartition("/")[2][:2] == "QH" else ""
    )
    return say("note.numbered", kind=kind or say("note.act"), number=number)


def _name(target: ActLink) -> str:
    return " ".join(filter(None, (target.label, act_name(target.number))))


def _title(target: ActLink) -> str:
    name = _name(target)
    if target.act_id is None:
        return say("note.not_loaded", name=name)
    return say("note.no_unit", name=name) if target.missing else name


def note(view: NoteView, act_id: int) -> str:
    """Return the note on one article, folded: who amended it, what is related."""
    changes = "".join(
        f"<li>{_anchor(change.target, act_id)}{_since(change)}</li>" for change in view.amended_by
    )
    related = "".join(
        f"<li>{_anchor(target, act_id, shown)}</li>" for shown, target in view.related
    )
    parts = [(say("note.amended"), changes), (say("note.related"), related)]
    body = "".join(
        f'<b>{escape(title)}</b><ul class="rs-list">{rows}</ul>' for title, rows in parts if rows
    )
    counts = []
    if view.amended_by:
        counts.append(say("note.changes", count=len(view.amended_by)))
    if view.related:
        counts.append(say("note.links", count=len(view.related)))
    summary = say("note.summary", what=", ".join(counts))
    return f'<details class="rs-note"><summary>{escape(summary)}</summary>{body}</details>'


def _since(change: NoteChange) -> str:
    if change.effective is None:
        return ""
    return f" {escape(say('effect.since', day=day(change.effective)))}"


def _anchor(target: ActLink, act_id: int, shown: str = "") -> str:
    words = shown or _name(target)
    address = _address(target, act_id)
    if not address:
        missing = f" ({say('act.not_loaded')})" if target.act_id is None else ""
        return f'{escape(words)}<span class="rs-muted">{escape(missing)}</span>'
    return f'<a href="{escape(address)}" target="_self">{escape(words)}</a>'
