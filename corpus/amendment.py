"""What an amending act does: one ``AmendOp`` for each unit, phrase or form it touches (DOMAIN 4.4).

Read from the tree: the stem («Sửa đổi, bổ sung khoản 2 Điều 5 như sau:») says what is touched, its
quoted children are the new text, the units above it name the act.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Literal

from corpus.footnote import is_consolidated
from corpus.listed import listed_acts
from corpus.phrase import Part, outside_quotes, phrase_changes, places_in
from corpus.records import Act, Provision
from corpus.reference import join_paths, unit_lists
from corpus.stem import outer_of, stem_targets, without_history
from corpus.target import NumbersOfLaws, act_named, act_of_title, acts_in, completed
from corpus.text import clean

Op = Literal[
    "sua_doi", "bo_sung", "sua_doi_bo_sung", "thay_the_cum_tu", "bo_sung_cum_tu", "bai_bo",
    "bai_bo_cum_tu", "thay_mau", "bai_bo_toan_bo", "ngung_hieu_luc",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class AmendOp:
    """One change to one unit of one act."""

    op: Op
    provision: str  # path of the amending unit
    target_act: str  # official number; "" where neither the unit nor those above it name one
    target_path: str  # "" for the whole act, "phu-luc" for all its annexes
    new_text: str = ""  # without the quotation marks
    phrase_old: str = ""  # for an added phrase the words it is put beside
    phrase_new: str = ""
    new_form: str = ""  # path of the form that replaces the target («thành Mẫu số 28»)
    part: Part = ""  # what of the target is meant: all of it, its title, its own words
    before: bool = False  # an added phrase goes before ``phrase_old``


_LABEL = re.compile(r"^(?:Điều\s+\w+\s*[.:]?|\d+[a-zđ]?\s*[.)]|[a-zđ]\d?\s*\)|[-+*])\s*")
_REPEAL = re.compile(r"(?:[Bb]ãi\s+bỏ|[Hh]ủy\s+bỏ|[Bb]ỏ)\s")
_LISTS_BELOW = re.compile(r":\s*$")
_WHOLE = re.compile(r"[Bb]ãi\s+bỏ\s+(?:toàn\s+bộ\s+)?(?:các\s+)?(?:Luật|Nghị|Thông|Quyết|Pháp|Chỉ)")
_PART = re.compile(r"một\s+phần|một\s+số\s+(?:điều|nội\s+dung|quy\s+định)")
_SUSPEND = re.compile(r"[Nn]gưng\s+hiệu\s+lực")
_NEW_TEXT_BELOW = re.compile(r"như\s+sau\s*:\s*$")
# «Bổ sung số thứ tự 6 vào sau số thứ tự 5 mục IV»: a row of a table, not the mục
_ANNEX = re.compile(r"(?:phu-luc|mau)-[^/]+")
_WHOLE_ANNEX = re.compile(
    r"(?:[Ss]ửa\s+đổi,?\s+bổ\s+sung|[Tt]hay\s+thế|[Ss]ửa\s+đổi)\s+(?:Phụ\s+lục|(?:Biểu\s+)?[Mm]ẫu)"
)
_ROW = re.compile(r"\bsố\s+thứ\s+tự\s+\d")
_NEW_FORM = re.compile(r"\s(?:thành|bằng)\s+(?=(?:các\s+)?(?:(?:Biểu\s+)?[Mm]ẫu|Phụ\s+lục))")
_OPENING = re.compile(r"^[“\"«‘']+\s*")
_CLOSING = re.compile(r"\s*[”\"»’']+\s*[.;,]?\s*$")
_VERBS: tuple[tuple[re.Pattern[str], Op], ...] = (
    (re.compile(r"[Ss]ửa\s+đổi\s*(?:,|và)\s*bổ\s+sung"), "sua_doi_bo_sung"),
    (re.compile(r"[Bb]ổ\s+sung"), "bo_sung"),
    (re.compile(r"[Ss]ửa\s+đổi|[Ss]ửa|[Tt]hay\s+thế|được\s+thay"), "sua_doi"),
)
# «Sửa đổi, bổ sung khoản 8 và bổ sung khoản 8a …»: the second verb governs what follows it.
_NEXT_VERB = re.compile(
    r"(?<!ửa đổi)(?<!ửa đổi )(?:,|;|\bvà)\s+(?=(?:bổ\s+sung|sửa\s+đổi|bãi\s+bỏ|bỏ)\s+"
    r"(?:các\s+)?(?:điểm|khoản|Điều|Mục|Chương)\s)"
)
# «… vào sau khoản 8 Điều 4»: where the new unit goes, itself untouched.
_BESIDE = re.compile(r"(?:vào\s+)?(?:ngay\s+)?(?:sau|trước)\s+(?=(?:điểm|khoản|Điều|Mục|Chương)\s)")
_OWN_WORDS = re.compile(
    r"\b(?:đoạn\s+(?:đầu|mở\s+đầu|dẫn)|câu\s+dẫn)\s+(?:của\s+)?(?:điểm|khoản|Điều)"
)
# «tiết c.3 điểm c khoản 3» is «điểm c.3 khoản 3» in a path
_TIET = re.compile(r"\btiết\s+(?P<number>[a-zđ]\.\d{1,2})\s+điểm\s+[a-zđ](?=\s)")
# «khoản la»: a letter read for the figure by machine
_LETTER_FOR_ONE = re.compile(r"(?<=khoản )l(?=[a-zđ]?\s)")


@dataclass(frozen=True)
class _Context:
    """What the units above have said."""

    act: str = ""
    repeals: bool = False  # «Bãi bỏ các quy định sau đây:» governs what is listed below
    named: Callable[[], Sequence[str]] = tuple

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The units named; read when asked for, since most acts amend nothing."""
        return tuple(self.named())


