"""Legal bases of a review, with periods of effect, versions and evidence marks.

The rule which instrument may serve as basis is Điều 142.1.a Nghị định 34/2016/NĐ-CP: issued
later than the act under review, and of higher rank or by the same issuer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from corpus.datafile import CONFIDENCES, Row, by_id, read_sections
from models.records import BasisRef

PATH: Final = Path(__file__).with_name("catalogue") / "bases.yaml"

IN_FORCE: Final = "có hiệu lực"
PENDING: Final = "đã thông qua, chưa có hiệu lực"
EXPIRED: Final = "hết hiệu lực"
NOT_ISSUED: Final = "chưa ban hành"
UNKNOWN: Final = "chưa rõ ngày hiệu lực"

# Higher instruments have lower numbers (Điều 4 Luật 80/2015/QH13 and its successor).
_RANK: Final = {
    "Hiến pháp": 0,
    "Bộ luật": 1,
    "Luật": 1,
    "Nghị quyết của Quốc hội": 1,
    "Pháp lệnh": 2,
    "Nghị định": 3,
    "Nghị quyết": 3,
    "Quyết định": 4,
    "Chỉ thị": 6,
    "Công văn": 7,
    "Thông tư": 5,
    "Thông tư liên tịch": 5,
}

_YEAR: Final = re.compile(r"/(\d{4})/")
_CATEGORY: Final = re.compile(r"[A-F]\d{1,2}")


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of an act and the days on which it applies (both ends included)."""

    name: str
    since: date
    until: date | None
    amended_by: str  # number of the amending act, "" for the first wording
    confidence: str
    sources: tuple[str, ...]
    warning: str  # what a lawyer must know before citing this wording


@dataclass(frozen=True, slots=True)
class BasisAct:
    """An act that serves as legal basis. None where the date has not been verified."""

    code: str
    number: str
    type: str
    title: str
    issuer: str
    issued: date | None
    effective: date | None
    until: date | None  # last day of effect
    replaced_by: str
    confidence: str
    sources: tuple[str, ...]  # S0 … S21 of the dossier
    checked: date | None
    checked_by: str
    note: str
    versions: tuple[Version, ...]

    def status(self, on: date) -> str:
        """Return one of IN_FORCE, PENDING, EXPIRED, NOT_ISSUED, UNKNOWN for the day ``on``."""
        if self.until and on > self.until:
            return EXPIRED
        if self.effective is None:
            return NOT_ISSUED if on < self._earliest() else UNKNOWN
        if on >= self.effective:
            return IN_FORCE
        # An act whose day of signing is not known may not be called passed before its effect.
        return NOT_ISSUED if self.issued is None or on < self.issued else PENDING

    def _earliest(self) -> date:
        """Return the day of signing; the end of the year in the number where it is not known."""
        if self.issued:
            return self.issued
        year = _YEAR.search(self.number)
        return date(int(year.group(1)), 12, 31) if year else date.max

    def version(self, on: date) -> Version | None:
        """Return the wording that applies on ``on``; None where versions are not recorded."""
        for version in self.versions:
            if version.since <= on and (version.until is None or on <= version.until):
                return version
        return None


@dataclass(frozen=True, slots=True)
class Basis:
    """One provision (or a whole act, where articles have not been seen) used as basis."""

    id: str
    act: BasisAct
    dieu: str
    khoan: str
    diem: str
    paraphrase: str  # own words, never the wording of the law
    topics: tuple[str, ...]
    categories: tuple[str, ...]  # A1 … F13
    confidence: str
    sources: tuple[str, ...]
    checked: date | None

    @property
    def provision(self) -> str:
        """Return "điểm a khoản 3 Điều 38"; "" where no article has been verified."""
        parts = [("điểm", self.diem), ("khoản", self.khoan), ("Điều", self.dieu)]
        return " ".join(f"{name} {value}" for name, value in parts if value)

    @property
    def citation(self) -> str:
        """Return "khoản 3 Điều 38 Luật số 68/2020/QH14"."""
        kind = self.act.type.removesuffix(" của Quốc hội")
        return f"{self.provision} {kind} số {self.act.number}".strip()

    def status(self, on: date) -> str:
        """Return the status of the act on the day ``on``."""
        return self.act.status(on)

    def valid_on(self, on: date) -> bool:
        """Whether the basis is in force on the day ``on`` (unknown dates count as no)."""
        return self.act.status(on) == IN_FORCE

    def warning(self, on: date) -> str:
        """Return what must be shown beside the basis on ``on``: status or unverified wording."""
        status = self.status(on)
        if status != IN_FORCE:
            return status
        version = self.act.version(on)
        return version.warning if version else ""

    def ref(self) -> BasisRef:
        """Return the short form that a finding carries."""
        return BasisRef(self.id, self.act.number, self.provision, self.confidence)

    def may_judge(self, act_type: str, issuer: str, issued: date | None) -> bool:
        """Whether this basis may be held against an act (Điều 142.1.a NĐ 34/2016/NĐ-CP).

        Unknown type, issuer or date of the act does not exclude the basis: a person decides.
        """
        if issued and self.act.issued and self.act.issued < issued:
            return False
        rank = _RANK.get(act_type)
        if rank is None:
            return True
        return _RANK[self.act.type] < rank or (bool(issuer) and issuer == self.act.issuer)


