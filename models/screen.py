"""Screening an act: prefilter, pipeline on candidates, then findings with basis and severity."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from corpus.records import Act, Head
from models import catalogue as catalogue_files
from models.basis import Basis
from models.catalogue import Catalogue
from models.context import Step, Verdict
from models.passage import ActText, Passage
from models.pipeline import build
from models.prefilter import Prefilter
from models.records import Finding, ScreenResult, Span, Suppressed, TraceStep
from models.repealed import Repealed, repealed_units
from models.requirement import Category
from models.source import PUBLISHED
from models.trigger import TriggerFinder

_REPEALED = "N04"
SUSPECT_BADGE = "nghi lỗi nhận dạng"
CONDITIONAL = "nơi chưa có hộ khẩu"


class Screener:
    """Suggests findings; deterministic, with no state between acts."""

    def __init__(self, catalogue: Catalogue | None = None) -> None:
        self.catalogue = catalogue or catalogue_files.load()
        self._prefilter = Prefilter(self.catalogue)
        self._finder = TriggerFinder(self.catalogue, self._prefilter)
        self._nlp = build(self.catalogue.changes)
        self._components = [component for _, component in self._nlp.pipeline]

    def screen(self, act: Act, as_of: date) -> ScreenResult:
        """Return everything the screen says about ``act`` on ``as_of``, in text order."""
        text = ActText(act)
        result = ScreenResult([], [], self.catalogue.version)
        ended = repealed_units(act, as_of)
        for index, categories in self._prefilter.candidates(text):
            passage = text.passage(index)
            triggers = self._finder.find(passage.text, categories)
            if triggers:
                text.place(passage)
                path = act.provisions[index].path
                unit = next((one for one in ended if one.holds(path)), None)
                self._screen_passage(text, passage, triggers, as_of, unit, result)
        return result

    def _screen_passage(
        self,
        text: ActText,
        passage: Passage,
        triggers: list,
        as_of: date,
        ended: Repealed | None,
        result: ScreenResult,
    ) -> None:
        doc = self._nlp.make_doc(passage.text)
        doc._.passage, doc._.act_text = passage, text
        doc.user_data["triggers"] = triggers
        for component in self._components:
            doc = component(doc)
        for verdict in _one_per_category(doc._.verdicts):
            span = text.source_span(passage, verdict.trigger.start, verdict.trigger.end)
            if ended and not verdict.code:
                verdict.code = _REPEALED
                verdict.reason = self.catalogue.look_alikes[_REPEALED].why
                verdict.steps.append(Step("validity", ended.sentence))
            if verdict.code:
                result.suppressed.append(self._suppressed(text, passage, verdict, span))
            else:
                result.findings.append(self._finding(text, passage, verdict, span, as_of))

    def _finding(
        self, text: ActText, passage: Passage, verdict: Verdict, span: Span, as_of: date
    ) -> Finding:
        category = self.catalogue.categories[verdict.category]
        provision = text.act.provisions[passage.provision]
        bases = self._bases(category, as_of)
        head = text.act.head
        judging = [row for row in bases if row.may_judge(head.type, head.issuer, head.issued)]
        others = [row for row in bases if row not in judging]
        readiness = self._readiness(category)
        severity, why = _severity(category, passage, verdict, readiness)
        badges = [SUSPECT_BADGE] if verdict.trigger.suspect else []
        badges += self.catalogue.overrides.badges_for(category.id, as_of)
        if provision.quoted:
            badges.append("lời văn mới của văn bản sửa đổi")
        trace = [_trace(text, passage, step) for step in verdict.steps]
        trace.append(TraceStep("validity", _validity_sentence(head, as_of)))
        trace.append(TraceStep("basis", _basis_sentence(judging, others)))
        trace.append(TraceStep("source", _source_sentence(self.catalogue, category)))
        trace.append(TraceStep("severity", f"Mức gợi ý M{severity}, dữ liệu D{readiness}: {why}"))
        return Finding(
            provision=passage.provision,
            path=provision.path,
            label=provision.label,
            text=provision.text,
            category=category.id,
            quote=text.act.raw.text[span.start : span.end],
            start=span.start,
            end=span.end,
            severity=severity,
            readiness=readiness,
            bases=[row.ref() for row in [*judging, *others]],
            sources=list(category.sources),
            handling=category.handling,
            formula=category.formula,
            badges=badges,
            trace=trace,
        )

    def _suppressed(
        self, text: ActText, passage: Passage, verdict: Verdict, span: Span
    ) -> Suppressed:
        provision = text.act.provisions[passage.provision]
        return Suppressed(
            provision=passage.provision,
            path=provision.path,
            label=provision.label,
            text=provision.text,
            category=verdict.category,
            quote=text.act.raw.text[span.start : span.end],
            start=span.start,
            end=span.end,
            code=verdict.code,
            reason=verdict.reason,
            trace=[_trace(text, passage, step) for step in verdict.steps],
        )

    def _bases(self, category: Category, as_of: date) -> list[Basis]:
        rows = (self.catalogue.bases.rows[name] for name in category.bases)
        return [row for row in rows if row.valid_on(as_of)]

    def _readiness(self, category: Category) -> int:
        """The best readiness among the sources that could replace the paper."""
        known = [self.catalogue.sources.rows[name].readiness for name in category.sources]
        return max(known, default=category.readiness)


def _validity_sentence(head: Head, as_of: date) -> str:
    """What the act says of its own force; nothing is claimed that was not looked up."""
    if head.effective is None:
        own = "Không đọc được ngày có hiệu lực của văn bản này"
    elif head.effective > as_of:
        own = f"Văn bản này ghi có hiệu lực từ {head.effective:%d/%m/%Y}, sau ngày xét"
    else:
        own = f"Văn bản này ghi có hiệu lực từ {head.effective:%d/%m/%Y}"
    return f"{own}; việc hết hiệu lực chưa đối chiếu. Căn cứ xét tại ngày {as_of:%d/%m/%Y}."


def _basis_sentence(judging: list[Basis], others: list[Basis]) -> str:
    """Bases that may be held against the act first (Điều 142 khoản 1 NĐ 34/2016/NĐ-CP)."""
    named = "; ".join(row.citation for row in judging) or "chưa có căn cứ đã đối chiếu"
    sentence = f"Căn cứ: {named}."
    if others:
        named = "; ".join(row.citation for row in others)
        sentence += f" Tham khảo (ban hành trước hoặc ở bậc thấp hơn văn bản này): {named}."
    return sentence


def _one_per_category(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """One entry per category: the first finding, else the first suppressed hit."""
    kept: dict[str, Verdict] = {}
    for verdict in verdicts:
        held = kept.get(verdict.category)
        if held is None or (held.code and not verdict.code):
            kept[verdict.category] = verdict
    return sorted(kept.values(), key=lambda v: (v.trigger.start, v.category))


def _severity(
    category: Category, passage: Passage, verdict: Verdict, readiness: int
) -> tuple[int, str]:
    if category.severity == 4 and CONDITIONAL in passage.text:
        return 3, "giấy tờ chỉ đòi ở nơi đã có, quy định tự có cách thay thế."
    words = passage.text[verdict.trigger.start : verdict.trigger.end]
    if category.id == "B4" and not words.startswith(("có", "phải", "cùng", "chung", "thuộc", "đủ")):
        return 1, "chỉ mô tả người bằng hộ khẩu."
    beyond = category.beyond_data
    hit = (verdict.trigger.start, verdict.trigger.end)
    if beyond and readiness < PUBLISHED and beyond.names(passage.text, *hit):
        return min(beyond.severity, category.severity), beyond.why
    return category.severity, _WHY[category.severity]


_WHY = {
    4: "đòi giấy tờ đã bị bãi bỏ hoặc loại trừ hình thức điện tử, không có lựa chọn khác.",
    3: "đòi giấy tờ mà nội dung đã có trong cơ sở dữ liệu quốc gia.",
    2: "yêu cầu về hình thức, phương thức hoặc giấy tờ chuyên ngành.",
    1: "chỉ là từ ngữ cần chuẩn hóa.",
    0: "không phải vướng mắc.",
}


def _source_sentence(catalogue: Catalogue, category: Category) -> str:
    names = [catalogue.sources.rows[name].name for name in category.sources]
    return f"Nguồn điện tử thay thế: {'; '.join(names) or 'chưa có'}."


def _trace(text: ActText, passage: Passage, step: Step) -> TraceStep:
    span = step.source
    if step.own and step.own[1] > step.own[0]:
        span = text.source_span(passage, *step.own)
    return TraceStep(step.step, step.outcome, span)
