"""What an amending act does: one ``AmendOp`` for each unit, phrase or form it touches (DOMAIN 4.4).

Read from the tree: the stem («Sửa đổi, bổ sung khoản 2 Điều 5 như sau:») says what is touched, its
quoted children are the new text, the units above it name the act.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from corpus.citation import find_citations
from corpus.number import find_numbers
from corpus.records import Act, Provision
from corpus.reference import join_paths, stem_targets, unit_lists
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
    target_path: str  # "" for the whole act
    new_text: str = ""  # without the quotation marks
    phrase_old: str = ""
    phrase_new: str = ""
    new_form: str = ""  # path of the form that replaces the target («thành Mẫu số 28»)


_LABEL = re.compile(r"^(?:Điều\s+\w+\s*[.:]?|\d+[a-zđ]?\s*[.)]|[a-zđ]\d?\s*\)|[-+*])\s*")
_QUOTED = r"[“\"«]\s*(?P<{}>[^“”\"»]+?)\s*[”\"»]"
_PHRASE_WORD = r"(?:(?:các\s+)?(?:cụm\s+)?từ(?:\s+ngữ)?|nội\s+dung|đoạn|câu|số|ký\s+hiệu)"
_REPLACE = re.compile(
    rf"(?:[Tt]hay(?:\s+thế)?|[Ss]ửa(?:\s+đổi)?)\s+{_PHRASE_WORD}\s*:?\s*" + _QUOTED.format("old")
)
_ANY_PHRASE = re.compile(rf"{_PHRASE_WORD}\s*:?\s*" + _QUOTED.format("old"))
_BY = re.compile(rf"(?:bằng|thành)\s+(?:{_PHRASE_WORD}\s*:?\s*)?" + _QUOTED.format("new"))
_REMOVE = re.compile(rf"(?:[Bb]ãi\s+bỏ|[Bb]ỏ|[Hh]ủy\s+bỏ)\s+{_PHRASE_WORD}\s*:?\s*(?=[“\"«])")
_ADD = re.compile(rf"[Bb]ổ\s+sung\s+{_PHRASE_WORD}\s*:?\s*" + _QUOTED.format("new"))
_AFTER_PHRASE = re.compile(rf"(?:vào\s+)?sau\s+{_PHRASE_WORD}\s*:?\s*" + _QUOTED.format("old"))
# «Sửa đổi, bổ sung một số điều của Luật Nuôi ốc»: laws are often named without their number.
_AMENDED_LAW = re.compile(
    r"(?:[Ss]ửa\s+đổi|[Bb]ổ\s+sung|[Bb]ãi\s+bỏ).{0,80}?\scủa\s+(?=(?:Bộ\s+luật|Luật|Pháp\s+lệnh)\s)"
)
_REPEAL = re.compile(r"(?:[Bb]ãi\s+bỏ|[Hh]ủy\s+bỏ|[Bb]ỏ)\s")
_WHOLE = re.compile(r"[Bb]ãi\s+bỏ\s+(?:toàn\s+bộ\s+)?(?:các\s+)?(?:Luật|Nghị|Thông|Quyết|Pháp|Chỉ)")
_PART = re.compile(r"một\s+phần|một\s+số\s+(?:điều|nội\s+dung|quy\s+định)")
_SUSPEND = re.compile(r"[Nn]gưng\s+hiệu\s+lực")
_NEW_FORM = re.compile(r"\s(?:thành|bằng)\s+(?=(?:các\s+)?(?:Biểu\s+)?[Mm]ẫu)")
_OPENING = re.compile(r"^[“\"«‘']+\s*")
_CLOSING = re.compile(r"\s*[”\"»’']+\s*[.;,]?\s*$")
_VERBS: tuple[tuple[re.Pattern[str], Op], ...] = (
    (re.compile(r"[Ss]ửa\s+đổi\s*(?:,|và)\s*bổ\s+sung"), "sua_doi_bo_sung"),
    (re.compile(r"[Bb]ổ\s+sung"), "bo_sung"),
    (re.compile(r"[Ss]ửa\s+đổi|[Ss]ửa\s|[Tt]hay\s+thế|được\s+thay"), "sua_doi"),
)


def amend_ops(act: Act) -> list[AmendOp]:
    """Return what ``act`` does to other acts, in document order; [] for an act that amends none."""
    ops: list[AmendOp] = []
    context: dict[int, tuple[str, list[str]]] = {}  # act and paths named so far, by provision
    provisions = act.provisions
    for index, provision in enumerate(provisions):
        if provision.quoted or provision.level in ("phu-luc", "mau"):
            continue
        above = ("", []) if provision.parent is None else context.get(provision.parent, ("", []))
        words = clean(provision.text).text
        target_act = _act_named(words) or above[0]
        paths = stem_targets(_outside_quotes(words), above[1] if len(above[1]) == 1 else [])
        named = provision.level != "dieu" or not _amending_children(act, provision)
        context[index] = (target_act, paths if named else [])
        if not target_act or _amending_children(act, provision):
            continue
        ops += _ops_of(act, provision, words, target_act, context[index][1])
    return ops


def _amending_children(act: Act, provision: Provision) -> bool:
    """Whether units below carry the changes, so that this one only introduces them."""
    return any(
        not act.provisions[child].quoted
        and act.provisions[child].level in ("khoan", "diem")
        and _is_amending(act.provisions[child].text)
        for child in provision.children
    )


def _is_amending(text: str) -> bool:
    words = _LABEL.sub("", clean(text[:400]).text)
    return bool(_REPEAL.match(words) or any(pattern.search(words) for pattern, _ in _VERBS))


def _act_named(words: str) -> str:
    """Return the first act number outside quotation marks, or the name of the amended law."""
    plain = _outside_quotes(words)
    found = next(find_numbers(plain), None)
    if found:
        return found.number.official
    law = _AMENDED_LAW.search(plain)
    return next((c.act for c in find_citations(plain[law.end() :]) if c.act), "") if law else ""


def _outside_quotes(words: str) -> str:
    """Blank out quoted phrases, which may name units and acts of their own."""
    return re.sub(r"[“\"«][^“”\"»]*[”\"»]", lambda match: " " * len(match.group()), words)


def _ops_of(
    act: Act, provision: Provision, words: str, target_act: str, paths: list[str]
) -> list[AmendOp]:
    path = provision.path
    words = _LABEL.sub("", words)
    where = paths or [""]
    if _SUSPEND.match(words):
        return [AmendOp("ngung_hieu_luc", path, target_act, target) for target in where]
    phrases = _phrase_ops(path, words, target_act)
    if phrases:
        return phrases
    if _REPEAL.match(words):
        return _repeals(path, words, target_act, paths)
    forms = _form_ops(path, words, target_act)
    if forms:
        return forms
    op = next((name for pattern, name in _VERBS if pattern.search(words[:200])), None)
    quoted = [act.provisions[child] for child in provision.children if act.provisions[child].quoted]
    if op is None or not (quoted or ":" in words):
        return []
    if not quoted:
        new_text = words.partition(":")[2].strip()
        if not new_text:
            return []
        return [AmendOp(op, path, target_act, target, _unquoted(new_text)) for target in where]
    source = act.raw.text
    return [
        AmendOp(op, path, target_act, unit.target, _unquoted(source[unit.start : unit.subtree_end]))
        for unit in quoted
    ]


def _unquoted(text: str) -> str:
    return _CLOSING.sub("", _OPENING.sub("", text.strip()))


def _places(words: str) -> list[str]:
    """Return the paths that words after a phrase name («tại khoản 1 Điều 4 và điểm d …»)."""
    plain = _outside_quotes(words)
    return join_paths(unit_lists(plain), plain) or [""]


def _phrase_ops(path: str, words: str, target_act: str) -> list[AmendOp]:
    """Replace, remove or add words inside units."""
    ops: list[AmendOp] = []
    replaced = _BY.search(words)
    if replaced and _REPLACE.search(words):
        for old, places in _phrases_with_places(words, replaced):
            ops += [
                AmendOp("thay_the_cum_tu", path, target_act, place, "", old, replaced["new"])
                for place in places
            ]
    elif _REMOVE.match(words):
        for old, places in _phrases_with_places(words, None):
            ops += [AmendOp("bai_bo_cum_tu", path, target_act, place, "", old) for place in places]
    elif added := _ADD.match(words):
        after = _AFTER_PHRASE.search(words)
        old = after["old"] if after else ""
        ops += [
            AmendOp("bo_sung_cum_tu", path, target_act, place, "", old, added["new"])
            for place in _places(words)
        ]
    return ops


def _phrases_with_places(words: str, replaced: re.Match[str] | None) -> list[tuple[str, list[str]]]:
    """Pair each old phrase with the units that follow it; places after «bằng “…”» serve all."""
    old = [
        match
        for match in _ANY_PHRASE.finditer(words)
        if replaced is None or not replaced.start() <= match.start() < replaced.end()
    ]
    shared = _places(words[replaced.end() :]) if replaced else [""]
    pairs = []
    for place, match in enumerate(old):
        until = old[place + 1].start() if place + 1 < len(old) else len(words)
        if replaced and match.start() < replaced.start():
            until = min(until, replaced.start())
        own = _places(words[match.end() : until])
        if own == [""]:
            own = shared if replaced else _places(words[match.end() :])
        pairs.append((match["old"], own))
    return pairs


def _repeals(path: str, words: str, target_act: str, paths: list[str]) -> list[AmendOp]:
    plain = _outside_quotes(words)
    before_act = plain[: next((f.start for f in find_numbers(plain)), len(plain))]
    targets = join_paths(unit_lists(before_act), before_act)
    if targets:
        if len(paths) == 1 and not targets[0].startswith(("dieu-", "mau-", "phu-luc-", "chuong-")):
            targets = paths
        return [AmendOp("bai_bo", path, target_act, target) for target in targets]
    if _PART.search(before_act):
        return []
    if _WHOLE.match(words):
        return [
            AmendOp("bai_bo_toan_bo", path, found.number.official, "")
            for found in find_numbers(_first_acts(plain))
        ]
    return []


def _first_acts(plain: str) -> str:
    """Cut what describes the repealed act: «… hướng dẫn Nghị định số …» names others."""
    described = re.search(r"\sngày\s+\d{1,2}\s+tháng|\squy\s+định|\shướng\s+dẫn|\svề\s", plain)
    return plain[: described.start()] if described else plain


def _form_ops(path: str, words: str, target_act: str) -> list[AmendOp]:
    """«Sửa Mẫu số 1 thành Mẫu số 28 ban hành kèm theo Thông tư này»."""
    match = _NEW_FORM.search(words)
    if match is None:
        return []
    old_words = words[: match.start()]
    old = [
        p for p in join_paths(unit_lists(old_words), old_words) if "mau-" in p or "phu-luc-" in p
    ]
    new_words = words[match.end() :]
    new = join_paths(unit_lists(new_words), new_words)
    pairs = zip(old, new if len(new) == len(old) else new[:1] * len(old), strict=False)
    return [AmendOp("thay_mau", path, target_act, was, new_form=becomes) for was, becomes in pairs]