def amend_ops(act: Act) -> list[AmendOp]:
    """Return what ``act`` does to other acts, in document order; [] for an act that amends none."""
    ops: list[AmendOp] = []
    contexts: dict[int, _Context] = {}
    numbers = NumbersOfLaws(act)
    titled = _Context(act_of_title(act.head.title))
    for index, provision in enumerate(act.provisions):
        if provision.quoted or provision.level in ("phu-luc", "mau"):
            continue
        above = titled if provision.parent is None else contexts.get(provision.parent)
        if above is None:
            continue
        words = _LETTER_FOR_ONE.sub("1", clean(provision.text).text)
        target_act = completed(numbers.of(act_named(words)), above.act)
        body = _LABEL.sub("", words)
        lists = provision.level in ("khoan", "dieu") and _lists_repeals(words)
        own = _Context(target_act, lists, partial(_named_paths, act, provision, body, above))
        contexts[index] = own
        if not target_act or _amending_children(act, provision, above):
            continue
        if above.repeals and not _REPEAL.match(body):
            body = f"Bãi bỏ {body}"
        places = own.paths or above.paths
        ops += _phrase_ops(provision.path, body, target_act, places) or _ops_of(
            act, provision, body, target_act, list(own.paths)
        )
    return ops


def _named_paths(act: Act, provision: Provision, body: str, above: _Context) -> Sequence[str]:
    """Return what a stem names; an Điều that only introduces its units names nothing for them."""
    if provision.level == "dieu" and _amending_children(act, provision, above):
        return ()
    return _stem_paths(body, above)


def _stem_paths(words: str, above: _Context) -> list[str]:
    plain = _stem_words(words)
    outer = outer_of(above.paths)
    paths = stem_targets(plain, outer)
    beside = _BESIDE.search(plain)
    if beside and len(paths) > 1:
        for anchor in stem_targets(plain[beside.end() :], outer):
            if anchor in paths and len(paths) > 1:
                del paths[len(paths) - 1 - paths[::-1].index(anchor)]
    return paths


def _stem_words(words: str) -> str:
    """Return the words of a stem that say what is touched, same length where they say more."""
    plain = without_history(outside_quotes(words))
    return _TIET.sub(lambda match: f"điểm {match['number']}", plain)


def _lists_repeals(words: str) -> bool:
    body = _LABEL.sub("", words)
    return bool(_REPEAL.match(body) and _LISTS_BELOW.search(body))


def _amending_children(act: Act, provision: Provision, above: _Context) -> bool:
    """Whether units below carry the changes, so that this one only introduces them."""
    words = clean(provision.text).text
    lists = above.repeals or _lists_repeals(words)
    units = [
        act.provisions[child]
        for child in provision.children
        if not act.provisions[child].quoted and act.provisions[child].level in ("khoan", "diem")
    ]
    if not lists and _NEW_TEXT_BELOW.search(words) and len(_stem_paths(words, above)) == 1:
        # new text may speak of changes too («a) … Khi có thay đổi, bổ sung …»)
        return any(_says_change(unit.text) for unit in units)
    return any(lists or _is_amending(unit.text) for unit in units)


