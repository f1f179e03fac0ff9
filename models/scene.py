"""What stands around a hit: the places where a look-alike's cue or a variant's sign may stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.text import fold
from models.look_alike import Rule
from models.passage import ActText, Passage
from models.records import Span
from models.requirement import Variant
from models.trigger import Trigger

Cue = tuple[str, int, int]  # label, start, end in the passage

COPY_HEAD = re.compile(
    r"(?:\d+ |một |hai )?(?:bản (?:sao|chụp|photo|phô|phôtô|chính|gốc|scan|chứng thực)"
    r"|sao y|photo|phô ?tô)"
)
_ONE_OF = re.compile(
    r"một trong (?:(?:các|những|số|hai|ba|bốn|0?[2-9]) ?)?(?:loại )?"
    r"(?:giấy|văn bản|tài liệu|chứng từ)"
)
# The «hoặc» between two kinds of copy does not make the paper itself optional; «hoặc bản sao giấy
# khai sinh» does.
_OR_AFTER = re.compile(
    r"(?:(?! và )[^.;]){0,70}?(?:\bhoặc(?: là)?|/) ?"
    r"(?:(?!bản (?:sao|chính|chụp))\w|bản (?:sao|chính|chụp) (?:giấy|quyết định|trích lục|thẻ|sổ))"
)
_OR_BEFORE = re.compile(
    r"(?<!đối chiếu )(?<!chứng thực )(?<!bản chính )(?<!bản gốc )hoặc[^.;,]{0,25}$"
)
# «bản sao sổ hộ khẩu ghi rõ quan hệ; hoặc bản sao giấy khai sinh»: the choice may follow a
# semicolon. «(ở nơi đã có hộ khẩu); hoặc …» is a fallback for other places, no choice.
_OR_NEXT = re.compile(r"(?:(?!ở nơi)[^.:]){0,180}; ?hoặc(?: là)? ")
# «Cấp lại, đổi, gia hạn … giấy phép X»: whoever demands X there demands the issuer's own paper.
_RENEWAL = (
    r"(?:cấp lại|cấp đổi|đổi|gia hạn|sửa đổi|bổ sung|điều chỉnh|thay đổi|chấm dứt|phục hồi"
    r"|(?:xác nhận|kiểm tra) h[àằ]ng năm)"
    r"[^.;:]{0,60}"
)
_RENEWED = re.compile(
    r"cấp lại|cấp đổi|gia hạn|sửa đổi|điều chỉnh|chấm dứt|tạm ngừng|trả lại|giải thể|hợp nhất"
    r"|sáp nhập"
)


@dataclass(frozen=True, slots=True)
class Hit:
    words: str
    own: tuple[int, int] | None = None
    source: Span | None = None


class Scene:
    """One passage under judgement, with its parts cut out once."""

    def __init__(
        self,
        passage: Passage,
        act_text: ActText | None,
        cues: Iterable[Cue],
    ) -> None:
        self.passage = passage
        self.text = passage.text
        self._act_text = act_text
        noise = [(start, end) for label, start, end in cues if label == "noise"]
        self.cues = [
            (label, start, end)
            for label, start, end in cues
            if label != "noise" and not any(a <= start and end <= b for a, b in noise)
        ]

    # -- look-alikes -----------------------------------------------------------------------

    def match(self, rule: Rule, trigger: Trigger) -> Hit | None:
        """Where the rule's cue stands, seen from the hit; None where it does not."""
        scope = rule.scope
        if rule.unless_stem and any(rule.unless_stem.search(s.text) for s in self.passage.stems):
            return None
        if scope == "before":
            window = max(0, trigger.start - 90)
            found = rule.cue.search(self.text[window : trigger.start])
            if found and not (rule.unless and rule.unless.search(found.group())):
                return Hit(found.group(), own=(window + found.start(), window + found.end()))
            return None
        if scope == "after":
            found = rule.cue.match(self.text[trigger.end : trigger.end + 90])
            if not found:
                return None
            return Hit(found.group(), own=(trigger.end, trigger.end + found.end()))
        if scope in ("hit", "clause", "sentence", "own"):
            start, end = self._part(scope, trigger)
            part = self.text[start:end]
            found = rule.cue.search(part)
            if found and not (rule.unless and rule.unless.search(part)):
                return Hit(found.group(), own=(start + found.start(), start + found.end()))
            return None
        for text, span in self._outer(scope):
            found = rule.cue.search(text)
            if found and not (rule.unless and rule.unless.search(text)):
                return Hit(found.group(), source=span)
        return None

    def _part(self, scope: str, trigger: Trigger) -> tuple[int, int]:
        if scope == "own":
            return 0, len(self.text)
        if scope == "hit":
            return trigger.start, trigger.end
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
            or (variant.own_permit and not self.renews(self.paper_name(trigger)))
        )

    def renews(self, permit: str) -> bool:
        """Whether the Điều or the list is about renewing or changing ``permit``.

        «Thay đổi nội dung đăng ký hoạt động» is about the «giấy đăng ký hoạt động» too.
        """
        texts = [self.passage.heading, *(stem.text for stem in self.passage.stems)]
        names = {permit, permit[max(0, permit.find("đăng ký ")) :]}
        return any(
            name in text and re.search(_RENEWAL + re.escape(name), text)
            for text in texts
            for name in names
        )

    def asks_back(self, trigger: Trigger) -> bool:
        """Whether the issuer asks for its own paper: that paper, or the activity under it, is
        renewed or ended here."""
        if self.renews(trigger.own):
            return True
        original = self.text.startswith(("bản chính", "bản gốc"), trigger.start)
        original = original or self.text.endswith("nộp lại ", 0, trigger.start)
        texts = [self.passage.heading, *(stem.text for stem in self.passage.stems)]
        return original and any(_RENEWED.search(text) for text in texts)

    def _alternative(self, trigger: Trigger) -> bool:
        start, end = self.passage.clause(trigger.start, trigger.end)
        nearest = self.passage.stems[0].text if self.passage.stems else ""
        first, _ = self.passage.sentence(trigger.start, trigger.end)
        return bool(
            _ONE_OF.search(self.text[first : trigger.start])
            or _ONE_OF.search(nearest)
            or _OR_AFTER.match(self.text[trigger.end : end])
            or _OR_BEFORE.search(self.text[start : trigger.start])
            or _OR_NEXT.match(self.text[trigger.end :])
        )

    def paper_name(self, trigger: Trigger) -> str:
        """The paper's name without the words for copies before it."""
        words = self.text[trigger.start : trigger.end]
        head = COPY_HEAD.match(words)
        return words[head.end() if head else 0 :].strip()
