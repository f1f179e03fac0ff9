"""Whether a paper is demanded, and by which words: verbs, copies, list stems, headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.modality import ModalityRules
from models.records import Span
from models.requirement import Category
from models.scene import COPY_HEAD, Scene
from models.trigger import Trigger


@dataclass(frozen=True, slots=True)
class Demand:
    """Why a paper counts as demanded."""

    sentence: str
    own: tuple[int, int] | None = None
    source: Span | None = None


# «Giấy …: 01 bản sao», «Giấy … (bản sao có chứng thực)»
_COPY_AFTER = re.compile(
    r"[^.;:]{0,90}?(?:: ?(?:\d+|một|hai)(?: \([^)]*\))? bản"
    r"|\((?:\d+ )?(?:bản (?:sao|chụp|photo|chính|gốc)|có chứng thực|photo|sao y|kèm theo bản))"
)
# «… giấy khai sinh để đối chiếu», «… phải được nộp kèm»
_DEMAND_AFTER = re.compile(
    r"[^.;:,]{0,60}? (?:để (?:đối chiếu|kiểm tra|chứng minh)|phải được (?:nộp|xuất trình|gửi kèm))"
)
_ITEM_HEAD = 70  # a khoản that names a paper this early is an item of the dossier
_BARE_ITEM = 140
# «Danh sách và bản tóm tắt lý lịch …»: the list of the persons stands before their papers.
_LEAD = re.compile(r"danh sách(?: [^.;:,]{1,40})?(?:,| và| kèm) ?")
_PHOTOS = re.compile(
    r"(?:\d+|một|hai|ba|bốn) (?:\([^)]{1,8}\) )?(?:tấm )?ảnh(?: \w+){0,4} ?\(?[2-6] ?(?:cm)? ?x"
)
_CLAUSE = re.compile(r"(?<!\w)(?:không|phải|thì|bị|đang|là)(?!\w)")
_PAPER_HEADING = re.compile(r"hồ sơ|thủ tục|giấy tờ|xuất trình|đề nghị|yêu cầu cấp")
_NOT_AN_ITEM = re.compile(
    r"có trách nhiệm|trong thời hạn|sau khi|cơ quan|trường hợp|khi |được (?:cấp|giao)|căn cứ"
)
_NEAR_COPY = 45
# «bản sao quyết định bổ nhiệm, hợp đồng và [giấy khai sinh]»: one copy word, several papers. What
# an agency issues, or what the paper is only held against, ends the series.
_SERIES = re.compile(
    r"(?<!cấp )(?<!nhận )(?<!lưu )(?<!giữ )(?<!trả )(?<!giao )(?<!theo )"
    + COPY_HEAD.pattern
    + r"(?:(?! (?:(?<!được )(?<!đã )cấp|theo(?! (?:cha|mẹ|quy định|mẫu))|căn cứ|để|đối chiếu"
    r"|phải|thì|nếu|khi|lưu|trả|trong|trên|ghi|không|(?<!chứng )(?<!xác )nhận) )"
    r"(?:[^.;:()]|\([^()]*\))){2,160}?"
    r"(?:,|/| hoặc| và| cùng(?: với)?)(?: thẻ| giấy| các| bản| hoặc)* ?$"
)
# «gửi Ủy ban nhân dân cấp xã [bản sao …]»: whom the papers go to, no agency that acts.
_RECEIVER = re.compile(r"(?:gửi|nộp|cung cấp|chuyển)(?: cho| đến| tới| về)? [^.;:,]{0,60}$")
# Between «bản sao» and the paper: words that make the copy one of something else.
_OTHER_PAPER = re.compile(r"cấp|theo|quyết định|hợp đồng|đối chiếu|[,]")
# «Giấy phép được gia hạn …»: the item tells what becomes of the paper, it does not ask for it.
_PREDICATE = re.compile(
    r"(?:,? (?!đã)[^.;:()]{1,50})??(?: chỉ)? (?:được"
    r" (?:gia hạn|cấp lại|cấp đổi|điều chỉnh|sửa đổi|thay đổi)|có thời hạn|phải còn|sẽ)(?!\w)"
)
# «Cơ quan … tổng hợp và gửi …», «Đoàn luật sư … gửi giấy giới thiệu»: an agency acts, no applicant.
_AGENCY_ACTS = re.compile(
    r"(?:cơ quan(?!, (?:đơn vị|tổ chức))|(?<!cơ )(?<!trụ )sở|ủy ban nhân dân|ubnd|bảo hiểm xã hội"
    r"|bhxh|chi cục|cục|công an|kho bạc|ban chủ nhiệm|đoàn luật sư|hội đồng|tổng cục|chủ tịch)"
    r"(?:(?!người|cá nhân|tổ chức|doanh nghiệp|thương nhân|công ty|chủ (?!tịch)|thân nhân|phải)"
    r"[^.;]){0,120}$"
)
_AGENCY_OPENS = re.compile(r"cơ quan(?!,)|sở |ủy ban nhân dân|tòa án|viện kiểm sát|cục |chi cục ")
# «… giấy ủy quyền phải có xác nhận của …», «phải lập thành giấy ủy quyền»: its form is laid down.
_FORM_AFTER = re.compile(
    r"[^.;:,]{0,40} phải (?:có|được)[^.;:,]{0,30}? (?:xác nhận|công chứng|chứng thực|dấu)"
)
_FORM_BEFORE = re.compile(r"phải (?:được )?lập (?:thành )?$")
# «Hồ sơ đề nghị … được lập thành 01 bộ, có đóng dấu giáp lai»: said of the dossier itself.
_OF_DOSSIER = re.compile(r"hồ sơ [^.;]{0,160}$")
# «… đóng dấu xác nhận của cơ sở đề nghị»: whose seal it is tells that the paper is handed in.
_APPLICANT = re.compile(
    r"(?:của|được) (?:thương nhân|doanh nghiệp|tổ chức|cơ sở|công ty|đơn vị)(?:, cá nhân)?"
    r" (?:đề nghị|đăng ký|nộp|xin)"
)
_NEAR = 30  # characters between «gửi», «cung cấp» and the paper they ask for
_DOSSIER_WORD = re.compile(r"hồ sơ|giấy tờ|tài liệu|đơn |văn bản đề nghị|thủ tục|bản khai")
# «2. Hồ sơ cấp lại thẻ» without a colon still opens the list below it.
_TITLE_STEM = re.compile(
    r"\S{1,4} (?:hồ sơ|thành phần hồ sơ|giấy tờ|thành phần, số lượng hồ sơ)"
    r"(?:(?! có trách nhiệm)[^.;]){0,160}$"
)


class DemandReader:
    """Reads demands with the modality rules of the catalogue."""

    def __init__(self, rules: ModalityRules) -> None:
        self._rules = rules

    def read(self, scene: Scene, trigger: Trigger, category: Category) -> Demand | None:
        """Why the paper must be handed in or shown; None where it is only mentioned."""
        words = scene.text[trigger.start : trigger.end]
        if COPY_HEAD.match(words):
            return Demand("nói rõ bản giấy tờ phải nộp.", (trigger.start, trigger.end))
        found = _COPY_AFTER.match(scene.text[trigger.end :]) or _DEMAND_AFTER.match(
            scene.text[trigger.end :]
        )
        if found:
            end = trigger.end + found.end()
            cased = scene.passage.cased[trigger.end : end].strip(" :(")
            return Demand(f"«{cased}».", (trigger.end, end))
        return (
            _own_demand(scene, trigger, category)
            or _copy_before(scene, trigger)
            or self._inline_list(scene, trigger)
            or self._sealed(scene, trigger)
            or _of_set_form(scene, trigger)
            or self._listed(scene, trigger)
        )

    def _sealed(self, scene: Scene, trigger: Trigger) -> Demand | None:
        """The applicant's seal, or one that the dossier must bear in an Điều about that dossier."""
        if trigger.category != "F3":
            return None
        if _APPLICANT.search(scene.text, trigger.start, trigger.end):
            return Demand("con dấu của người nộp hồ sơ.", (trigger.start, trigger.end))
        if not self._rules.headings.search(scene.passage.heading):
            return None
        found = _OF_DOSSIER.search(scene.text[: trigger.start])
        return Demand("nói về hồ sơ phải nộp.", found.span()) if found else None

    def _listed(self, scene: Scene, trigger: Trigger) -> Demand | None:
        """The paper is an item of a list, or a khoản under a heading, that asks for papers."""
        opens = not scene.text[scene.passage.body : trigger.start].strip()
        if opens and _PREDICATE.match(scene.text[trigger.end :]):
            return None
        return (
            self._stem_demand(scene)
            or self._heading_demand(scene, trigger)
            or _bare_item(scene, trigger)
        )

    def _inline_list(self, scene: Scene, trigger: Trigger) -> Demand | None:
        """«Bản sao giấy tờ chứng minh …: A, B hoặc C» within one sentence."""
        first, _ = scene.passage.sentence(trigger.start, trigger.end)
        lead = scene.text[first : trigger.start]
        found = _last(self._rules.dossier, lead) if ":" in lead else None
        if found is None:
            return None
        span = (first + found.start(), first + found.end())
        words = scene.passage.cased[span[0] : span[1]][-90:].strip()
        return Demand(f"chuỗi giấy tờ mở đầu bằng «{words}».", span)

    def _stem_demand(self, scene: Scene) -> Demand | None:
        span, words = self._governing_stem(scene)
        return Demand(f"danh sách mở đầu bằng «{words}».", source=span) if words else None

    def _governing_stem(self, scene: Scene) -> tuple[Span | None, str]:
        for stem in scene.passage.stems:
            tail = stem.text[-320:]
            if not tail.endswith(":"):
                if not stem.heading and _TITLE_STEM.match(stem.text):
                    return stem.span, stem.text[:90]
                continue
            if self._rules.never.search(tail):
                return None, ""
            dossier = _last(self._rules.dossier, tail)
            other = _last(self._rules.other, tail)
            if dossier and (other is None or dossier.end() >= other.end()):
                return stem.span, dossier.group()[-90:].strip()
            if other:
                return None, ""
        return None, ""

    def _heading_demand(self, scene: Scene, trigger: Trigger) -> Demand | None:
        passage = scene.passage
        lead = scene.text[passage.body : trigger.start]
        listed = any(stem.text.endswith(":") and not stem.heading for stem in passage.stems)
        if listed or not self._rules.headings.search(passage.heading):
            return None
        if len(lead) > _ITEM_HEAD or _NOT_AN_ITEM.search(lead):
            return None
        spans = [stem.span for stem in passage.stems if stem.heading]
        return Demand(f"khoản của Điều «{passage.heading}».", source=spans[-1] if spans else None)


