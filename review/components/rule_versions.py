"""Versions of the criteria: what each changes, its trial, applying and withdrawing."""

from __future__ import annotations

from html import escape

import streamlit as st

from review.components import diff, guard, headings, jobs, links
from review.components.formats import moment, number
from review.components.rule_editor import DRAFT
from review.components.wording import say
from review.errors import NotFound
from review.people.permission import allows
from review.records import JobView, Person
from review.records.ruleset import RulesetRow, RulesetView, Trial, TrialRow
from review.workbench import Workbench

VERSION, JOB = "ban", "viec"
_GRAVE = ("mat_xac_nhan", "them_da_loai", "them_da_ky")


def draw(bench: Workbench, person: Person) -> None:
    """Draw the list of versions and the one of the address."""
    rows = bench.rules.list(person)
    if not rows:
        guard.empty(say("rules.no_versions"), say("rules.no_versions_advice"))
        return
    st.html(_table(rows))
    _whole(bench, person, rows)
    chosen = links.integer(VERSION)
    if chosen is not None:
        _one(bench, person, bench.rules.get(person, chosen))


def _table(rows: list[RulesetRow]) -> str:
    columns = ("number", "state", "note", "author", "publisher")
    head = "".join(f"<th>{escape(say(f'rules.column_{name}'))}</th>" for name in columns)
    body = "".join(
        f"<tr><td>{links.anchor('bo-tieu-chi', number(row.number), **_at(row))}<br>"
        f'<span class="rs-muted">{escape(row.version)}</span></td>'
        f"<td>{escape(say(f'rules.state_{row.state}'))}</td><td>{escape(row.note)}</td>"
        f"<td>{escape(row.author)}<br>{moment(row.at)}</td>"
        f"<td>{escape(row.published_by)}<br>{moment(row.published_at)}</td></tr>"
        for row in rows
    )
    return f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _at(row: RulesetRow) -> dict[str, object]:
    return {links.VIEW: "cac-ban", VERSION: row.id}


def _whole(bench: Workbench, person: Person, rows: list[RulesetRow]) -> None:
    if not allows(person, "rescreening.start"):
        return
    job = _job(bench, person)
    left, right = st.columns(2)
    left.button(
        say("rules.rescreen"), key="ra-lai", disabled=job is not None and not job.finished,
        on_click=guard.guarded(_rescreen), args=(bench, person),
    )  # fmt: skip
    if any(row.state == "ap_dung" for row in rows):
        with right.popover(say("rules.withdraw")):
            note = st.text_input(say("rules.withdraw_why"), key="ly-do-rut")
            st.button(
                say("rules.withdraw"), key="rut",
                on_click=guard.guarded(bench.rules.withdraw), args=(person, note),
            )  # fmt: skip


def _job(bench: Workbench, person: Person) -> JobView | None:
    job_id = links.integer(JOB)
    if job_id is None:
        return None
    try:
        job = bench.jobs.status(person, job_id)
    except NotFound:  # a link from a colleague names the colleague's job
        return None
    if not job.finished:
        jobs.watch(bench, person, job_id)
    elif job.state != "xong":
        st.html(f'<div class="rs-notice rs-bad">{escape(job.message)}</div>')
    elif "kept" in (job.result or {}):
        done = job.result or {}
        counts = {name: number(done[name]) for name in ("acts", "new", "gone", "decided")}
        st.html(f'<div class="rs-notice">{escape(say("rules.rescreened", **counts))}</div>')
        _failed([str(line) for line in done["failed"]])
    return job


def _rescreen(bench: Workbench, person: Person) -> None:
    links.put(**{JOB: bench.rescreening.start(person).id})


