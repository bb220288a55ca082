"""The counsellor's pages."""

from flask import Blueprint

from practice.domain.people import Role
from practice.web.session import require_role

bp = Blueprint("therapist", __name__, url_prefix="/")
require_role(bp, Role.THERAPIST)

from practice.web.therapist import (  # noqa: E402
    agendas,
    agreements,
    batteries,
    caseload,
    couples,
    events,
    goals,
    homework,
    intake,
    invitations,
    joint_record,
    library,
    measures,
    notes,
    outcomes,
    paper,
    risk_flags,
    sessions,
)

__all__ = [
    "agendas",
    "agreements",
    "batteries",
    "bp",
    "caseload",
    "couples",
    "events",
    "goals",
    "homework",
    "intake",
    "invitations",
    "joint_record",
    "library",
    "measures",
    "notes",
    "outcomes",
    "paper",
    "risk_flags",
    "sessions",
]
