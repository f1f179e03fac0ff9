"""One proposal as a clause of the amending act (patterns of DOMAIN 4.4), with what it must mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from corpus.amendment import AmendOp
from corpus.label import label_of
from corpus.phrase import Part
from exports.drafting.form import FORMS, Form, form_of, level
from exports.drafting.phrase import Phrase, phrases
from exports.formats import legal

_OWN_LABEL = re.compile(
    r"^(?:Điều\s+(?P<dieu>\d+[a-zđ]?)\s*[.:]|(?P<khoan>\d+[a-zđ]?)\s*\.(?!\d)|(?P<diem>[a-zđ]\d{0,2})\s*\))\s*"
)
_REPEAL_SENTENCE = re.compile(r"^\s*(?:Bãi bỏ|Bỏ)\b", re.IGNORECASE)
_QUOTES = re.compile(r"[“”\"«»]")
_LONGEST_LINE = 400  # characters of a form's line or a paragraph that can be named by its words
_UNITS = ("dieu", "khoan", "diem")
_NAMES = {"dieu": "Điều", "khoan": "khoản", "diem": "điểm"}


class CannotDraftError(Exception):
    """Why no clause can be written; the reason is printed beside the draft."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one proposal wants of one provision."""

    finding_ids: tuple[int, ...]
    act: str  # official number
    path: str
    label: str
    handling: str  # code of review.proposal.HANDLINGS
    old_text: str
    new_text: str
    has_children: bool = False
    instrument: str = ""  # type of the amending act: "Thông tư"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its sentence, the quoted new text below it, and the operations it stands for."""

    stem: str
    quoted: tuple[str, ...] = ()  # lines of the new text, quotation marks included
    ops: tuple[AmendOp, ...] = ()
    paths: tuple[str, ...] = ()  # units it changes; the first decides its place
    finding_ids: tuple[int, ...] = ()
    whole: bool = False  # replaces or repeals the unit with everything below it
    phrase: Phrase | None = field(default=None, compare=False)
    form: Form | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        return (self.stem, *self.quoted)


def clauses(change: Change) -> list[Clause]:
    """Return the clauses of one change; raises ``CannotDraftError`` with the reason."""
    if change.handling == "BBT":
        return [_repeal_of_act(change)]
    if change.handling in ("SĐ", "TT"):
        change, added = _split(change)
        if added:
            return [*_of_unit(change), *_insertions(change, added)]
    return _of_unit(change)


def _of_unit(change: Change) -> list[Clause]:
    """Return the clauses on the unit itself; none where its words stay as they are."""
    if not change.handling:
        return []
    if change.handling in ("SĐ", "TT") and (form := _new_form(change)):
        return [_replaced_form(change, form)]
    if change.handling == "BB":
        if not change.new_text.strip() or _REPEAL_SENTENCE.match(change.new_text):
            return [_repeal(change)]
        return _by_phrases(change) or [_rewrite(change)]
    if change.handling == "TT":
        return _by_phrases(change) or [_rewrite(change)]
    if change.handling == "SĐ":
        return [_rewrite(change)]
    raise CannotDraftError("hình thức xử lý này không thực hiện bằng văn bản sửa đổi, bổ sung")


def _new_form(change: Change) -> Form | None:
    """Return the form that the proposal puts in place of a whole form; None where it is none."""
    if level(change.path) not in FORMS or "~" in change.path:
        return None
    form = form_of(change.path, _clean(change.new_text).split("\n"), change.instrument)
    if form is None:
        return None
    if not change.instrument:
        raise CannotDraftError("không rõ mẫu mới ban hành kèm theo văn bản nào")
    if not form.lines and form.path == change.path:
        raise CannotDraftError("chưa có nội dung của mẫu mới")
    return form


def _replaced_form(change: Change, form: Form) -> Clause:
    op = _op(change, "thay_mau", change.path, new_form=form.path)
    return _made(change, form.stem(change.path), (op,), whole=True, form=form)


def with_form(clause: Clause, form: Form) -> Clause:
    """Return the clause on a form with another form in its place."""
    (op,) = clause.ops
    stem = form.stem(op.target_path)
    return replace(clause, stem=stem, ops=(replace(op, new_form=form.path),), form=form)


