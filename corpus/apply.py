"""Amendments carried out: the text of the amended act, and what became of every ``AmendOp``.

As in consolidated texts a repealed unit keeps its label, followed by «(được bãi bỏ)»: the numbers
of the others stay what references to them say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from corpus.amendment import AmendOp
from corpus.number import number_key
from corpus.outline import DIEM_ALPHABET
from corpus.records import Act, Provision, RawDocument, Region
from corpus.seek import find_phrase
from corpus.structure import parse_act
from corpus.text import fold

Reason = Literal[
    "", "gan_dung", "khong_thay_don_vi", "khong_thay_cum_tu", "da_co_don_vi", "khong_ro_vi_tri",
    "khong_co_noi_dung_moi", "khong_doi_van_ban",
]  # fmt: skip
REASONS: dict[Reason, str] = {
    "": "đã áp dụng",
    "gan_dung": "đã áp dụng; cụm từ trong văn bản khác đôi chút so với văn bản sửa đổi",
    "khong_thay_don_vi": "không thấy điều, khoản, điểm hoặc mẫu này trong văn bản",
    "khong_thay_cum_tu": "không thấy cụm từ này trong điều, khoản, điểm được nêu",
    "da_co_don_vi": "văn bản đã có điều, khoản, điểm mang số này",
    "khong_ro_vi_tri": "không xác định được vị trí trong văn bản",
    "khong_co_noi_dung_moi": "không thấy nội dung mới trong văn bản sửa đổi",
    "khong_doi_van_ban": "chỉ làm thay đổi hiệu lực, không thay đổi lời văn",
}
REPEALED = "(được bãi bỏ)"
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Edit:
    """``text[start:end]`` becomes ``text``; an insertion has ``start == end``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one operation: ``paths`` are the units of the amended act it changed."""

    op: AmendOp
    paths: tuple[str, ...]
    reason: Reason

    @property
    def applied(self) -> bool:
        return bool(self.paths)

    @property
    def message(self) -> str:
        """The outcome as a Vietnamese phrase."""
        return REASONS[self.reason]


@dataclass(frozen=True, slots=True)
class Amended:
    """The act as amended, and the outcome of every operation in the order given."""

    act: Act
    outcomes: tuple[Outcome, ...]

    @property
    def text(self) -> str:
        return self.act.raw.text


_LABEL = re.compile(r"\s*(?:Điều\s+\d+\w*\s*[.:]?|\d+[a-zđ]?\s*[.)]|[a-zđ]\d{0,2}\s*\))")
_DIEU_LABEL = re.compile(r"\s*Điều\s+\d+\w*\s*[.:]?")
_PRINTED_LABEL = re.compile(r"(?:\d{1,3}[a-zđ]?|l[a-zđ])\.|[a-zđ]\d{0,2}\)")
_SEGMENT = re.compile(r"(?P<name>.+)-(?P<number>[^-]+)")
_NUMBER = re.compile(r"(?P<letters>[a-zđ]*)(?P<value>\d*)(?P<suffix>\w*)")
_GROUPS = ("phan", "chuong", "muc", "tieu-muc")
_ATTACHED_BEFORE = ",;.)"


def ops_for(target: Act, ops: Iterable[AmendOp]) -> list[AmendOp]:
    """Return the operations on ``target``: by its number, for a law also by its name."""
    key = number_key(target.head.number) if target.head.number else ""
    name = fold(" ".join(f"{target.head.type} {target.head.title}".split()))
    return [
        op
        for op in ops
        if (key and number_key(op.target_act) == key)
        or ("/" not in op.target_act and fold(op.target_act) == name)
    ]


def apply_ops(target: Act, ops: Iterable[AmendOp], amending: Act | None = None) -> Amended:
    """Return ``target`` after ``ops`` (of one amending act, in its order) with their outcomes.

    ``amending`` gives the text of new forms. ``target`` itself is untouched. An operation that
    cannot be carried out changes nothing; its outcome says why.
    """
    act = target
    pending: list[Edit] = []
    outcomes: list[Outcome] = []
    for op in ops:
        edits, outcome = _carry_out(act, op, amending)
        if pending and (not outcome.applied or _overlap(edits, pending)):
            # the operation may meet what an earlier one has written
            act = _edited(act, pending)
            pending = []
            edits, outcome = _carry_out(act, op, amending)
        pending += edits
        outcomes.append(outcome)
    if pending:
        act = _edited(act, pending)
    return Amended(act, tuple(outcomes))


def _overlap(edits: list[Edit], pending: list[Edit]) -> bool:
    return any(
        (new.start < old.end and old.start < new.end) or new.start == old.start
        for new in edits
        for old in pending
    )


def _edited(act: Act, edits: list[Edit]) -> Act:
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    raw = act.raw
    pieces: list[str] = []
    done = 0
    for edit in ordered:
        pieces += [raw.text[done : edit.start], edit.text]
        done = edit.end
    pieces.append(raw.text[done:])
    regions = [
        Region(_moved(region.start, ordered), _moved(region.end, ordered), region.kind)
        for region in raw.regions
        if not any(edit.start < region.end and region.start < edit.end for edit in ordered)
    ]
    pages = [_moved(start, ordered) for start in raw.page_starts]
    changed: RawDocument = replace(
        raw, text="".join(pieces), regions=regions, page_starts=pages, digest="", head=act.head
    )
    return parse_act(changed)


def _moved(offset: int, edits: list[Edit]) -> int:
    return offset + sum(
        len(edit.text) - (edit.end - edit.start) for edit in edits if edit.end <= offset
    )


def _carry_out(act: Act, op: AmendOp, amending: Act | None) -> tuple[list[Edit], Outcome]:
    if op.op in ("bai_bo_toan_bo", "ngung_hieu_luc"):
        return [], Outcome(op, (), "khong_doi_van_ban")
    units = resolve(act, op.target_path)
    if op.op in ("thay_the_cum_tu", "bai_bo_cum_tu", "bo_sung_cum_tu"):
        return _change_phrase(act, op, units)
    if op.op == "thay_mau":
        return _replace_form(op, units, amending)
    if op.op == "bai_bo":
        edits = [edit for unit in units for edit in _repeal(act, unit)]
        return edits, Outcome(op, _paths(units), "" if units else "khong_thay_don_vi")
    if not op.new_text:
        return [], Outcome(op, (), "khong_co_noi_dung_moi")
    if op.part == "hang":
        return [], Outcome(op, (), "khong_ro_vi_tri")
    if units and op.op == "bo_sung":
        return [], Outcome(op, (), "da_co_don_vi")
    if units:
        return [_rewrite(unit, op) for unit in units], Outcome(op, _paths(units), "")
    if op.op == "sua_doi":
        return [], Outcome(op, (), "khong_thay_don_vi")
    place = _place_of_new(act, op.target_path)
    if place is None:
        return [], Outcome(op, (), "khong_thay_don_vi")
    path, offset = place
    return [Edit(offset, offset, f"\n{_relabelled(op)}")], Outcome(op, (path,), "")


def _paths(units: list[Provision]) -> tuple[str, ...]:
    return tuple(unit.path for unit in units)


def resolve(act: Act, path: str) -> list[Provision]:
    """Return the units that ``path`` of an amending act means in ``act``.

    A Điều that the main text does not have is looked for in attached texts, a form in annexes;
    ``phu-luc`` is every annex, ``""`` the whole act.
    """
    units = [unit for unit in act.provisions if not unit.quoted]
    if not path:
        return [unit for unit in units if unit.parent is None]
    if path == "phu-luc":
        return [unit for unit in units if unit.path.startswith("phu-luc-") and unit.parent is None]
    exact = [unit for unit in units if unit.path == path]
    inner = [unit for unit in units if unit.path.endswith(f"/{path}")][:1]
    return exact or inner or _labelled(act, path)


def _labelled(act: Act, path: str) -> list[Provision]:
    """Find the paragraph that bears the label where a gap in the numbering hid a khoản or điểm."""
    outer, _, own = path.rpartition("/")
    segment = _SEGMENT.fullmatch(own)
    parents = resolve(act, outer) if outer and segment else []
    if segment is None or not parents or segment["name"] not in ("khoan", "diem"):
        return []
    label = segment["number"] + (")" if segment["name"] == "diem" else ".")
    parent = parents[0]
    found = [
        unit
        for unit in act.provisions
        if unit.level == "doan"
        and not unit.quoted
        and unit.path.startswith(f"{parent.path}/")
        and unit.text.startswith(label)
    ]
    return found if len(found) == 1 else []


def _repeal(act: Act, unit: Provision) -> list[Edit]:
    """Leave the label; of a chapter its headings and the labels of its Điều."""
    if unit.level in _GROUPS:
        return [
            edit
            for child in unit.children
            for edit in _repeal(act, act.provisions[child])
            if act.provisions[child].level in (*_GROUPS, "dieu")
        ]
    label = _LABEL.match(unit.text)
    kept = label.group() if label else ""
    if unit.level in ("phu-luc", "mau"):
        kept = unit.text.strip().splitlines()[0] if unit.text.strip() else unit.label
    return [Edit(unit.start, unit.subtree_end, f"{kept} {REPEALED}".strip())]


def _rewrite(unit: Provision, op: AmendOp) -> Edit:
    if op.part == "ten" and unit.level == "dieu":
        label = _DIEU_LABEL.match(unit.text)
        kept = "" if _DIEU_LABEL.match(op.new_text) or label is None else f"{label.group()} "
        return Edit(unit.start, unit.end, kept + op.new_text)
    end = unit.end if op.part else unit.subtree_end
    return Edit(unit.start, end, _relabelled(op))


def _relabelled(op: AmendOp) -> str:
    """Return the new text under the label of its target: «e)» printed for «c)», «la.» for «1a.»."""
    segment = _SEGMENT.fullmatch(op.target_path.rpartition("/")[2])
    printed = _PRINTED_LABEL.match(op.new_text)
    if segment is None or printed is None or segment["name"] not in ("khoan", "diem"):
        return op.new_text
    mark = ")" if segment["name"] == "diem" else "."
    if not printed.group().endswith(mark):
        return op.new_text
    return f"{segment['number']}{mark}{op.new_text[printed.end() :]}"


def _change_phrase(act: Act, op: AmendOp, units: list[Provision]) -> tuple[list[Edit], Outcome]:
    if not units:
        return [], Outcome(op, (), "khong_thay_don_vi")
    if not _WORD.search(op.phrase_old):  # a comma stands in many places
        return [], Outcome(op, (), "khong_ro_vi_tri")
    source = act.raw.text
    edits: list[Edit] = []
    paths: list[str] = []
    exact = True
    for unit in units:
        end = unit.end if op.part else unit.subtree_end
        found = find_phrase(source[unit.start : end], op.phrase_old)
        for start, stop in found.spans:
            edits.append(_phrase_edit(source, unit.start + start, unit.start + stop, op))
        if found.spans:
            paths.append(unit.path)
            exact = exact and found.exact
    if not edits:
        return [], Outcome(op, (), "khong_thay_cum_tu")
    return edits, Outcome(op, tuple(paths), "" if exact else "gan_dung")


def _phrase_edit(source: str, start: int, end: int, op: AmendOp) -> Edit:
    new = op.phrase_new
    if op.op == "bo_sung_cum_tu":
        if op.before:
            return Edit(start, start, f"{new} ")
        space = "" if new.startswith(tuple(_ATTACHED_BEFORE)) else " "
        return Edit(end, end, f"{space}{new}")
    if op.op == "bai_bo_cum_tu":
        follows = source[end : end + 1]
        if start and source[start - 1] == " " and (not follows or follows in " \n,;.)"):
            start -= 1
        return Edit(start, end, "")
    if source[start].isupper() and new[:1].islower():
        new = new[0].upper() + new[1:]
    return Edit(start, end, new)


def _replace_form(
    op: AmendOp, units: list[Provision], amending: Act | None
) -> tuple[list[Edit], Outcome]:
    if not units:
        return [], Outcome(op, (), "khong_thay_don_vi")
    forms = resolve(amending, op.new_form) if amending and op.new_form else []
    if amending is None or not forms:
        return [], Outcome(op, (), "khong_co_noi_dung_moi")
    text = amending.raw.text
    body = "\n".join(
        text[form.start : form.subtree_end].strip().partition("\n")[2] for form in forms
    )
    first, *others = units
    label = first.text.strip().splitlines()[0] if first.text.strip() else first.label
    edits = [Edit(first.start, first.subtree_end, f"{label}\n{body}")]
    edits += [Edit(unit.start, unit.subtree_end, "") for unit in others]
    return edits, Outcome(op, _paths(units), "")


def _place_of_new(act: Act, path: str) -> tuple[str, int] | None:
    """Return path and offset of a new unit: after the last sibling with a smaller number."""
    outer, _, own = path.rpartition("/")
    segment = _SEGMENT.fullmatch(own)
    if segment is None:
        return None
    name = segment["name"]
    parents = resolve(act, outer) if outer else []
    if outer and not parents:
        return None
    prefix = f"{parents[0].path}/" if parents else ""
    siblings = [
        unit
        for unit in act.provisions
        if not unit.quoted
        and unit.level == name
        and unit.path.startswith(f"{prefix}{name}-")
        and "/" not in unit.path[len(prefix) :]
    ]
    smaller = [unit for unit in siblings if _order(unit.path) < _order(own)]
    if smaller:
        return prefix + own, max(smaller, key=lambda unit: _order(unit.path)).subtree_end
    if parents and not siblings:
        return prefix + own, parents[0].end
    return None


def _order(path: str) -> tuple[int, int, str]:
    """Order units of one level: 5 < 5a < 6, c < d < đ < đ1 < e."""
    number = path.rpartition("/")[2].rpartition("-")[2].partition("~")[0]
    match = _NUMBER.fullmatch(number)
    if match is None:
        return (0, 0, number)
    if match["letters"]:
        letter = DIEM_ALPHABET.find(match["letters"][0])
        return (letter, int(match["value"] or 0), match["suffix"])
    return (int(match["value"] or 0), 0, match["suffix"])
