"""People, roles, agencies and campaigns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


def post_of(title: str, unit: str) -> str:
    """Return title and unit as one writes them behind a name: "Trưởng phòng, Vụ Pháp chế"."""
    return ", ".join(part for part in (title, unit) if part)


@dataclass(frozen=True, slots=True)
class Membership:
    """A role (code of permissions.yaml) held for an agency (code of corpus.agency)."""

    role: str
    agency: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has signed in, or a row of the list of people."""

    id: int
    username: str
    name: str
    title: str = ""
    memberships: tuple[Membership, ...] = ()
    active: bool = True
    demo: bool = False
    unit: str = ""  # đơn vị of the agency, "Vụ Pháp chế"

    def roles(self) -> set[str]:
        """Return the role codes the person holds anywhere."""
        return {membership.role for membership in self.memberships}

    def agencies(self) -> list[str]:
        """Return the agency codes of the memberships, in order, without repetition."""
        return list(dict.fromkeys(membership.agency for membership in self.memberships))


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session: the token goes into the cookie, only its hash is stored."""

    token: str
    person: Person
    expires: datetime


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A demo sign-in button: user name, password, and who that is."""

    username: str
    password: str
    name: str
    role: str  # label
    agency: str  # name


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency as the administration screen lists it."""

    code: str
    name: str
    kind: str
    valid_from: date | None
    valid_to: date | None
    responsible_today: str  # code; itself while it exists
    people: int = 0
    acts: int = 0


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """Acts that wait under a name of the past, and who answers for them today."""

    agency: str
    name: str
    successor: str
    successor_name: str
    acts: int


@dataclass(frozen=True, slots=True)
class CampaignAgency:
    """An agency taking part in a campaign, with its own deadline."""

    code: str
    name: str
    deadline: date | None
    order: int = 0
    sector_group: str = ""


@dataclass(frozen=True, slots=True)
class CampaignView:
    """An «đợt rà soát»: basis date (law as of that day), deadline, cut-off of figures."""

    id: int
    code: str
    name: str
    basis_date: date
    deadline: date | None
    cutoff: date | None
    documents: tuple[str, ...]
    agencies: tuple[CampaignAgency, ...]
    version: int

    def days_left(self, today: date) -> int | None:
        """Days from ``today`` to the deadline; negative when it has passed."""
        return None if self.deadline is None else (self.deadline - today).days


@dataclass(frozen=True, slots=True)
class CampaignInput:
    """What an administrator fills in to open a campaign."""

    code: str
    name: str
    basis_date: date
    deadline: date | None = None
    cutoff: date | None = None
    documents: tuple[str, ...] = ()
    agencies: tuple[CampaignAgency, ...] = ()
