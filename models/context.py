"""The decision on one wording hit: look-alike, mention, or something a person must hand in.

The order is that of DOMAIN 2.2: mask, look-alikes (in file order), then modality. Every step that
decided is kept as a sentence a lawyer can read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.text import fold
from models.catalogue import Catalogue
from models.look_alike import LookAlike, Rule
from models.passage import ActText, Passage
from models.records import Span
from models.requirement import Category, Variant
from models.trigger import Trigger

Cue = tuple[str, int, int]  # label, start, end in the passage


@dataclass(slots=True)
class Step:
    """A trace step before its span is mapped to the source: an own stretch, or a source span."""

    step: str
    outcome: str
    own: tuple[int, int] | None = None
    source: Span | None = None


@dataclass(slots=True)
class Verdict:
    """What became of a hit; ``code`` is empty for a finding."""

    trigger: Trigger
    category: str
    code: str = ""
    reason: str = ""
    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Demand:
    """Why a paper counts as demanded."""

    sentence: str
    own: tuple[int, int] | None = None
    source: Span | None = None


_ONLY_NAMED = Demand(
    "không thấy động từ đòi nộp trong đoạn; nêu ra vì giấy tờ này đã bị bãi bỏ, đề nghị xem."
)
_COPY_HEAD = re.compile(
    r"(?:\d+ |một |hai )?(?:bản (?:sao|chụp|photo|phô|phôtô|chính|gốc|scan)|sao y|photo|phô ?tô)"
)
# «Giấy …: 01 bản sao», «Giấy … (bản sao có chứng thực)»
_COPY_AFTER = re.compile(
    r"[^.;:]{0,90}?(?:: ?(?:\d+|một|hai)(?: \([^)]*\))? bản|\((?:\d+ )?(?:bản (?:sao|chụp|photo|chính|gốc)"
    r"|có chứng thực|photo|sao y|kèm theo bản))"
)
# «… giấy khai sinh để đối chiếu», «… phải được nộp kèm»
_DEMAND_AFTER = re.compile(
    r"[^.;:,]{0,60}? (?:để (?:đối chiếu|kiểm tra|chứng minh)|phải được (?:nộp|xuất trình|gửi kèm))"
)
_ITEM_HEAD = 70  # a khoản that names a paper this early is an item of the dossier
_BARE_ITEM = 140
_PAPER_HEADING = re.compile(r"hồ sơ|thủ tục|giấy tờ|xuất trình|đề nghị|yêu cầu cấp")
_NOT_AN_ITEM = re.compile(
    r"có trách nhiệm|trong thời hạn|sau khi|cơ quan|trường hợp|khi |được (?:cấp|giao)|căn cứ"
)
_OLD_NAME = re.compile(r"chứng minh|cmnd|cmtnd|căn cước công dân|cccd")
_NEAR = 30  # characters between «gửi», «cung cấp» and the paper they ask for
_DOSSIER_WORD = re.compile(r"hồ sơ|giấy tờ|tài liệu|đơn |văn bản đề nghị|thủ tục|bản khai")
_ONE_OF = re.compile(r"một trong (?:các|những|số)?(?: loại)? ?(?:giấy|văn bản|tài liệu|chứng từ)")
# «Cấp lại, đổi, gia hạn … giấy phép X»: a demand for X there is a demand for the issuer's own paper.
_RENEWAL = r"(?:cấp lại|cấp đổi|đổi|gia hạn|sửa đổi|bổ sung|điều chỉnh|thay đổi|chấm dứt|phục hồi)[^.;:]{0,60}"
_RENEWED = re.compile(r"cấp lại|cấp đổi|gia hạn|sửa đổi|điều chỉnh|chấm dứt|tạm ngừng|trả lại")
_ASKED = re.compile(r"(?:nộp|kèm|kèm theo|gửi kèm|xuất trình|gồm|và|;|bản (?:sao|chính|gốc))[: ]*$")
# «2. Hồ sơ cấp lại thẻ» without a colon still opens the list below it.
_TITLE_STEM = re.compile(
    r"\S{1,4} (?:hồ sơ|thành phần hồ sơ|giấy tờ|thành phần, số lượng hồ sơ)(?:(?! có trách nhiệm)[^.;]){0,160}$"
)
# The «hoặc» between two kinds of copy does not make the paper itself optional.
_OR_AFTER = re.compile(
    r"(?:(?! và )[^.;]){0,70}?(?:\bhoặc(?: là)?|/) ?(?!bản (?:sao|chính|chụp))\w"
)
_OR_BEFORE = re.compile(
    r"(?<!đối chiếu )(?<!chứng thực )(?<!bản chính )(?<!bản gốc )hoặc[^.;,]{0,25}$"
)


class Judge:
    """Decides on hits with the catalogue's look-alikes and modality rules."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._categories = catalogue.categories
        self._look_alikes = catalogue.look_alikes
        self._modality = catalogue.modality
        self._rules: dict[str, list[tuple[LookAlike, Rule]]] = {
            category: [
                (row, rule)
                for row in catalogue.look_alikes.values()
                for rule in row.rules
                if rule.scope != "mask" and rule.concerns(category)
            ]
            for category in catalogue.categories
        }

    def decide(
        self,
        passage: Passage,
        act_text: ActText | None,
        triggers: Sequence[Trigger],
        cues: Sequence[Cue],
        masks: Sequence[Cue],
    ) -> list[Verdict]:
        """Return one verdict per hit, in text order."""
        scene = _Scene(passage, act_text, cues, self._modality.dossier, self._modality.other)
        # A permit's name alone is no hit: only the Điều on its renewal makes it one.
        hits = [trigger for trigger in triggers if not trigger.own or scene.asks_back(trigger)]
        return [self._decide(scene, trigger, masks) for trigger in hits]

    def _decide(self, scene: _Scene, trigger: Trigger, masks: Sequence[Cue]) -> Verdict:
        category = self._categories[trigger.category]
        words = scene.passage.cased[trigger.start : trigger.end]
        verdict = Verdict(trigger, category.id)
        spelling = " (nghi lỗi nhận dạng)" if trigger.suspect else ""
        verdict.steps.append(
            Step(
                "trigger",
                f"Từ ngữ gợi ý: «{words}»{spelling} – {category.name}.",
                (trigger.start, trigger.end),
            )
        )
        for code, start, end in masks:
            if start < trigger.end and trigger.start < end:
                return self._suppress(verdict, code, "mask", (start, end))
        if self._excepted(scene, category.id, verdict):
            return verdict
        return self._weigh(scene, category, verdict)

    def _excepted(self, scene: _Scene, category: str, verdict: Verdict) -> bool:
        """Try the look-alike rules of ``category`` in file order; the first that fits decides."""
        for row, rule in self._rules[category]:
            hit = scene.match(rule, verdict.trigger)
            if hit is not None:
                step = "alternative" if row.id in ("N07", "N08", "N20") else "exemption"
                self._suppress(verdict, row.id, step, hit.own, hit.source, hit.words)
                return True
        return False

    def _suppress(
        self,
        verdict: Verdict,
        code: str,
        step: str,
        own: tuple[int, int] | None = None,
        source: Span | None = None,
        words: str = "",
    ) -> Verdict:
        row = self._look_alikes[code]
        verdict.code, verdict.reason = code, row.why
        sign = f" Dấu hiệu: «{words.strip()}»." if words.strip() else ""
        verdict.steps.append(Step(step, f"{row.name} ({code}): {row.why}{sign}", own, source))
        return verdict

    def _weigh(self, scene: _Scene, category: Category, verdict: Verdict) -> Verdict:
        trigger = verdict.trigger
        variant = self._variant(scene, category, trigger)
        if variant:
            verdict.category = variant
            target = self._categories[variant]
            verdict.steps.append(Step("trigger", f"Xếp vào {variant}: {target.name}."))
            if self._excepted(scene, variant, verdict):
                return verdict
        kind = self._categories[verdict.category].kind
        if kind == "paper":
            demand = scene.demand(trigger, category, self._modality.headings)
            if demand is None and not category.show_mentions:
                return self._mentioned(scene, category, verdict)
            demand = demand or _ONLY_NAMED
            verdict.steps.append(
                Step("modality", f"Cách đòi hỏi: {demand.sentence}", demand.own, demand.source)
            )
        else:
            verdict.steps.append(
                Step(
                    "modality",
                    "Cách đòi hỏi: chính từ ngữ này đặt ra yêu cầu.",
                    (trigger.start, trigger.end),
                )
            )
        verdict.steps.append(
            Step(
                "exemption",
                "Không thấy quy định miễn nộp, cấm yêu cầu hoặc ngoại lệ trong đoạn này.",
            )
        )
        return verdict

    def _mentioned(self, scene: _Scene, category: Category, verdict: Verdict) -> Verdict:
        trigger = verdict.trigger
        words = scene.passage.text[trigger.start : trigger.end]
        if category.otherwise in self._categories:
            if _OLD_NAME.search(words):
                verdict.category = category.otherwise
                verdict.steps.append(
                    Step(
                        "modality", "Không thấy lời đòi nộp hay xuất trình; chỉ còn là tên gọi cũ."
                    )
                )
                self._excepted(scene, verdict.category, verdict)
                return verdict
            return self._suppress(verdict, "N24", "modality")
        return self._suppress(verdict, category.otherwise, "modality")

    def _variant(self, scene: _Scene, category: Category, trigger: Trigger) -> str:
        return next((v.id for v in category.variants if scene.is_variant(v, trigger)), "")


