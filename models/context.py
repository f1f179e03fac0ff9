"""The decision on one wording hit: look-alike, mention, or something a person must hand in.

The order is that of DOMAIN 2.2: mask, look-alikes (in file order), then modality. Every step that
decided is kept as a sentence a lawyer can read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from models.catalogue import Catalogue
from models.demand import Demand, DemandReader
from models.look_alike import LookAlike, Rule
from models.passage import ActText, Passage
from models.records import Span
from models.requirement import Category
from models.scene import COPY_HEAD, Cue, Scene
from models.trigger import Trigger


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
    by_cue: bool = False  # a cue right beside the words decided
    steps: list[Step] = field(default_factory=list)


_ONLY_NAMED = Demand(
    "không thấy động từ đòi nộp trong đoạn; nêu ra vì giấy tờ này đã bị bãi bỏ, đề nghị xem."
)
_NAMED_ONLY = ("N23", "N24")
_OLD_NAME = re.compile(r"chứng minh nhân dân|chứng minh thư|cmnd|cmt(?:nd)?|căn cước công dân|cccd")


# «cấp chứng chỉ A hoặc chứng chỉ B»: what is said of the first is said of the second.
_COORDINATED = re.compile(
    r"(?:(?: (?!và|hoặc)[^.;:(),]{1,30})?,"
    r"|(?:(?!kèm|nộp|gồm|phải|xuất trình)[^.;:(),]){0,60}(?:và|hoặc|/)) ?(?:các |loại )*"
)


def _coordinate(scene: Scene, verdicts: Sequence[Verdict], trigger: Trigger) -> Verdict | None:
    """The paper before ``trigger`` that it is coordinated with, where that one is only named."""
    before = [v for v in verdicts if v.trigger.end <= trigger.start]
    if not before or COPY_HEAD.match(scene.text, trigger.start):
        return None
    last = before[-1]
    joined = _COORDINATED.fullmatch(scene.text[last.trigger.end : trigger.start])
    same = last.trigger.category == trigger.category
    return last if same and joined and last.by_cue and last.code in _NAMED_ONLY else None


def _span_of(trigger: Trigger) -> tuple[int, int]:
    return trigger.start, trigger.end


class Judge:
    """Decides on hits with the catalogue's look-alikes and modality rules."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._categories = catalogue.categories
        self._look_alikes = catalogue.look_alikes
        self._demands = DemandReader(catalogue.modality)
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
        scene = Scene(passage, act_text, cues)
        # A permit's name alone is no hit: only the Điều on its renewal makes it one.
        hits = [trigger for trigger in triggers if not trigger.own or scene.asks_back(trigger)]
        verdicts: list[Verdict] = []
        for trigger in hits:
            verdict = self._decide(scene, trigger, masks)
            if not verdict.code and (twin := _coordinate(scene, verdicts, trigger)):
                self._suppress(verdict, twin.code, "exemption", _span_of(twin.trigger))
            verdicts.append(verdict)
        return verdicts

    def _decide(self, scene: Scene, trigger: Trigger, masks: Sequence[Cue]) -> Verdict:
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
        # Which requirement it is comes first: a definition excepts a book asked for, not a book
        # that decides who benefits (A4).
        if variant := self._variant(scene, category, trigger):
            verdict.category = variant
            name = self._categories[variant].name
            verdict.steps.append(Step("trigger", f"Xếp vào {variant}: {name}."))
        if self._excepted(scene, verdict.category, verdict):
            return verdict
        return self._weigh(scene, category, verdict)

    def _excepted(self, scene: Scene, category: str, verdict: Verdict) -> bool:
        """Try the look-alike rules of ``category`` in file order; the first that fits decides."""
        for row, rule in self._rules[category]:
            hit = scene.match(rule, verdict.trigger)
            if hit is not None:
                step = "alternative" if row.id in ("N07", "N08", "N20") else "exemption"
                self._suppress(verdict, row.id, step, hit.own, hit.source, hit.words)
                if rule.scope == "number" and rule.note:
                    mark = rule.mark_of(hit.words)
                    verdict.steps[-1].outcome += f" Nhận theo số hiệu ({mark}): {rule.note}."
                verdict.by_cue = rule.scope == "before"
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

    def _weigh(self, scene: Scene, category: Category, verdict: Verdict) -> Verdict:
        trigger = verdict.trigger
        kind = self._categories[verdict.category].kind
        if kind == "paper":
            demand = self._demands.read(scene, trigger, category)
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

    def _mentioned(self, scene: Scene, category: Category, verdict: Verdict) -> Verdict:
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

    def _variant(self, scene: Scene, category: Category, trigger: Trigger) -> str:
        return next((v.id for v in category.variants if scene.is_variant(v, trigger)), "")
