"""Editing the criteria: a form per category or look-alike, the whole text for experts, a try-out.

What is being edited is kept as the person's draft; nothing else knows of it until it is saved as
a version.
"""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from models import catalogue as catalogue_files
from models import overlay
from models.catalogue import Catalogue
from models.formula import HANDLINGS as HANDLING_NAMES
from models.look_alike import SCOPES
from models.requirement import HANDLINGS, Example
from review.components import guard, links, severity, trace
from review.components.wording import say
from review.records import Person
from review.workbench import Workbench

DRAFT = "bo-tieu-chi"
_ENTRY = "muc_sua"
_NONE = "–"
_Values = dict[str, Any]


def draw(bench: Workbench, person: Person) -> None:
    """Draw the editor on the person's draft."""
    text, based_on = working(bench, person)
    changed = say("rules.unsaved") if text else say("rules.nothing_changed")
    st.html(f'<p class="rs-muted">{escape(changed)}</p>')
    form, raw, sample = st.tabs([say("rules.by_form"), say("rules.by_text"), say("rules.try_one")])
    with form:
        _form(bench, person, text, based_on)
    with raw:
        _raw(bench, person, text, based_on)
    with sample:
        _try(bench, person, text)
    _save(bench, person, text, based_on)


def working(bench: Workbench, person: Person) -> tuple[str, int | None]:
    """Return the text being edited and the version it is based on: the draft, else what applies."""
    draft = bench.drafts.load(person, DRAFT)
    if draft is not None:
        return str(draft.value.get("changes", "")), draft.value.get("based_on")
    applied = next((row for row in bench.rules.list(person) if row.state == "ap_dung"), None)
    return bench.rules.changes(), applied.id if applied else None


def keep(bench: Workbench, person: Person, text: str, based_on: int | None) -> None:
    """Keep ``text`` as the draft if it can be read; raises RS-305 naming the wrong line."""
    catalogue_files.load(changes=text)
    bench.drafts.save(person, DRAFT, {"changes": text, "based_on": based_on})


def _form(bench: Workbench, person: Person, text: str, based_on: int | None) -> None:
    shipped = catalogue_files.load()
    names = {row.id: f"{row.id} · {row.name}" for row in shipped.categories.values()}
    names |= {row.id: f"{row.id} · {row.name}" for row in shipped.look_alikes.values()}
    key = links.choose(say("rules.entry"), _ENTRY, names, resets=())
    key = key or next(iter(names))
    section = "look_alikes" if key.startswith("N") else "categories"
    now = overlay.entry_of(text, section, key)
    with st.form(f"sua-{key}", border=True):
        read = _look_alike_fields if section == "look_alikes" else _category_fields
        values = read(shipped, key, now)
        if st.form_submit_button(say("rules.keep"), type="primary"):
            guard.guarded(_keep_entry)(bench, person, text, based_on, section, key, values)
            st.rerun()


def _keep_entry(
    bench: Workbench,
    person: Person,
    text: str,
    based_on: int | None,
    section: str,
    key: str,
    values: _Values,
) -> None:
    keep(bench, person, overlay.with_entry(text, section, key, values), based_on)
    guard.tell(say("rules.kept", name=key))


def _category_fields(shipped: Catalogue, key: str, now: _Values) -> _Values:
    row, entry = shipped.categories[key], shipped.entries[key]
    values = {name: now[name] for name in ("suspect",) if name in now}
    values |= _lists(key, "wording", now, entry.get("wording") or [])
    left, right = st.columns(2)
    with left:
        _differs(values, "severity", _pick(key, "severity", range(5), now, row.severity), row)
        _differs(values, "readiness", _pick(key, "readiness", range(4), now, row.readiness), row)
    with right:
        _differs(values, "handling", _pick(key, "handling", sorted(HANDLINGS), now, row.handling),
                 row)  # fmt: skip
        formulas = ["", *shipped.formulas]
        _differs(values, "formula", _pick(key, "formula", formulas, now, row.formula), row)
    cited = {name: basis.citation for name, basis in shipped.bases.rows.items()}
    named = {name: f"{name} · {source.name}" for name, source in shipped.sources.rows.items()}
    for name, options in (("bases", cited), ("sources", named)):
        chosen = st.multiselect(
            say(f"rules.{name}"),
            list(options),
            default=now.get(name, list(getattr(row, name))),
            format_func=options.__getitem__,
            key=f"{key}-{name}",
            placeholder=say("rules.choose"),
        )
        _differs(values, name, chosen, row)
    return values | _examples(shipped, key, now)


