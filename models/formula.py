"""Drafting formulas K1–K7: from a current provision to a proposed wording.

The wordings are the workbench's own (DOMAIN 2.6, after Điều 14 Nghị định 104/2022/NĐ-CP and
Điều 2.2 Nghị quyết 66.7/2025/NQ-CP); a person always edits the result.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from corpus.datafile import Row, by_id, read_sections
from corpus.text import clean, fold

PATH: Final = Path(__file__).with_name("catalogue") / "formulas.yaml"

# Forms of handling of Điều 143 Nghị định 34/2016/NĐ-CP.
HANDLINGS: Final = {
    "SĐ": "Sửa đổi, bổ sung",
    "TT": "Thay thế",
    "BB": "Bãi bỏ một phần",
    "BBT": "Bãi bỏ toàn bộ",
    "BHM": "Ban hành mới",
    "ĐC": "Đình chỉ",
}

WAYS: Final = ("bai_bo", "viet_lai", "thay_cum_tu", "sua_mau")

# What an empty placeholder shows: the drafter sees at once what is still to be filled in.
_BLANKS: Final = {
    "vi_tri": "[vị trí]",
    "van_ban": "[văn bản]",
    "thong_tin": "[thông tin]",
    "csdl": "[cơ sở dữ liệu]",
    "giay_to": "[giấy tờ dự phòng]",
    "ket_qua": "[kết quả]",
    "co_quan": "Cơ quan giải quyết thủ tục hành chính",
    "cu": "[cụm từ cũ]",
    "moi": "[cụm từ mới]",
    "nhan": "",
}
_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")

# The unit's label with its blank: "2. ", "12a. ", "a) ", "đ) ", "a1) ", "- ".
_LABEL: Final = re.compile(r"\s*(?:\d+[a-zđ]?\.|[a-zđ]\d*\)|[-+])\s+")
_END: Final = re.compile(r"[.;:,]\s*$")


@dataclass(frozen=True, slots=True)
class Replacement:
    """One phrase and what stands in its place."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Default:
    """What stands in the placeholders for a category until the drafter says otherwise."""

    categories: tuple[str, ...]
    information: str
    paper: str


@dataclass(frozen=True, slots=True)
class Formula:
    """One drafting formula."""

    id: str  # K1 … K7
    name: str
    handling: str  # key of HANDLINGS
    way: str  # one of WAYS
    template: str
    when: str
    categories: tuple[str, ...]
    replacements: tuple[Replacement, ...]
    defaults: tuple[Default, ...]


