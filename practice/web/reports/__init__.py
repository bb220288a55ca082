"""Outcome reports: preview, issue, download."""

from flask import Blueprint

from practice.domain.people import Role
from practice.web.session import require_role

bp = Blueprint("reports", __name__, url_prefix="/reports")
require_role(bp, Role.THERAPIST)

from practice.web.reports import couple  # noqa: E402

__all__ = ["bp", "couple"]