def _of_set_form(scene: Scene, trigger: Trigger) -> Demand | None:
    """An authorisation of which the rule says in what form it must be given."""
    if trigger.category != "F10":
        return None
    found = _FORM_AFTER.match(scene.text, trigger.end)
    found = found or _FORM_BEFORE.search(scene.text, 0, trigger.start)
    return Demand("quy định hình thức bắt buộc của giấy này.", found.span()) if found else None


def _own_demand(scene: Scene, trigger: Trigger, category: Category) -> Demand | None:
    first, _ = scene.passage.sentence(trigger.start, trigger.end)
    for label, start, end in reversed(scene.cues):
        # «phải có» may share its «có» with the hit: «phải [có xác nhận của …]».
        if not first <= start < trigger.start:
            continue
        between = scene.text[end : trigger.start]
        if label == "have" and (not category.have_is_demand or len(between) > 120):
            continue
        if label == "list" and not _DOSSIER_WORD.search(scene.text[first:start]):
            continue
        if label == "weak" and (
            len(between) > _NEAR
            or (scene.text[start:end] != "mang" and _AGENCY_ACTS.search(scene.text[first:start]))
        ):
            continue
        if label in ("demand", "list", "weak", "have"):
            return Demand(f"«{scene.passage.cased[start:end]}» đứng trước giấy tờ.", (start, end))
    return None


