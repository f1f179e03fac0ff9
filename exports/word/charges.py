"""What was done and what is to be done: meetings, whom each amendment falls to, the programme."""

from __future__ import annotations

from exports import tally, terms
from exports.formats import count, short_date
from exports.word.results import to_fill_in
from exports.word.wording import Wording
from exports.word.writer import Writer
from review.reports.records import ReportData


def meetings(writer: Writer, words: Wording, data: ReportData) -> None:
    """Write the meetings that were held; left to the drafting unit where none is recorded."""
    if not data.meetings:
        to_fill_in(writer, words, words.say("hop"))
        return
    writer.text(words.say("da_hop", so=count(len(data.meetings))), keep_next=True)
    writer.items(
        words.say(
            "cuoc_hop",
            so=count(one.number),
            ngay=short_date(one.held_on),
            ten=one.title,
            bo="; ".join(one.agencies) or words.say("khong_moi"),
            findings=count(one.findings),
        )
        for one in data.meetings
    )


def charged(writer: Writer, words: Wording, data: ReportData) -> None:
    """Write what each lead agency is to amend, and what is in the programme already."""
    writer.clause(words.say("muc_giao"))
    missing = terms.load().no_proposal
    rows = [row for row in tally.by_lead(data) if row[0] != missing]
    if not rows:
        writer.text(words.say("khong_co"))
    writer.items(
        words.say("giao", ten=name, acts=count(acts), findings=count(found))
        for name, acts, found in rows
    )
    writer.clause(words.say("muc_chuong_trinh"))
    projects = [project for project in data.programme.projects if project.findings]
    if not projects:
        writer.text(words.say("chua_chuong_trinh"))
        return
    carried = {number for project in projects for number in project.findings}
    writer.text(
        words.say("chuong_trinh", du_an=count(len(projects)), findings=count(len(carried))),
        keep_next=True,
    )
    writer.items(
        words.say(
            "du_an",
            loai=project.kind,
            ten=project.title,
            chu_tri=project.lead,
            nam=project.year,
            findings=count(len(project.findings)),
        )
        for project in projects
    )
