"""The counsellor's pages."""

from flask import Blueprint

from practice.domain.people import Role
from practice.web.session import require_role

bp = Blueprint("therapist", __name__, url_prefix="/")
require_role(bp, Role.THERAPIST, front="therapist.caseload")

from practice.web.therapist import (  # noqa: E402
    access_log,
    agendas,
    agreements,
    batteries,
    care,
    caseload,
    couples,
    events,
    exports,
    goals,
    homework,
    intake,
    invitations,
    joint_record,
    keeping,
    letters,
    library,
    measures,
    notes,
    outcomes,
    paper,
    reaching,
    release_bundles,
    releases,
    risk_flags,
    safety,
    safety_decisions,
    sessions,
    supervised_notes,
    supervision,
)

__all__ = [
    "access_log",
    "agendas",
    "agreements",
    "batteries",
    "bp",
    "care",
    "caseload",
    "couples",
    "events",
    "exports",
    "goals",
    "homework",
    "intake",
    "invitations",
    "joint_record",
    "keeping",
    "letters",
    "library",
    "measures",
    "notes",
    "outcomes",
    "paper",
    "release_bundles",
    "releases",
    "reaching",
    "risk_flags",
    "safety",
    "safety_decisions",
    "sessions",
    "supervised_notes",
    "supervision",
]
