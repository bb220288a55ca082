"""The counsellor's pages."""

from flask import Blueprint

from practice.domain.people import Role
from practice.web.session import require_role

bp = Blueprint("therapist", __name__, url_prefix="/")
require_role(bp, Role.THERAPIST)

from practice.web.therapist import (  # noqa: E402
    access_log,
    agendas,
    batteries,
    care,
    caseload,
    couples,
    events,
    goals,
    homework,
    invitations,
    library,
    measures,
    notes,
    outcomes,
    paper,
    risk_flags,
    sessions,
    supervision,
)

__all__ = [
    "access_log",
    "agendas",
    "batteries",
    "bp",
    "care",
    "caseload",
    "couples",
    "events",
    "goals",
    "homework",
    "invitations",
    "library",
    "measures",
    "notes",
    "outcomes",
    "paper",
    "risk_flags",
    "sessions",
    "supervision",
]