def _split(change: Change) -> tuple[Change, list[tuple[str, str]]]:
    """Part the new text into the unit's own words and the units put in behind it (a1, 3a, 5a).

    Returns the change without them, and (number, text) of each; no handling is left where the own
    words stay as they were.
    """
    kind, _, number = change.path.rpartition("/")[2].rpartition("-")
    lines = _clean(change.new_text).split("\n")
    if kind not in _UNITS or "~" in change.path or number not in _numbers(lines[:1], kind):
        return change, []
    starts = [
        place
        for place, line in enumerate(lines)
        if place and (found := _numbers([line], kind)) and _follows(found[0], number, kind)
    ]
    if not starts:
        return change, []
    own = "\n".join(lines[: starts[0]])
    same = " ".join(own.split()) == " ".join(change.old_text.split())
    added = [
        (_numbers([lines[start]], kind)[0], "\n".join(lines[start:end]))
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)
    ]
    return replace(change, new_text=own, handling="" if same else change.handling), added


def _numbers(lines: list[str], kind: str) -> list[str]:
    """Return the numbers that ``lines`` bear as units of ``kind``."""
    found = (_OWN_LABEL.match(line) for line in lines)
    return [match[kind] for match in found if match and match[kind]]


def _follows(number: str, base: str, kind: str) -> bool:
    """Whether a unit so numbered is put in behind ``base``: a1 behind a, 3a behind 3."""
    rest = number.removeprefix(base)
    if rest == number or not rest:
        return False
    return rest.isdigit() if kind == "diem" else rest.isalpha() and len(rest) == 1


def _insertions(change: Change, added: list[tuple[str, str]]) -> list[Clause]:
    """Return «Bổ sung điểm a1 vào sau điểm a khoản 1 Điều 5 như sau:», one clause a unit."""
    kind = level(change.path)
    above = change.path.rpartition("/")[0]
    before = change.path
    made = []
    for number, text in added:
        path = f"{above}/{kind}-{number}" if above else f"{kind}-{number}"
        balanced = _balanced(text)
        lines = balanced.split("\n")
        lines[0], lines[-1] = f"“{lines[0]}", f"{lines[-1]}”."
        if len(lines) == 1:
            lines = [f"“{balanced}”."]
        stem = f"Bổ sung {_NAMES[kind]} {number} vào sau {label_of(before)} như sau:"
        op = _op(change, "bo_sung", path, new_text=balanced)
        made.append(
            Clause(
                stem,
                quoted=tuple(lines),
                ops=(op,),
                paths=(change.path,),  # its place in the draft is that of the unit it follows
                finding_ids=change.finding_ids,
            )
        )
        before = path
    return made


def _op(change: Change, op: str, path: str, **words: str) -> AmendOp:
    return AmendOp(op, "", change.act, path, **words)


def _made(change: Change, stem: str, ops: tuple[AmendOp, ...], **more: object) -> Clause:
    paths = tuple(op.target_path for op in ops)
    return Clause(stem, ops=ops, paths=paths, finding_ids=change.finding_ids, **more)


def _repeal_of_act(change: Change) -> Clause:
    return _made(change, "", (_op(change, "bai_bo_toan_bo", ""),), whole=True)


def _repeal(change: Change) -> Clause:
    kind = level(change.path)
    if kind not in (*_UNITS, *FORMS) or "~" in change.path:
        line = _line(change)
        path, label = _holder(change.path)
        stem = f"Bãi bỏ nội dung “{line}” tại {label}."
        op = _op(change, "bai_bo_cum_tu", path, phrase_old=line)
        return _made(change, stem, (op,), phrase=Phrase(line, ""))
    op = _op(change, "bai_bo", change.path)
    return _made(change, f"Bãi bỏ {label_of(change.path)}.", (op,), whole=True)


def _by_phrases(change: Change) -> list[Clause]:
    # «… tại khoản 1 Điều 4» also reaches the điểm below it, whose words are not looked at here.
    if change.has_children:
        return []
    path, label = _place(change.path)
    return [
        phrase_clause(found, [(path, label)], change.act, change.finding_ids)
        for found in phrases(change.old_text, change.new_text)
    ]


def phrase_clause(
    phrase: Phrase,
    places: list[tuple[str, str]],
    act: str,
    finding_ids: tuple[int, ...],
) -> Clause:
    """Return «Thay thế cụm từ … tại khoản 1 Điều 4, điểm d khoản 2 Điều 4.»"""
    where = ", ".join(label for _, label in places)
    if phrase.new:
        stem = f"Thay thế cụm từ “{phrase.old}” bằng cụm từ “{phrase.new}” tại {where}."
        op, words = "thay_the_cum_tu", {"phrase_old": phrase.old, "phrase_new": phrase.new}
    else:
        stem = f"Bãi bỏ cụm từ “{phrase.old}” tại {where}."
        op, words = "bai_bo_cum_tu", {"phrase_old": phrase.old}
    ops = tuple(AmendOp(op, "", act, path, **words) for path, _ in places)
    return Clause(
        stem,
        ops=ops,
        paths=tuple(path for path, _ in places),
        finding_ids=finding_ids,
        phrase=phrase,
    )