def _says_change(text: str) -> bool:
    words = _LABEL.sub("", clean(text[:400]).text)
    return bool(_REPEAL.match(words) or "như sau" in words or phrase_changes(words)) or any(
        pattern.match(words) for pattern, _ in _VERBS
    )


def _is_amending(text: str) -> bool:
    words = _LABEL.sub("", clean(text[:400]).text)
    if _REPEAL.match(words) or _SUSPEND.match(words):
        return True
    return any(pattern.search(words) for pattern, _ in _VERBS)


def _ops_of(
    act: Act, provision: Provision, words: str, target_act: str, paths: list[str]
) -> list[AmendOp]:
    path = provision.path
    where = paths or [""]
    if _SUSPEND.match(words):
        return [AmendOp("ngung_hieu_luc", path, target_act, target) for target in where]
    if _REPEAL.match(words):
        return _repeals(path, words, target_act, paths)
    forms = _form_ops(path, words, target_act)
    if forms:
        return forms
    quoted = [act.provisions[child] for child in provision.children if act.provisions[child].quoted]
    if not any(pattern.search(words[:200]) for pattern, _ in _VERBS) or not (
        quoted or ":" in words
    ):
        return []
    part = _part_meant(words)
    if not quoted:
        new_text = words.partition(":")[2].strip()
        if not new_text:
            return _unquoted_ops(act, provision, words, target_act, where)
        op = _verb(words[:200])
        return [
            AmendOp(op, path, target_act, target, _unquoted(new_text), part=part)
            for target in where
        ]
    return [
        AmendOp(_op_for(words, target), path, target_act, target, new_text, part=part)
        for target, new_text in _new_units(act, quoted, paths)
    ] + _repeals_beside(path, words, target_act, paths)


def _unquoted_ops(
    act: Act, stem: Provision, words: str, target_act: str, where: list[str]
) -> list[AmendOp]:
    """Read what stands below a stem without quotation marks, as tables and old circulars do."""
    text = _text_below(act, stem)
    if not text:
        return []
    path = stem.path
    if phrases := _phrase_ops(path, clean(text).text, target_act, tuple(where)):
        return phrases
    target = next(iter(_annexes(words.partition(":")[0])), where[0])
    part = _part_meant(words)
    if _ANNEX.fullmatch(target) and not _WHOLE_ANNEX.match(words):
        part = "hang"  # «mục 6.4.I.B của Phụ lục số 01»: not the whole annex
    if not target:
        return []
    return [AmendOp(_verb(words[:200]), path, target_act, target, _unquoted(text), part=part)]


def _text_below(act: Act, stem: Provision) -> str:
    """Return the unquoted text under a stem of an amending unit, "" for none."""
    above = act.provisions[stem.parent] if stem.parent is not None else stem
    opening = _LABEL.sub("", clean((above if stem.level == "doan" else stem).text[:400]).text)
    if not any(pattern.match(opening) for pattern, _ in _VERBS) or is_consolidated(act.raw.text):
        return ""
    below = stem.children
    if stem.level == "doan":
        below = [child for child in above.children if act.provisions[child].start >= stem.end]
    units = [act.provisions[child] for child in below]
    if not units or any(unit.quoted for unit in units):
        return ""
    return act.raw.text[units[0].start : units[-1].subtree_end].strip()


def _phrase_ops(path: str, words: str, target_act: str, places: tuple[str, ...]) -> list[AmendOp]:
    """``places``: where the units above say the words stand («… tại Điều 52, 53 như sau:»)."""
    general: list[tuple[str, Part]] = [(place, "") for place in places] or [("", "")]
    return [
        AmendOp(
            change.op, path, target_act, place, "", change.old, change.new,
            part=part, before=change.before,
        )
        for change in phrase_changes(words)
        for place, part in (general if change.places == (("", ""),) else change.places)
    ]  # fmt: skip


def _part_meant(words: str) -> Part:
    stem = words.partition(":")[0]
    if any(part == "ten" for _, part in places_in(stem)):
        return "ten"
    if _ROW.search(stem):
        return "hang"
    return "doan_dau" if _OWN_WORDS.search(stem) else ""