@dataclass(frozen=True, slots=True)
class _Hit:
    words: str
    own: tuple[int, int] | None = None
    source: Span | None = None


class _Scene:
    """One passage under judgement, with its parts cut out once."""

    def __init__(
        self,
        passage: Passage,
        act_text: ActText | None,
        cues: Iterable[Cue],
        dossier: re.Pattern[str],
        other: re.Pattern[str],
    ) -> None:
        self.passage = passage
        self.text = passage.text
        self._act_text = act_text
        noise = [(start, end) for label, start, end in cues if label == "noise"]
        self._cues = [
            (label, start, end)
            for label, start, end in cues
            if label != "noise" and not any(a <= start and end <= b for a, b in noise)
        ]
        self._dossier_pattern, self._other_pattern = dossier, other
        self._stem: tuple[Span | None, str] | None = None

    # -- look-alikes -----------------------------------------------------------------------

    def match(self, rule: Rule, trigger: Trigger) -> _Hit | None:
        """Where the rule's cue stands, seen from the hit; None where it does not."""
        scope = rule.scope
        if scope == "before":
            window = max(0, trigger.start - 90)
            found = rule.cue.search(self.text[window : trigger.start])
            if found and not (rule.unless and rule.unless.search(found.group())):
                return _Hit(found.group(), own=(window + found.start(), window + found.end()))
            return None
        if scope == "after":
            found = rule.cue.match(self.text[trigger.end : trigger.end + 90])
            if not found:
                return None
            return _Hit(found.group(), own=(trigger.end, trigger.end + found.end()))
        if scope in ("clause", "sentence", "own"):
            start, end = self._part(scope, trigger)
            part = self.text[start:end]
            found = rule.cue.search(part)
            if found and not (rule.unless and rule.unless.search(part)):
                return _Hit(found.group(), own=(start + found.start(), start + found.end()))
            return None
        for text, span in self._outer(scope):
            found = rule.cue.search(text)
            if found and not (rule.unless and rule.unless.search(text)):
                return _Hit(found.group(), source=span)
        return None

    def _part(self, scope: str, trigger: Trigger) -> tuple[int, int]:
        if scope == "own":
            return 0, len(self.text)
        cut = self.passage.clause if scope == "clause" else self.passage.sentence
        return cut(trigger.start, trigger.end)

    def _outer(self, scope: str) -> list[tuple[str, Span | None]]:
        if scope == "stem":
            return [(stem.text, stem.span) for stem in self.passage.stems if not stem.heading]
        if scope == "heading":
            spans = [stem.span for stem in self.passage.stems if stem.heading]
            return [(self.passage.heading, spans[-1] if spans else None)]
        if self._act_text is None:
            return []
        if scope == "dieu":
            dieu = self._act_text.act.provisions[self.passage.dieu]
            return [(self._act_text.dieu_text(self.passage.dieu), Span(dieu.start, dieu.end))]
        head = self._act_text.act.head
        return [(fold(head.title if scope == "title" else head.number), None)]

    # -- variants --------------------------------------------------------------------------

    def is_variant(self, variant: Variant, trigger: Trigger) -> bool:
        """Whether every test of the variant holds for the hit."""
        before = self.text[max(0, trigger.start - 90) : trigger.start]
        start, end = self.passage.clause(trigger.start, trigger.end)
        nearest = self.passage.stems[0].text if self.passage.stems else ""
        return not (
            (variant.before and not variant.before.search(before))
            or (variant.after and not variant.after.match(self.text[trigger.end :]))
            or (variant.clause and not variant.clause.search(self.text[start:end]))
            or (variant.stem and not variant.stem.search(nearest))
            or (variant.own and not variant.own.search(self.text[trigger.start : trigger.end]))
            or (variant.unless and variant.unless.search(self.text[start:end]))
            or (variant.alternative and not self._alternative(trigger))
            or (variant.own_permit and not self.renews(_first_words(self.text, trigger)))
        )

    def renews(self, permit: str) -> bool:
        """Whether the Điều or the list is about renewing or changing ``permit``."""
        texts = [self.passage.heading, *(stem.text for stem in self.passage.stems)]
        return any(
            permit in text and re.search(_RENEWAL + re.escape(permit), text) for text in texts
        )

    def asks_back(self, trigger: Trigger) -> bool:
        """Whether the issuer asks for its own paper: it opens an item (or stands right behind a
        verb that asks) where that paper, or the activity under it, is renewed or ended."""
        lead = self.text[self.passage.body : trigger.start]
        if lead.strip() and not _ASKED.search(lead):
            return False
        if self.renews(trigger.own):
            return True
        original = self.text.startswith(("bản chính", "bản gốc"), trigger.start)
        texts = [self.passage.heading, *(stem.text for stem in self.passage.stems)]
        return original and any(_RENEWED.search(text) for text in texts)

    def _alternative(self, trigger: Trigger) -> bool:
        start, end = self.passage.clause(trigger.start, trigger.end)
        nearest = self.passage.stems[0].text if self.passage.stems else ""
        return bool(
            _ONE_OF.search(self.text[start : trigger.start])
            or _ONE_OF.search(nearest)
            or _OR_AFTER.match(self.text[trigger.end : end])
            or _OR_BEFORE.search(self.text[start : trigger.start])
        )

    # -- modality --------------------------------------------------------------------------

    def demand(
        self, trigger: Trigger, category: Category, headings: re.Pattern[str]
    ) -> Demand | None:
        """Why the paper must be handed in or shown; None where it is only mentioned."""
        words = self.text[trigger.start : trigger.end]
        if _COPY_HEAD.match(words):
            return Demand("nói rõ bản giấy tờ phải nộp.", (trigger.start, trigger.end))
        found = _COPY_AFTER.match(self.text[trigger.end :]) or _DEMAND_AFTER.match(
            self.text[trigger.end :]
        )
        if found:
            end = trigger.end + found.end()
            cased = self.passage.cased[trigger.end : end].strip(" :(")
            return Demand(f"«{cased}».", (trigger.end, end))
        return (
            self._own_demand(trigger, category)
            or self._copy_before(trigger)
            or self._inline_list(trigger)
            or self._stem_demand(trigger)
            or self._heading_demand(trigger, headings)
            or self._bare_item(trigger)
        )

    def _own_demand(self, trigger: Trigger, category: Category) -> Demand | None:
        first, _ = self.passage.sentence(trigger.start, trigger.end)
        for label, start, end in reversed(self._cues):
            # «phải có» may share its «có» with the hit: «phải [có xác nhận của …]».
            if not first <= start < trigger.start:
                continue
            between = self.text[end : trigger.start]
            if label == "have" and (not category.have_is_demand or len(between) > 120):
                continue
            if label == "list" and not _DOSSIER_WORD.search(self.text[first:start]):
                continue
            if label == "weak" and len(between) > _NEAR:
                continue
            if label in ("demand", "list", "weak", "have"):
                return Demand(
                    f"«{self.passage.cased[start:end]}» đứng trước giấy tờ.", (start, end)
                )
        return None

    def _copy_before(self, trigger: Trigger) -> Demand | None:
        """«01 bản sao có đóng dấu của …»: the form of a copy that has to be handed in."""
        window = max(self.passage.clause(trigger.start, trigger.end)[0], trigger.start - 40)
        found = _COPY_HEAD.search(self.text[window : trigger.start])
        if trigger.category[0] != "F" or not found:
            return None
        span = (window + found.start(), window + found.end())
        return Demand(f"«{self.passage.cased[span[0] : span[1]]}».", span)

    def _inline_list(self, trigger: Trigger) -> Demand | None:
        """«Bản sao giấy tờ chứng minh …: A, B hoặc C» within one sentence."""
        first, _ = self.passage.sentence(trigger.start, trigger.end)
        lead = self.text[first : trigger.start]
        found = _last(self._dossier_pattern, lead) if ":" in lead else None
        if found is None:
            return None
        span = (first + found.start(), first + found.end())
        words = self.passage.cased[span[0] : span[1]][-90:].strip()
        return Demand(f"chuỗi giấy tờ mở đầu bằng «{words}».", span)

    def _stem_demand(self, trigger: Trigger) -> Demand | None:
        if self._stem is None:
            self._stem = self._governing_stem()
        span, words = self._stem
        if not words:
            return None
        return Demand(f"danh sách mở đầu bằng «{words}».", source=span)

    def _governing_stem(self) -> tuple[Span | None, str]:
        for stem in self.passage.stems:
            tail = stem.text[-320:]
            if not tail.endswith(":"):
                if not stem.heading and _TITLE_STEM.match(stem.text):
                    return stem.span, stem.text[:90]
                continue
            dossier = _last(self._dossier_pattern, tail)
            other = _last(self._other_pattern, tail)
            if dossier and (other is None or dossier.end() >= other.end()):
                return stem.span, dossier.group()[-90:].strip()
            if other:
                return None, ""
        return None, ""

    def _heading_demand(self, trigger: Trigger, headings: re.Pattern[str]) -> Demand | None:
        passage = self.passage
        lead = self.text[passage.body : trigger.start]
        listed = any(stem.text.endswith(":") and not stem.heading for stem in passage.stems)
        if listed or not headings.search(passage.heading):
            return None
        if len(lead) > _ITEM_HEAD or _NOT_AN_ITEM.search(lead):
            return None
        spans = [stem.span for stem in passage.stems if stem.heading]
        return Demand(f"khoản của Điều «{passage.heading}».", source=spans[-1] if spans else None)

    def _bare_item(self, trigger: Trigger) -> Demand | None:
        """A list item that is nothing but the paper, in an Điều on papers or procedure."""
        body = self.text[self.passage.body :]
        if trigger.start > self.passage.body or len(body) > _BARE_ITEM:
            return None
        if not _PAPER_HEADING.search(self.passage.heading):
            return None
        listed = any(stem.text.endswith(":") for stem in self.passage.stems)
        return Demand("mục của danh sách chỉ nêu tên giấy tờ.") if listed else None


def _first_words(text: str, trigger: Trigger) -> str:
    """The paper's name without the words for copies before it."""
    words = text[trigger.start : trigger.end]
    head = _COPY_HEAD.match(words)
    return words[head.end() if head else 0 :].strip()


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(text):  # noqa: B007 - the last match is wanted
        pass
    return found
