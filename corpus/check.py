"""Validators of DOMAIN 5.9 over one text: ``check(act, registry)`` → defects in reading order.

V1 is the cited act known, V2 has it that provision, V3 do date, type and name agree (named.py)
and are listed matters of their field (fields.py), V4 was it in force, V5 has the amended act what
is amended, V7 numbering (numbering.py). What only might be wrong, or cannot be told, is
information and no error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from corpus.agency import shipped as agencies
from corpus.amendment import AmendOp, amend_ops
from corpus.citing import Cited, act_citations
from corpus.defect import Defect, defect
from corpus.fields import check_fields
from corpus.label import label_of
from corpus.named import check_names
from corpus.number import find_numbers, number_key, parse_number
from corpus.numbering import check_numbering
from corpus.outline import DIEM_ALPHABET
from corpus.records import Act
from corpus.registry import KnownAct, Registry, find_path, known_act
from corpus.text import CleanText, clean, fold

# Where a dead act is named on purpose.
_HISTORY = re.compile(
    r"bãi bỏ|thay thế|hết hiệu lực|sửa đổi|bổ sung|trước đây|trước ngày|chuyển tiếp|đã được"
    r"|theo quy định cũ|hủy bỏ|đã ban hành|trong thời gian|tại thời điểm"
)
_AROUND = 250  # characters of the sentence before and after a reference
_ADDED = ("bo_sung", "bo_sung_cum_tu")
_PLAIN_UNIT = re.compile(r"(?:(?:dieu|khoan)-\d+|diem-[a-zđ])")


def check(act: Act, registry: Registry, today: date) -> list[Defect]:
    """Return the defects of a text, by place; ``today`` says who answers for an issuer now."""
    source = act.raw.text
    words = clean(source)
    found = [*check_names(words, source, registry), *check_numbering(act, words)]
    found += check_fields(words, source)
    ops = amend_ops(act)
    found += _reference_defects(act, ops, registry)
    found += _amendment_defects(act, ops, registry)
    found += _whole_act_defects(act, words, registry, today)
    return sorted(dict.fromkeys(found), key=lambda item: (item.start, item.end, item.code))


def _whole_act_defects(
    act: Act, words: CleanText, registry: Registry, today: date
) -> Iterator[Defect]:
    """V1, V4 and the successor of the issuer: each act once, at its first mention."""
    source = act.raw.text
    own = _own_key(act)
    seen: set[str] = set()
    for found in find_numbers(words.text):
        key = found.number.key
        if key in seen or key == own:
            continue
        start, end = words.source_span(found.start, found.end)
        known = registry.acts.get(key)
        if known is None:
            yield defect("V1-chua-biet", source, start, end, act=found.number.official)
        elif act.head.issued:
            around = words.text[max(0, found.start - _AROUND) : found.end + _AROUND]
            if not _HISTORY.search(fold(around)):
                yield from _effect_defects(source, start, end, known, act.head.issued)
        yield from _successor(source, start, end, found.number.official, today)
        seen.add(key)


def _own_key(act: Act) -> str:
    """Return the key of the text's own number; "" where the head holds a number of another type.

    A report without number of its own must not be taken for the decree that it cites first.
    """
    number = parse_number(act.head.number) if act.head.number else None
    if number is None or (number.type_name and act.head.type not in (number.type_name, "")):
        return number.key if number and number.type == "VBHN" else ""
    return number.key


def _effect_defects(
    source: str, start: int, end: int, known: KnownAct, issued: date
) -> Iterator[Defect]:
    shown = f"{issued:%d/%m/%Y}"
    if known.until and issued > known.until:
        by = f"; thay bằng {known.replaced_by}" if known.replaced_by else ""
        yield defect(
            "V4-het", source, start, end, act=known.number, until=f"{known.until:%d/%m/%Y}",
            date=shown, by=by, confidence=known.confidence,
        )  # fmt: skip
    elif known.since and known.issued and issued < known.issued:
        yield defect(
            "V4-chua", source, start, end, act=known.number, since=f"{known.since:%d/%m/%Y}",
            date=shown, confidence=known.confidence,
        )  # fmt: skip


def _successor(source: str, start: int, end: int, number: str, today: date) -> Iterator[Defect]:
    for issuer in agencies().issuers_from_number(number):
        if issuer.exists_on(today):
            continue
        successor = agencies().responsible_today(issuer.code, today)
        if successor.code != issuer.code:
            steps = [s for s in agencies().successions if s.old == issuer.code and not s.field]
            confidence = steps[0].confidence if steps else issuer.confidence
            yield defect(
                "G2-ke-thua", source, start, end, issuer=issuer.name, act=number,
                successor=successor.name, confidence=confidence,
            )  # fmt: skip


def _reference_defects(act: Act, ops: list[AmendOp], registry: Registry) -> Iterator[Defect]:
    """V2: references that name this act («này»), or an act whose text is loaded.

    A bare «khoản 3 Điều 19» in a circular may mean the law it details: it is not judged.
    """
    this = known_act(act)
    own = _own_key(act)
    new = {(number_key(op.target_act), op.target_path) for op in ops if op.op in _ADDED}
    new_units = {p.target for p in act.provisions if p.quoted and p.target}
    for cited in act_citations(act, ops):
        citation = cited.citation
        key = number_key(citation.act) if citation.act else ""
        if not citation.paths or _in_annex(cited):
            continue
        if key in ("", own):
            if ops or not _says_this(act, cited):
                continue
            known: KnownAct | None = this
        else:
            known = registry.find(citation.act, act.head.issued)
        if known is None or not known.loaded:
            continue
        missing = [
            path
            for path in citation.paths
            if path not in new_units
            and not any(act == key and _is_below(path, added) for act, added in new)
            and _has_level(known, path)
            and not find_path(known, path)
        ]
        if missing:
            yield _missing(act, cited, known, missing)


def _is_below(path: str, added: str) -> bool:
    """Whether ``path`` names the added unit, with levels left out («điểm b1» of a khoản above)."""
    return path.rsplit("/", 1)[-1] == added.rsplit("/", 1)[-1] and added.startswith(
        path.split("/", 1)[0]
    )


def _has_level(known: KnownAct, path: str) -> bool:
    """Whether the loaded text has any unit of the kind: many texts come without their annexes."""
    level = path.split("/", 1)[0].rpartition("-")[0]
    return any(other.startswith(f"{level}-") or f"/{level}-" in other for other in known.paths)


def _says_this(act: Act, cited: Cited) -> bool:
    return act.raw.text[cited.start : cited.end].rstrip().endswith("này")


def _in_annex(cited: Cited) -> bool:
    """Forms cite Điều of the decision or contract that they are a form of."""
    return cited.provision.path.startswith(("phu-luc-", "mau-"))


def _missing(act: Act, cited: Cited, known: KnownAct, paths: list[str]) -> Defect:
    certain = [path for path in paths if _certainly_missing(known, path)]
    return defect(
        "V2-khong-co" if certain else "V2-ngoai-dieu",
        act.raw.text, cited.start, cited.end,
        label="; ".join(_label(path) for path in (certain or paths)),
        act=_called(known, act), extent=_extent(known),
    )  # fmt: skip


def _label(path: str) -> str:
    try:
        return label_of(path)
    except ValueError:  # «nội dung C Phụ lục I», numbers of Bộ Pháp điển
        return path.replace("/", " > ")


def _called(known: KnownAct, act: Act) -> str:
    if known.source == act.raw.source:
        return "chính văn bản này"
    return f"{known.title} số {known.number}" if known.title.startswith("Luật") else known.number


def _extent(known: KnownAct) -> str:
    """Say how far the loaded text goes: «, 42 điều»."""
    articles = sum(1 for path in known.paths if path.startswith("dieu-") and "/" not in path)
    return f", {articles} điều" if articles else ""


def _certainly_missing(known: KnownAct, path: str) -> bool:
    """Whether the loaded text shows the unit's siblings in unbroken order and this one beyond them.

    Inserted units, annexes and forms may stand in another version; units in a gap may be lost.
    """
    segments = path.split("/")
    if not all(_PLAIN_UNIT.fullmatch(segment) for segment in segments):
        return False
    for depth in range(len(segments)):
        outer = "/".join(segments[:depth])
        if f"{outer}/{segments[depth]}".strip("/") in known.paths:
            continue
        prefix = f"{outer}/" if outer else ""
        level, _, number = segments[depth].partition("-")
        rests = (p.removeprefix(prefix) for p in known.paths if p.startswith(prefix))
        siblings = [
            rest.partition("-")[2]
            for rest in rests
            if "/" not in rest and rest.startswith(f"{level}-")
        ]
        siblings = [sibling for sibling in siblings if _order(level, sibling)]
        values = sorted(_order(level, sibling) for sibling in siblings)
        unbroken = values == list(range(1, len(values) + 1))
        # one điểm alone is no list: the others were lost or stand in paragraphs
        enough = len(values) >= (2 if level == "diem" else 1)
        return enough and unbroken and _order(level, number) > values[-1]
    return False


def _order(level: str, number: str) -> int:
    """Return the place of a plain number in its sequence; 0 for an inserted one (5a, a1)."""
    if level == "diem":
        return DIEM_ALPHABET.find(number) + 1 if len(number) == 1 else 0
    return int(number) if number.isdigit() else 0


def _amendment_defects(act: Act, ops: list[AmendOp], registry: Registry) -> Iterator[Defect]:
    """V5: what is amended or repealed must be there; what is added must not."""
    spans = {provision.path: provision for provision in act.provisions}
    for op in ops:
        known = registry.find(op.target_act) if op.target_act else None
        provision = spans.get(op.provision)
        if known is None or not known.loaded or provision is None:
            continue
        end = min(provision.end, provision.start + 120)
        label = _label(op.target_path) if op.target_path else "toàn văn"
        fields = {"label": label, "act": known.number, "extent": _extent(known)}
        if op.phrase_old and not _phrase_there(known, op):
            yield defect(
                "V5-cum-tu", act.raw.text, provision.start, end, phrase=op.phrase_old, **fields
            )
        if not op.target_path:
            continue
        stored = find_path(known, op.target_path)
        if op.op == "bo_sung":
            if stored:
                yield defect("V5-da-co", act.raw.text, provision.start, end, **fields)
        elif not stored and _certainly_missing(known, op.target_path):
            yield defect("V5-khong-co", act.raw.text, provision.start, end, **fields)


def _phrase_there(known: KnownAct, op: AmendOp) -> bool:
    """Whether the words to be replaced stand in the unit, or in the whole act where none is named.

    True where the unit itself was not found: that is said already.
    """
    stored = find_path(known, op.target_path) if op.target_path else ""
    if known.text is None or (op.target_path and not stored):
        return True
    text = known.text.raw.text
    if stored:
        unit = next(p for p in known.text.provisions if p.path == stored)
        text = text[unit.start : max(unit.end, unit.subtree_end)]
    return _comparable(op.phrase_old) in _comparable(text)


def _comparable(text: str) -> str:
    return " ".join(fold(clean(text).text).split())