def _copy_before(scene: Scene, trigger: Trigger) -> Demand | None:
    """«01 bản sao có chứng thực: …», «bản sao có đóng dấu của …»: the copy to hand in."""
    clause = scene.passage.clause(trigger.start, trigger.end)[0]
    if (series := _series(scene, trigger, clause)) is not None:
        return Demand(f"«{scene.passage.cased[series[0] : series[1]].strip()}».", series)
    window = max(clause, trigger.start - _NEAR_COPY)
    found = COPY_HEAD.search(scene.text[window : trigger.start])
    if not found or _OTHER_PAPER.search(scene.text[window + found.end() : trigger.start]):
        return None
    span = (window + found.start(), window + found.end())
    return Demand(f"«{scene.passage.cased[span[0] : span[1]]}».", span)


def _series(scene: Scene, trigger: Trigger, clause: int) -> tuple[int, int] | None:
    """Where «bản sao A, B và» begins and ends that the paper closes, and no agency sends it."""
    found = _SERIES.search(scene.text[clause : trigger.start])
    if not found or (trigger.category[0] == "F" and trigger.category != "F10"):
        return None
    sentence, _ = scene.passage.sentence(trigger.start, trigger.end)
    opens = scene.passage.body if sentence <= scene.passage.body else sentence
    lead = _RECEIVER.sub("", scene.text[clause : clause + found.start()])
    if _AGENCY_OPENS.match(scene.text, opens) or _AGENCY_ACTS.search(lead):
        return None
    return clause + found.start(), clause + found.end()


def _bare_item(scene: Scene, trigger: Trigger) -> Demand | None:
    """A list item that is nothing but the paper, in an Điều on papers or procedure."""
    body = scene.text[scene.passage.body :]
    if trigger.category[0] == "F" and trigger.category != "F10":
        return None
    lead = scene.text[scene.passage.body : trigger.start]
    if lead and not _LEAD.fullmatch(lead):
        return None
    if not lead and _PHOTOS.match(body):
        return Demand("mục của danh sách chỉ nêu ảnh phải nộp.")
    if len(body) > _BARE_ITEM or _CLAUSE.search(body):
        return None
    if not _PAPER_HEADING.search(scene.passage.heading):
        return None
    listed = any(stem.text.endswith(":") for stem in scene.passage.stems)
    return Demand("mục của danh sách chỉ nêu tên giấy tờ.") if listed else None


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(text):  # noqa: B007 - the last match is wanted
        pass
    return found