@dataclass(frozen=True, slots=True)
class FillContext:
    """What the drafter knows about the provision; empty where unknown.

    ``text`` is the unit's own words with its label; ``place`` "điểm b khoản 2 Điều 10"; ``act``
    "Thông tư số 00/2099/TT-XYZ"; ``quote`` the words that carry the finding; ``paper`` what may be
    asked for where data cannot be read (never taken from the quote: that paper may be void).
    """

    text: str
    category: str = ""
    place: str = ""
    act: str = ""
    quote: str = ""
    paper: str = ""
    information: str = ""
    database: str = ""
    result: str = ""
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed wording.

    ``text`` is the new wording of the unit ("" when the unit is to be repealed); ``clause`` the
    sentence for the amending act; ``changes`` the phrases replaced, in order of their place.
    """

    formula: str
    handling: str
    text: str
    clause: str
    changes: tuple[Replacement, ...] = ()

    @property
    def blanks(self) -> tuple[str, ...]:
        """Return the placeholders that the drafter still has to fill in."""
        return tuple(dict.fromkeys(re.findall(r"\[[^\]]+\]", f"{self.text} {self.clause}")))


def load(path: Path = PATH) -> dict[str, Formula]:
    """Read ``formulas.yaml``; raises ``DataFileError`` naming the file and the line."""
    formulas: dict[str, Formula] = {}
    for row in read_sections(path, ("cong_thuc",))["cong_thuc"]:
        formula_id = by_id(formulas, row, "ma")
        formulas[formula_id] = _formula(row, formula_id)
    return formulas


def _formula(row: Row, formula_id: str) -> Formula:
    formula = Formula(
        id=formula_id,
        name=row.text("ten"),
        handling=row.choice("hinh_thuc", HANDLINGS),
        way=row.choice("cach", WAYS),
        template=row.text("khung"),
        when=row.text("khi_nao"),
        categories=row.words("nhom"),
        replacements=tuple(_replacement(item) for item in row.rows("thay_cum_tu")),
        defaults=tuple(_default(item) for item in row.rows("mac_dinh")),
    )
    for name in _PLACEHOLDER.findall(formula.template):
        if name not in _BLANKS:
            row.fail(f"khung câu có ô không biết: {{{name}}}", "khung")
    if formula.way in {"thay_cum_tu", "sua_mau"} and not formula.replacements:
        row.fail("công thức thay cụm từ phải có «thay_cum_tu»", "thay_cum_tu")
    row.done()
    return formula


def _replacement(row: Row) -> Replacement:
    replacement = Replacement(row.text("tu"), row.text("thanh"))
    row.done()
    return replacement


def _default(row: Row) -> Default:
    default = Default(row.words("nhom"), row.text("thong_tin"), row.text("giay_to"))
    row.done()
    return default


@cache
def _shipped() -> dict[str, Formula]:
    return load()


def fill(
    formula_id: str, context: FillContext, formulas: dict[str, Formula] | None = None
) -> Draft:
    """Apply a formula to a provision; raises ``KeyError`` for an unknown id.

    K1 gives a repeal sentence, K5 and K6 replace phrases (also the sentence that orders it), K3
    and K4 widen the phrase that stands in the text, K2 and K7 write the unit anew. Where no known
    phrase stands in the text, the text comes back unchanged with an empty clause.
    """
    formula = (formulas or _shipped())[formula_id]
    for default in formula.defaults:
        if context.category in default.categories:
            context = replace(
                context,
                information=context.information or default.information,
                paper=context.paper or default.paper,
            )
    return _WAYS[formula.way](formula, context)


def _repeal(formula: Formula, context: FillContext) -> Draft:
    return Draft(formula.id, formula.handling, "", _filled(formula.template, context))


def _rewrite(formula: Formula, context: FillContext) -> Draft:
    label = _LABEL.match(context.text)
    ending = _END.search(context.text)
    body = _filled(formula.template, context, nhan=label.group() if label else "")
    text = body + (ending.group().strip() if ending else ".")
    return Draft(formula.id, formula.handling, text, _amend(context))


def _widen(formula: Formula, context: FillContext) -> Draft:
    text, changes = replace_phrases(context.text, formula.replacements)
    if not changes:
        return Draft(formula.id, formula.handling, context.text, "")
    if formula.handling != "TT":
        return Draft(formula.id, formula.handling, text, _amend(context), changes)
    orders = [
        _filled(formula.template, context, cu=change.old, moi=change.new)
        for change in dict.fromkeys(changes)
    ]
    return Draft(formula.id, formula.handling, text, "\n".join(orders), changes)


_WAYS: Final[dict[str, Callable[[Formula, FillContext], Draft]]] = {
    "bai_bo": _repeal,
    "viet_lai": _rewrite,
    "thay_cum_tu": _widen,
    "sua_mau": _widen,
}


def replace_phrases(
    text: str, replacements: tuple[Replacement, ...]
) -> tuple[str, tuple[Replacement, ...]]:
    """Replace whole phrases, the first listed first, keeping a capital at the start.

    Case and tone spelling of the text do not matter; words already replaced are left alone.
    Returns the new text and the changes with the words as they stood, in order of place.
    """
    source = clean(text).text
    folded = fold(source)
    taken: list[tuple[int, int, str]] = []
    for replacement in replacements:
        pattern = rf"(?<!\w){re.escape(fold(replacement.old))}(?!\w)".replace(r"\ ", r"\s+")
        for match in re.finditer(pattern, folded):
            start, end = match.span()
            if all(end <= low or start >= high for low, high, _ in taken):
                taken.append((start, end, replacement.new))
    pieces: list[str] = []
    changes: list[Replacement] = []
    done = 0
    for start, end, new in sorted(taken):
        old = source[start:end]
        new = _like(old, new)
        # The wider phrase already stands in the text ("ký tên (hoặc ký số)").
        wider = len(new) > len(old)
        if wider and fold(source[start : start + len(new)]) == fold(new):
            continue
        pieces += [source[done:start], new]
        changes.append(Replacement(old, new))
        done = end
    return "".join([*pieces, source[done:]]), tuple(changes)


def _like(old: str, new: str) -> str:
    if old[:1].isupper():
        return new[:1].upper() + new[1:]
    return new


def _amend(context: FillContext) -> str:
    where = " ".join(part for part in (context.place, context.act) if part)
    return f"Sửa đổi {where or _BLANKS['vi_tri']} như sau:"


def _filled(template: str, context: FillContext, **more: str) -> str:
    known = {
        "vi_tri": context.place,
        "van_ban": context.act,
        "thong_tin": context.information,
        "csdl": context.database,
        "giay_to": context.paper,
        "ket_qua": context.result,
        "co_quan": context.agency,
        "cu": context.quote,
        **more,
    }
    return _PLACEHOLDER.sub(lambda m: known.get(m.group(1)) or _BLANKS[m.group(1)], template)