def _look_alike_fields(shipped: Catalogue, key: str, now: _Values) -> _Values:
    row, entry = shipped.look_alikes[key], shipped.entries[key]
    values: _Values = {}
    why = st.text_area(say("rules.why"), now.get("why", row.why), key=f"{key}-why", height=80)
    if why.strip() and why.strip() != row.why:
        values["why"] = why.strip()
    cues = [cue for rule in entry.get("rules") or () for cue in rule["cues"]]
    removed = st.multiselect(
        say("rules.cues_remove"), cues, default=_still((now.get("cues") or {}).get("remove"), cues),
        key=f"{key}-cues", placeholder=say("rules.choose"),
    )  # fmt: skip
    if removed:
        values["cues"] = {"remove": removed}
    rules = list((now.get("rules") or {}).get("add") or [])
    first = rules[0] if rules else {}
    scopes = list(SCOPES)
    scope = st.selectbox(
        say("rules.scope"), scopes, index=scopes.index(first.get("scope", "clause")),
        format_func=lambda name: say(f"rules.scope_{name}"), key=f"{key}-scope",
    )  # fmt: skip
    added = _lines(say("rules.cues_add"), f"{key}-rules", first.get("cues") or [])
    reach = st.multiselect(
        say("rules.applies_to"), list(shipped.categories), default=first.get("applies_to") or [],
        key=f"{key}-reach", placeholder=say("rules.all_categories"),
    )  # fmt: skip
    rest = rules[1:]
    if added:
        kept = {name: first[name] for name in ("unless", "except") if name in first}
        rest.insert(0, {"scope": scope, "cues": added, **kept})
        if reach:
            rest[0]["applies_to"] = reach
    if rest:
        values["rules"] = {"add": rest}
    return values | _examples(shipped, key, now)


def _lists(key: str, name: str, now: _Values, held: list[str]) -> _Values:
    change = now.get(name) or {}
    added = _lines(say("rules.wording_add"), f"{key}-{name}", change.get("add") or [])
    st.caption(say("rules.wording_help"))
    removed = st.multiselect(
        say("rules.wording_remove"), held, default=_still(change.get("remove"), held),
        key=f"{key}-{name}-bo", placeholder=say("rules.choose"),
    )  # fmt: skip
    found = {"add": added, "remove": removed}
    return {name: {k: v for k, v in found.items() if v}} if added or removed else {}


def _examples(shipped: Catalogue, key: str, now: _Values) -> _Values:
    change = now.get("examples") or {}
    added = list(change.get("add") or [])
    for example in added:
        st.html(f'<p class="rs-muted"><q>{escape(example["text"])}</q></p>')
    stem = st.text_input(say("rules.example_stem"), key=f"{key}-dan-{len(added)}")
    text = st.text_area(say("rules.example"), key=f"{key}-vi-du-{len(added)}", height=80)
    codes = [_NONE, *shipped.categories, *shipped.look_alikes]
    expected = st.selectbox(
        say("rules.expected"), codes, index=codes.index(key), key=f"{key}-ma-{len(added)}"
    )
    if text.strip() and expected != _NONE:
        kind = "finding" if expected in shipped.categories else "code"
        made = {"stem": stem.strip(), "text": text.strip(), kind: expected}
        added.append({name: value for name, value in made.items() if value})
    found = {"add": added, "remove": list(change.get("remove") or [])}
    kept = {name: value for name, value in found.items() if value}
    return {"examples": kept} if kept else {}


