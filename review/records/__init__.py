"""What the review services return and accept: plain dataclasses, no database objects.

Identifiers are integers of the store; ``code`` fields are codes of data files (agency codes of
DOMAIN 7, roles of DOMAIN 1.1, categories of DOMAIN 2.3, states of DOMAIN 1.3). Instants are
aware UTC datetimes. Screens show labels from ``review.state`` and ``review.permission``.
"""

from __future__ import annotations

from review.records.act import (
    ActFilter,
    ActRow,
    ActVersionRow,
    ActView,
    LoadLine,
    LoadReport,
    LoadStatus,
    ProvisionView,
    SignOff,
)
from review.records.finding import (
    DecisionView,
    FindingFilter,
    FindingRow,
    FindingView,
    Neighbours,
    SuppressedRow,
)
from review.records.meeting import (
    AgendaItem,
    Attendee,
    Charge,
    MeetingConclusion,
    MeetingDecision,
    MeetingInput,
    MeetingRow,
    MeetingView,
    Minutes,
    MinutesItem,
)
from review.records.opinion import (
    Competence,
    MemberStatus,
    OpinionBoard,
    OpinionInput,
    OpinionRow,
    OpinionView,
    ProposalInput,
    ProposalView,
)
from review.records.overview import (
    AgencyFigures,
    AuditRow,
    AuditVerdict,
    CategoryFigure,
    Draft,
    ExportRow,
    Figures,
    JobView,
    Tally,
)
from review.records.page import Page, PageRequest
from review.records.people import (
    AgencyRow,
    CampaignAgency,
    CampaignInput,
    CampaignView,
    DemoAccount,
    Membership,
    Person,
    SignedIn,
)
from review.records.search import ActHit, SearchFilter, SearchHit, SearchResult
from review.records.similar import SimilarRow, SimilarState

__all__ = [
    "ActFilter",
    "ActHit",
    "ActRow",
    "ActVersionRow",
    "ActView",
    "AgencyFigures",
    "AgencyRow",
    "AgendaItem",
    "Attendee",
    "AuditRow",
    "AuditVerdict",
    "CampaignAgency",
    "CampaignInput",
    "CampaignView",
    "CategoryFigure",
    "Charge",
    "Competence",
    "DecisionView",
    "DemoAccount",
    "Draft",
    "ExportRow",
    "Figures",
    "FindingFilter",
    "FindingRow",
    "FindingView",
    "JobView",
    "LoadLine",
    "LoadReport",
    "LoadStatus",
    "MeetingConclusion",
    "MeetingDecision",
    "MeetingInput",
    "MeetingRow",
    "MeetingView",
    "MemberStatus",
    "Membership",
    "Minutes",
    "MinutesItem",
    "Neighbours",
    "OpinionBoard",
    "OpinionInput",
    "OpinionRow",
    "OpinionView",
    "Page",
    "PageRequest",
    "Person",
    "ProposalInput",
    "ProposalView",
    "ProvisionView",
    "SearchFilter",
    "SearchHit",
    "SearchResult",
    "SignOff",
    "SignedIn",
    "SimilarRow",
    "SimilarState",
    "SuppressedRow",
    "Tally",
]
