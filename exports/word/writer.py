"""A document while it is written: paragraphs, tables and annexes one after another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from exports import layout as layouts
from exports.formats import clock, roman, short_date
from exports.word import document as paper
from exports.word.chart import Segment, bar_chart
from exports.word.closing import closing, two_signatures
from exports.word.head import addressee, head_table, title_block
from exports.word.oxml import Run, paragraph
from exports.word.tables import Column, Line, data_table
from exports.word.wording import Wording
from review.reports.records import CampaignHead, ReportHead, Stamp


class Writer:
    """Writes one document in the layout of NĐ 30/2020/NĐ-CP; ``finish`` returns the file."""

    def __init__(self, kind: str, subject: str, head: ReportHead, *, letter: bool = False) -> None:
        self.layout = layouts.load()
        self.document = paper.new_document(self.layout)
        self._letter = letter
        self._begin(kind, subject, head)

    def next_paper(self, subject: str, head: ReportHead) -> None:
        """Start another paper of the same kind in the same file, on a page 1 of its own."""
        paper.add_section(self.document, self.layout, landscape=False)
        self._begin(self.kind, subject, head)

    def _begin(self, kind: str, subject: str, head: ReportHead) -> None:
        self.kind, self.subject, self.head = kind, subject, head
        self._landscape = False
        self._annexes: list[BaseOxmlElement] = []  # their labels
        if self._letter:
            self._add(head_table(self.layout, head, subject))
        else:
            self._add(head_table(self.layout, head), *title_block(self.layout, kind, subject))

    def address(self, names: tuple[str, ...]) -> None:
        """Write «Kính gửi»."""
        self._add(*addressee(self.layout, names), paragraph("", paper.CENTRED))

    def part(self, title: str) -> None:
        """Write a heading «I. …»."""
        self._add(paragraph(title, paper.PART))

    def clause(self, title: str) -> None:
        """Write a heading «1. …»."""
        self._add(paragraph(title, paper.CLAUSE))

    def text(self, sentence: str, *, italic: bool = False, keep_next: bool = False) -> None:
        """Write a paragraph of the body."""
        words = Run(sentence, italic=True) if italic else sentence
        self._add(paragraph(words, paper.BODY, keep_next=keep_next))

    def add(self, *made: BaseOxmlElement) -> None:
        """Write pieces that were built elsewhere: marked words, a chart."""
        self._add(*made)

    def items(self, sentences: Iterable[str]) -> None:
        """Write a list, «;» after each item and «.» after the last."""
        listed = list(sentences)
        for index, sentence in enumerate(listed):
            self.text(f"- {sentence}{'.' if index == len(listed) - 1 else ';'}")

    def table(
        self,
        columns: Sequence[Column],
        lines: Iterable[Line],
        title: str = "",
        *,
        dense: bool = False,
    ) -> None:
        """Write a table across the text, with its title above; ``dense`` in smaller type."""
        self._add(paragraph("", paper.SMALL, keep_next=True))
        if title:
            words = Run(title, bold=True, size=self.layout.sizes["bang"].chosen + 1)
            self._add(paragraph(words, paper.CENTRED, keep_next=True))
        width = paper.text_width(self.layout, landscape=self._landscape)
        made = data_table(self.layout, width, columns, lines, dense=dense, kept=bool(title))
        self._add(made)
        self._add(paragraph("", paper.SMALL))

    def small(self, sentence: str) -> None:
        """Write a line in the small type of notes."""
        self._add(paragraph(sentence, paper.SMALL))

    def gap(self) -> None:
        """Write an empty line."""
        self._add(paragraph("", paper.CENTRED))

    def close(self) -> None:
        """End the body with «./.» and the signature, which stay on one page with its last line."""
        last = self._last_paragraph()
        last.append(_plain_run(self.layout.ending))
        properties = last.get_or_add_pPr()
        properties.keepNext_val = True
        self._add(*closing(self.layout, self.head))

    def sign(self, left: str, right: str, names: tuple[str, str] = ("", "")) -> None:
        """End a form with two places to sign, over the names if known; forms carry no «./.»."""
        self._last_paragraph().get_or_add_pPr().keepNext_val = True
        self._add(*two_signatures(self.layout, (left, right), names))

    def annex(self, title: str, reference: str, *, landscape: bool) -> None:
        """Start an annex: own page count, «Phụ lục I», title, «(Kèm theo …)»."""
        paper.add_section(self.document, self.layout, landscape=landscape)
        self._landscape = landscape
        sizes = self.layout.sizes
        number = roman(len(self._annexes) + 1)
        label = Run(f"Phụ lục {number}", bold=True, size=sizes["phu_luc"].chosen)
        name = Run(title.upper(), bold=True, size=sizes["ten_phu_luc"].chosen)
        self._annexes.append(paragraph(label, paper.CENTRED, keep_next=True))
        self._add(self._annexes[-1], paragraph(name, paper.CENTRED, keep_next=True))
        self._add(
            paragraph(Run(reference, italic=True), paper.CENTRED), paragraph("", paper.CENTRED)
        )

    def form(self, label: str, reference: str, lines: Iterable[str]) -> None:
        """Write a form (mẫu) that goes with the act, on pages of its own."""
        paper.add_section(self.document, self.layout, landscape=False)
        self._landscape = False
        title = Run(label, bold=True, size=self.layout.sizes["phu_luc"].chosen)
        self._add(paragraph(title, paper.CENTRED, keep_next=True))
        self._add(
            paragraph(Run(reference, italic=True), paper.CENTRED), paragraph("", paper.CENTRED)
        )
        for line in lines:
            self.text(line)

    def chart(self, title: str, bars: Sequence[str], parts: Sequence[Segment]) -> None:
        """Write stacked bars with their title below («Hình 1. …»)."""
        page = self.layout.page
        width = page["rong"].chosen - page["le_trai"].chosen - page["le_phai"].chosen
        self._add(bar_chart(self.document, self.layout, width, bars, parts))
        words = Run(title, bold=True, size=self.layout.sizes["bang"].chosen + 1)
        self._add(paragraph(words, paper.CENTRED), paragraph("", paper.SMALL))

    def finish(self, campaign: CampaignHead, stamp: Stamp) -> bytes:
        """Return the file, its properties stamped; a lone annex bears no number (NĐ 30/2020)."""
        if len(self._annexes) == 1:
            next(self._annexes[0].iter(qn("w:t"))).text = "Phụ lục"
        self._trim()
        title = f"{self.kind}: {' '.join(self.subject.split())}"
        paper.set_properties(self.document, title, campaign, stamp)
        return paper.to_bytes(self.document)

    def _add(self, *made: BaseOxmlElement) -> None:
        end = self.document.element.body.sectPr
        for part in made:
            end.addprevious(part)

    def _last_paragraph(self) -> BaseOxmlElement:
        paragraphs = self.document.element.body.findall(qn("w:p"))
        return [made for made in paragraphs if made.text][-1]

    def _trim(self) -> None:
        """Shrink the empty paragraph that ends each section, so that it starts no empty page."""
        body = self.document.element.body
        for made in body.findall(qn("w:p")):
            properties = made.pPr
            if properties is not None and properties.find(qn("w:sectPr")) is not None:
                properties.insert(0, paragraph("", paper.SMALL).pPr[0])
                spacing = paper.element("spacing", before=0, after=0, line=20, lineRule="exact")
                properties.insert(1, spacing)


def _plain_run(text: str) -> BaseOxmlElement:
    return paragraph(text, paper.BODY)[1]


def campaign_name(campaign: CampaignHead) -> str:
    """Return the campaign as a sentence names it."""
    return f"đợt rà soát “{campaign.name}”"


def stamp_sentence(wording: Wording, campaign: CampaignHead, stamp: Stamp) -> str:
    """Return the line that says when, by whom and with what the document was made."""
    cut_off = f"; số liệu chốt ngày {short_date(campaign.cut_off)}" if campaign.cut_off else ""
    return wording.say(
        "trich_xuat",
        dot=campaign_name(campaign),
        moc=short_date(campaign.as_of),
        chot=cut_off,
        tieu_chi=stamp.ruleset,
        nguoi=stamp.author,
        luc=clock(stamp.made_at),
        ma=stamp.digest,
    )