def _lines(label: str, key: str, held: list[str]) -> list[str]:
    typed = st.text_area(label, "\n".join(held), key=key, height=90)
    return [line.strip() for line in typed.splitlines() if line.strip()]


def _pick(key: str, name: str, options: Any, now: _Values, usual: Any) -> Any:
    choices = list(options)
    return st.selectbox(
        say(f"rules.{name}"), choices, index=choices.index(now.get(name, usual)),
        key=f"{key}-{name}", format_func=lambda value: _words(name, value),
    )  # fmt: skip


def _words(name: str, value: Any) -> str:
    """Return a choice with its meaning: «M3 · …», «BB · Bãi bỏ một phần», «K1 · …»."""
    if value == "":
        return _NONE
    if name == "severity":
        return severity.name(value)
    if name == "readiness":
        return severity.readiness(value)
    if name == "handling":
        return f"{value} · {HANDLING_NAMES[value]}"
    return f"{value} · {catalogue_files.load().formulas[value].name}"


def _differs(values: _Values, name: str, chosen: Any, row: Any) -> None:
    usual = getattr(row, name)
    if chosen != (list(usual) if isinstance(usual, tuple) else usual):
        values[name] = chosen


def _still(wanted: list[str] | None, held: list[str]) -> list[str]:
    return [item for item in wanted or [] if item in held]


def _raw(bench: Workbench, person: Person, text: str, based_on: int | None) -> None:
    st.html(f'<p class="rs-muted">{escape(say("rules.text_help"))}</p>')
    typed = st.text_area(say("rules.text"), text, key=f"yaml-{hash(text)}", height=320)
    uploaded = st.file_uploader(say("rules.import"), type=["yaml", "yml"], key="nhap-yaml")
    if uploaded is not None and uploaded.size <= overlay.MAX_CHARACTERS:
        typed = uploaded.getvalue().decode("utf-8", "replace")
    st.button(
        say("rules.keep"), key="giu-yaml",
        on_click=guard.guarded(keep), args=(bench, person, typed, based_on),
    )  # fmt: skip


def _try(bench: Workbench, person: Person, text: str) -> None:
    stem = st.text_input(say("rules.example_stem"), key="thu-dan")
    words = st.text_area(say("rules.paste"), key="thu-doan", height=120)
    if not words.strip():
        return
    preview = bench.rules.preview(person, text, Example(text=words.strip(), stem=stem.strip()))
    before = ", ".join(preview.before) or say("rules.nothing")
    st.html(f'<p class="rs-muted">{escape(say("rules.before", codes=before))}</p>')
    if not preview.findings and not preview.suppressed:
        st.html(f'<div class="rs-notice">{escape(say("rules.nothing_found"))}</div>')
    for found in preview.findings:
        st.html(trace.why(found.trace, f"{found.category} · «{found.quote}»"))
    for aside in preview.suppressed:
        st.html(trace.why(aside.trace, f"{aside.code} ← {aside.category} · «{aside.quote}»"))


def _save(bench: Workbench, person: Person, text: str, based_on: int | None) -> None:
    if bench.drafts.load(person, DRAFT) is None:
        return
    note = st.text_input(say("rules.note"), key="ly-do-ban", max_chars=500)
    save, give_up = st.columns([1, 1])
    save.button(
        say("rules.save"), key="luu-ban", type="primary",
        on_click=guard.guarded(_save_version), args=(bench, person, text, note, based_on),
    )  # fmt: skip
    give_up.button(
        say("rules.discard"), key="bo-nhap",
        on_click=guard.guarded(bench.drafts.discard), args=(person, DRAFT),
    )  # fmt: skip


def _save_version(
    bench: Workbench, person: Person, text: str, note: str, based_on: int | None
) -> None:
    row = bench.rules.save(person, text, note, based_on)
    bench.drafts.discard(person, DRAFT)
    guard.tell(say("rules.saved", number=row.number))
    links.put(**{links.VIEW: "cac-ban", "ban": row.id})
