"""Who may amend an act, and with what: «Không thể sửa nghị định bằng thông tư».

The table is ``competence.yaml``; the rule is Luật 80/2015/QH13 Đ12.1 (DOMAIN 4.4).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from corpus.agency import agency_of
from review import agencies
from review.records import Competence


@dataclass(frozen=True, slots=True)
class Rule:
    """Acts of these types by these kinds of issuer, and the instruments that may amend them."""

    types: tuple[str, ...]
    kinds: tuple[str, ...]  # empty = any issuer
    name: str
    issuer: str
    instruments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The table and the legal basis that is printed with every sentence."""

    basis: str
    rows: tuple[Rule, ...]

    @classmethod
    def load(cls, path: Path) -> Rules:
        """Read the table; raises ``ValueError`` naming the row that is wrong."""
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        rows = []
        for number, row in enumerate(data["loai_van_ban"], 1):
            missing = {"loai", "ten", "cua", "bang"} - set(row)
            strange = set(row) - {"loai", "cap", "ten", "cua", "bang"}
            if missing or strange:
                raise ValueError(
                    f"{path.name}: dòng {number} thiếu {sorted(missing)}, lạ {sorted(strange)}"
                )
            rows.append(
                Rule(
                    tuple(row["loai"]),
                    tuple(row.get("cap", ())),
                    row["ten"],
                    row["cua"],
                    tuple(row["bang"]),
                )
            )
        return cls(data["can_cu"], tuple(rows))

    def of(self, type_name: str, issuer_code: str) -> Rule | None:
        """Return the first rule for the type and issuer; None where the table has none."""
        issuer = agency_of(issuer_code)
        kind = issuer.kind if issuer else ""
        for row in self.rows:
            if type_name in row.types and (not row.kinds or kind in row.kinds):
                return row
        return None


RULES = Rules.load(Path(__file__).with_name("competence.yaml"))


def judge(
    type_name: str,
    issuer_code: str,
    agency: str,
    instrument: str = "",
    lead_agency: str = "",
) -> Competence:
    """Return whether ``instrument``, drafted by ``lead_agency``, may amend the act, and why.

    ``agency`` reviews the act today; "" for ``instrument`` asks only what would be right.
    """
    name = agencies.name_of(agency) if agency else "cơ quan được phân công"
    rule = RULES.of(type_name, issuer_code)
    if rule is None:
        sentence = (
            f"Chưa có quy tắc thẩm quyền cho loại văn bản «{type_name or 'không rõ'}»: "
            "người đề xuất tự xác định hình thức và cơ quan."
        )
        return Competence(True, sentence, (), agency)
    right = " hoặc ".join(item.lower() for item in rule.instruments)
    issuer = rule.issuer.format(agency=name)
    because = f"{rule.name} chỉ được sửa, thay thế, bãi bỏ bằng {right} của {issuer}"
    if instrument and instrument not in rule.instruments:
        sentence = f"Không thể sửa {rule.name} bằng {instrument.lower()}: {because}"
        return Competence(False, f"{sentence} ({RULES.basis}).", rule.instruments, agency)
    of_ministry = "{agency}" in rule.issuer
    if of_ministry and lead_agency and agency and lead_agency != agency:
        sentence = (
            f"{agencies.name_of(lead_agency)} không có thẩm quyền sửa văn bản này: "
            f"nay thuộc trách nhiệm của {name}"
        )
        return Competence(False, f"{sentence} ({RULES.basis}).", rule.instruments, agency)
    sentence = because[0].upper() + because[1:]
    former = agency_of(issuer_code)
    if of_ministry and former and agency and former.code != agency:
        sentence += f"; {former.name} đã ban hành, nay {name} kế thừa trách nhiệm"
    elif not of_ministry and agency:
        sentence += f"; {name} chủ trì soạn thảo, trình"
    return Competence(True, f"{sentence} ({RULES.basis}).", rule.instruments, agency)