@dataclass(frozen=True, slots=True)
class Bases:
    """All bases by id, in file order."""

    acts: dict[str, BasisAct]
    rows: dict[str, Basis]

    def of(self, category: str, on: date) -> tuple[Basis, ...]:
        """Return the bases of a category on a day, surest first.

        First those in force, then those passed but not in force, then those whose dates have not
        been verified and whose number shows an earlier year; ``Basis.warning`` says which.
        """
        serving = [basis for basis in self.rows.values() if category in basis.categories]
        return tuple(
            basis
            for wanted in (IN_FORCE, PENDING, UNKNOWN)
            for basis in serving
            if basis.status(on) == wanted
        )


def load(path: Path = PATH) -> Bases:
    """Read ``bases.yaml``; raises ``DataFileError`` naming the file and the line of a bad row."""
    sections = read_sections(path, ("van_ban", "can_cu"))
    acts: dict[str, BasisAct] = {}
    for row in sections["van_ban"]:
        code = by_id(acts, row, "ma")
        acts[code] = _act(row, code)
    rows: dict[str, Basis] = {}
    for row in sections["can_cu"]:
        basis_id = by_id(rows, row, "id")
        rows[basis_id] = _basis(row, basis_id, acts)
    return Bases(acts, rows)


def _act(row: Row, code: str) -> BasisAct:
    act = BasisAct(
        code=code,
        number=row.text("so_hieu"),
        type=row.choice("loai", _RANK),
        title=row.text("ten"),
        issuer=row.text("co_quan"),
        issued=row.day("ngay_ban_hanh"),
        effective=row.day("hieu_luc_tu"),
        until=row.day("hieu_luc_den"),
        replaced_by=row.text("thay_the_boi", ""),
        confidence=row.choice("muc_tin_cay", CONFIDENCES),
        sources=row.words("nguon"),
        checked=row.day("ngay_doi_chieu"),
        checked_by=row.text("nguoi_doi_chieu", ""),
        note=row.text("ghi_chu", ""),
        versions=tuple(_version(version) for version in row.rows("phien_ban")),
    )
    if act.effective and act.until and act.until < act.effective:
        row.fail("hết hiệu lực trước khi có hiệu lực", "hieu_luc_den")
    if act.issued and act.effective and act.effective < act.issued:
        row.fail("có hiệu lực trước ngày ban hành", "hieu_luc_tu")
    if act.confidence == "đã đối chiếu" and not (act.sources and act.checked):
        row.fail("«đã đối chiếu» thì phải có nguon và ngay_doi_chieu", "muc_tin_cay")
    for before, after in zip(act.versions, act.versions[1:], strict=False):
        if before.until is None or before.until >= after.since:
            row.fail(f"phiên bản «{before.name}» chồng lên «{after.name}»", "phien_ban")
    row.done()
    return act


def _version(row: Row) -> Version:
    since = row.day("ap_dung_tu")
    if since is None:
        row.fail("thiếu trường «ap_dung_tu»", "ap_dung_tu")
    version = Version(
        name=row.text("ten"),
        since=since,
        until=row.day("ap_dung_den"),
        amended_by=row.text("sua_doi_boi", ""),
        confidence=row.choice("muc_tin_cay", CONFIDENCES),
        sources=row.words("nguon"),
        warning=row.text("canh_bao", ""),
    )
    row.done()
    return version


def _basis(row: Row, basis_id: str, acts: dict[str, BasisAct]) -> Basis:
    act = acts[row.choice("van_ban", acts)]
    confidence = row.choice("muc_tin_cay", CONFIDENCES, act.confidence)
    inherited = confidence == act.confidence
    basis = Basis(
        id=basis_id,
        act=act,
        dieu=row.text("dieu", ""),
        khoan=row.text("khoan", ""),
        diem=row.text("diem", ""),
        paraphrase=row.text("dien_giai"),
        topics=row.words("chu_de"),
        categories=row.words("nhom"),
        confidence=confidence,
        sources=row.words("nguon") or act.sources,
        checked=row.day("ngay_doi_chieu") or (act.checked if inherited else None),
    )
    if (basis.diem and not basis.khoan) or (basis.khoan and not basis.dieu):
        row.fail("điểm phải có khoản, khoản phải có điều", "khoan")
    for category in basis.categories:
        if not _CATEGORY.fullmatch(category):
            row.fail(f"«{category}» không phải mã nhóm A1 … F13", "nhom")
    if basis.confidence == "đã đối chiếu" and not (basis.sources and basis.checked):
        row.fail("«đã đối chiếu» thì phải có nguon và ngay_doi_chieu", "muc_tin_cay")
    row.done()
    return basis