def _rewrite(change: Change) -> Clause:
    new_text = _clean(change.new_text)
    if not new_text:
        raise CannotDraftError("chưa có nội dung mới")
    kind = level(change.path)
    if kind not in _UNITS or "~" in change.path:
        return _rewrite_line(change, new_text)
    text = _labelled(change, _balanced(new_text))
    part, lead = _part(change, text, kind)
    op = _op(change, "sua_doi_bo_sung", change.path, new_text=text, part=part)
    lines = text.split("\n")
    lines[0], lines[-1] = f"“{lines[0]}", f"{lines[-1]}”."
    if len(lines) == 1:
        lines = [f"“{text}”."]
    return _made(
        change,
        f"Sửa đổi, bổ sung {lead}{label_of(change.path)} như sau:",
        (op,),
        quoted=tuple(lines),
        whole=not part,
    )


def _part(change: Change, text: str, kind: str) -> tuple[Part, str]:
    """Return what of the unit is rewritten: all of it, or only what stands above its units."""
    if not change.has_children or _holds_units(text, kind):
        return "", ""
    if kind == "dieu" and "\n" not in text:
        return "ten", "tên "
    return "doan_dau", "đoạn mở đầu "


def _rewrite_line(change: Change, new_text: str) -> Clause:
    """A line of a form or a paragraph has no number: it is named by its own words."""
    old, new = _line(change), _one_line(new_text)
    path, label = _holder(change.path)
    stem = f"Thay thế nội dung “{old}” bằng nội dung “{new}” tại {label}."
    op = _op(change, "thay_the_cum_tu", path, phrase_old=old, phrase_new=new)
    return _made(change, stem, (op,), phrase=Phrase(old, new))


def _line(change: Change) -> str:
    return _one_line(change.old_text)


def _one_line(text: str) -> str:
    line = " ".join(_clean(text).split())
    if not line or len(line) > _LONGEST_LINE or _QUOTES.search(line):
        raise CannotDraftError(
            "quy định không mang số và quá dài hoặc có ngoặc kép, không nêu được bằng lời của nó"
        )
    return line


def _holder(path: str) -> tuple[str, str]:
    """Return the nearest unit with a number: a khoản for its paragraph, a form for its line."""
    while path and (level(path) not in (*_UNITS, *FORMS) or "~" in path):
        path = path.rpartition("/")[0]
    if not path:
        raise CannotDraftError("không xác định được điều, khoản, điểm hoặc mẫu chứa quy định này")
    return _place(path)


def _place(path: str) -> tuple[str, str]:
    if level(path) not in (*_UNITS, *FORMS) or "~" in path:
        return _holder(path)
    try:
        return path, label_of(path)
    except ValueError:
        raise CannotDraftError("không gọi được tên quy định này") from None


def _clean(text: str) -> str:
    lines = (" ".join(line.split()) for line in legal(text).split("\n"))
    return "\n".join(line for line in lines if line)


def _balanced(text: str) -> str:
    """Return ``text`` with curly marks that open and close; raises where they do not add up."""
    made, opened = [], False
    for sign in text.replace("«", "“").replace("»", "”"):
        if sign == '"':
            sign = "”" if opened else "“"
        if sign in "“”":
            if (sign == "“") == opened:
                raise CannotDraftError("dấu ngoặc kép trong nội dung mới không cân")
            opened = sign == "“"
        made.append(sign)
    if opened:
        raise CannotDraftError("dấu ngoặc kép trong nội dung mới không cân")
    return "".join(made)


def _labelled(change: Change, text: str) -> str:
    """Return ``text`` with its own label, put before it where the drafter left it out."""
    kind, number = change.path.rpartition("/")[2].rsplit("-", 1)
    found = _OWN_LABEL.match(text)
    if found and found[kind] == number:
        return text
    if found and any(found.groups()) and not _holds_units(text, kind):
        raise CannotDraftError(f"nội dung mới mang số khác với {change.label}")
    label = {"dieu": f"Điều {number}. ", "khoan": f"{number}. ", "diem": f"{number}) "}[kind]
    return label + text


def _holds_units(text: str, kind: str) -> bool:
    """Whether ``text`` brings its own units below: khoản of a Điều, điểm of a khoản."""
    below = {"dieu": "khoan", "khoan": "diem", "diem": ""}[kind]
    return bool(below) and any(
        (found := _OWN_LABEL.match(line)) and found[below] for line in text.split("\n")[1:]
    )