def _one(bench: Workbench, person: Person, view: RulesetView) -> None:
    headings.section(say("rules.version_heading", number=number(view.row.number)))
    if view.stale:
        st.html(f'<div class="rs-notice">{escape(say("rules.stale"))}</div>')
    with st.expander(say("rules.diff"), expanded=view.row.state == "nhap"):
        changed = diff.word_diff(view.base, view.changes)
        st.html(changed.replace('class="rs-diff"', 'class="rs-diff" style="white-space:pre-wrap"'))
    fetch, go_on, _ = st.columns([3, 3, 16])
    fetch.download_button(
        say("rules.export"), view.changes.encode(), f"bo-tieu-chi-{view.row.version}.yaml",
        "application/yaml", key="xuat-ban", on_click="ignore",
    )  # fmt: skip
    if not allows(person, "rules.save"):
        return
    go_on.button(
        say("rules.edit_from"), key="sua-tu",
        on_click=guard.guarded(_edit), args=(bench, person, view),
    )  # fmt: skip
    gold = st.file_uploader(say("rules.gold"), type=["jsonl"], key="nhan")
    st.button(
        say("rules.try"), key="thu-kho",
        on_click=guard.guarded(_start), args=(bench, person, view.row.id, gold),
    )  # fmt: skip
    trial = bench.rule_trials.last(person, view.row.id)
    if trial is not None:
        _trial(trial)
    if view.row.state != "ap_dung":
        st.button(
            say("rules.publish"), key="ap-dung", type="primary",
            disabled=trial is None or view.row.author_id == person.id,
            help=say("rules.publish_help"),
            on_click=guard.guarded(_publish), args=(bench, person, view.row.id),
        )  # fmt: skip


def _edit(bench: Workbench, person: Person, view: RulesetView) -> None:
    bench.drafts.save(person, DRAFT, {"changes": view.changes, "based_on": view.row.id})
    links.put(**{links.VIEW: "sua", VERSION: None})


def _start(bench: Workbench, person: Person, ruleset_id: int, gold: object) -> None:
    data = gold.getvalue() if gold is not None else None
    links.put(**{JOB: bench.rule_trials.start(person, ruleset_id, data).id})


def _publish(bench: Workbench, person: Person, ruleset_id: int) -> None:
    row = bench.rules.publish(person, ruleset_id)
    guard.tell(say("rules.published", number=row.number))


def _trial(trial: Trial) -> None:
    about = say("rules.trial_about", acts=number(trial.acts), who=trial.author, at=moment(trial.at))
    st.html(f'<p class="rs-muted">{escape(about)}</p>')
    if not trial.counts:
        st.html(f'<div class="rs-notice">{escape(say("rules.trial_same"))}</div>')
    counts = "".join(
        f'<tr><td><span class="rs-sev rs-sev-{4 if kind in _GRAVE else 1}">{number(count)}</span>'
        f"</td><td>{escape(say(f'rules.kind_{kind}'))}</td></tr>"
        for kind, count in trial.counts.items()
    )
    if counts:
        st.html(f'<table class="rs-table"><tbody>{counts}</tbody></table>')
    if trial.rows:
        columns = ("kind", "act", "category", "quote")
        head = "".join(f"<th>{escape(say(f'rules.column_{name}'))}</th>" for name in columns)
        body = "".join(map(_difference, trial.rows))
        st.html(
            f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        )
    if trial.gold:
        st.html(_gold(trial))
    _failed(trial.failed)


def _difference(row: TrialRow) -> str:
    place = f"{row.act} · {row.label}"
    if row.finding_id is not None:
        where = links.anchor("ra-soat", place, **{links.FINDING: row.finding_id})
    else:
        where = links.anchor("kho-van-ban", place, **{links.ACT: row.act_id})
    return (
        f"<tr><td>{escape(say(f'rules.kind_{row.kind}'))}</td><td>{where}</td>"
        f"<td><b>{escape(row.category)}</b></td><td><q>{escape(row.quote)}</q></td></tr>"
    )


def _gold(trial: Trial) -> str:
    columns = ("group", "labels", "recall", "precision")
    head = "".join(f"<th>{escape(say(f'rules.column_{name}'))}</th>" for name in columns)
    body = "".join(
        f"<tr><td>{escape(score.group)}</td><td>{number(score.labels)}</td>"
        f"<td>{_share(score.recall_before)} → {_share(score.recall)}</td>"
        f"<td>{_share(score.precision_before)} → {_share(score.precision)}</td></tr>"
        for score in trial.gold
    )
    changes = say(
        "rules.gold_changes",
        gained=", ".join(f"{one} {code}" for one, code in trial.gold_gained) or "–",
        lost=", ".join(f"{one} {code}" for one, code in trial.gold_lost) or "–",
    )
    return (
        f'<table class="rs-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        f'<p class="rs-muted">{escape(changes)}</p>'
    )


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value * 100:.1f} %".replace(".", ",")


def _failed(lines: list[str]) -> None:
    if lines:
        rows = "".join(f"<li>{escape(line)}</li>" for line in lines)
        st.html(f'<div class="rs-notice rs-bad">{escape(say("rules.failed"))}<ul>{rows}</ul></div>')
