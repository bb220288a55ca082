"""The counsellor's pages."""

from flask import Blueprint

from practice.domain.people import Role
from practice.web.session import require_role

bp = Blueprint("therapist", __name__, url_prefix="/")
require_role(bp, Role.THERAPIST)

from practice.web.therapist import (  # noqa: E402
    agendas,
    batteries,
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
    reaching,
    risk_flags,
    safety,
    safety_decisions,
    sessions,
)

__all__ = [
    "agendas",
    "batteries",
    "bp",
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
    "reaching",
    "risk_flags",
    "safety",
    "safety_decisions",
    "sessions",
]