def _new_units(act: Act, quoted: list[Provision], paths: list[str]) -> list[tuple[str, str]]:
    """Return path and text of each quoted unit; the stem is right where they disagree.

    A heading printed only to show where a khoản stands («“Điều 10. Đánh giá … 2. Việc …”») is left
    out.
    """
    source = act.raw.text
    if len(paths) == 1 and all(unit.level == "doan" for unit in quoted):
        return [(paths[0], _unquoted(source[quoted[0].start : quoted[-1].subtree_end]))]
    units: list[tuple[str, str]] = []
    for place, unit in enumerate(quoted):
        inner = [p for p in paths if p.startswith(f"{unit.target}/")]
        below = [u for u in _descendants(act, unit) if u.target in inner]
        if below and unit.target not in paths:
            units += [(u.target, _text_of(source, u)) for u in below]
            continue
        target = unit.target
        if target not in paths:
            target = next((p for p in paths if p.endswith(f"/{target}")), "") or (
                paths[place] if _same_level(target, paths, place, len(quoted)) else target
            )
        units.append((target, _text_of(source, unit)))
    return units


def _same_level(target: str, paths: list[str], place: int, count: int) -> bool:
    """Whether the stem names as many units of this kind: «điểm b và điểm c», printed b) and e)."""
    if len(paths) != count:
        return False
    return [part.rpartition("-")[0] for part in target.split("/")] == [
        part.rpartition("-")[0] for part in paths[place].split("/")
    ]


def _descendants(act: Act, unit: Provision) -> list[Provision]:
    below = [act.provisions[child] for child in unit.children]
    return below + [inner for child in below for inner in _descendants(act, child)]


def _text_of(source: str, unit: Provision) -> str:
    return _unquoted(source[unit.start : unit.subtree_end])


def _verb(words: str) -> Op:
    """Return what the first verb of ``words`` says."""
    found = [(match.start(), name) for pattern, name in _VERBS if (match := pattern.search(words))]
    return min(found, key=lambda one: one[0])[1] if found else "sua_doi"


def _verb_groups(words: str) -> list[str]:
    """Split a stem where another verb takes over."""
    stem = words.partition(":")[0]
    starts = [0, *(match.end() for match in _NEXT_VERB.finditer(stem))]
    return [stem[a:b] for a, b in zip(starts, [*starts[1:], len(stem)], strict=True)]


def _heads(words: str) -> set[str]:
    """Return the last segments of the units that a part of a stem names, without their places."""
    plain = _BESIDE.split(words)[0]
    return {f"{unit.name}-{number}" for unit in unit_lists(plain) for number in unit.numbers}


def _op_for(words: str, target: str) -> Op:
    groups = _verb_groups(words)
    last = target.rpartition("/")[2]
    return _verb(next((group for group in groups if last in _heads(group)), groups[0])[:200])


def _repeals_beside(path: str, words: str, target_act: str, paths: list[str]) -> list[AmendOp]:
    """«Sửa đổi khoản 1 và bãi bỏ khoản 2 Điều 5 như sau»: the repealed ones."""
    ended = [_heads(group) for group in _verb_groups(words) if _REPEAL.match(group)]
    return [
        AmendOp("bai_bo", path, target_act, target)
        for target in paths
        if any(target.rpartition("/")[2] in heads for heads in ended)
    ]


def _unquoted(text: str) -> str:
    return _CLOSING.sub("", _OPENING.sub("", text.strip()))


def _repeals(path: str, words: str, target_act: str, paths: list[str]) -> list[AmendOp]:
    plain = outside_quotes(words)
    before_act = plain[: next((f.start for f in acts_in(plain)), len(plain))]
    targets = join_paths(unit_lists(before_act), before_act)
    if targets:
        if len(paths) == 1 and not targets[0].startswith(("dieu-", "mau-", "phu-luc-", "chuong-")):
            targets = paths
        return [AmendOp("bai_bo", path, target_act, target) for target in targets]
    if _PART.search(before_act):
        return []
    if _WHOLE.match(words):
        return [
            AmendOp("bai_bo_toan_bo", path, number.official, "")
            for number, unit in listed_acts(plain)
            if not unit
        ]
    return []


def _form_ops(path: str, words: str, target_act: str) -> list[AmendOp]:
    """«Sửa Mẫu số 1 thành Mẫu số 28 ban hành kèm theo Thông tư này»."""
    match = _NEW_FORM.search(words)
    if match is None:
        return []
    old, new = _annexes(words[: match.start()]), _annexes(words[match.end() :])
    pairs = zip(old, new if len(new) == len(old) else new[:1] * len(old), strict=False)
    return [AmendOp("thay_mau", path, target_act, was, new_form=becomes) for was, becomes in pairs]


def _annexes(words: str) -> list[str]:
    return [path for path, _ in places_in(words) if "mau-" in path or path.startswith("phu-luc")]
