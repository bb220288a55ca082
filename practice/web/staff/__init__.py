"""Running the practice: who works here, who read what. For owners; nothing clinical."""

from flask import Blueprint

from practice.domain.people import Role
from practice.web.session import require_owner, require_role

bp = Blueprint("staff", __name__, url_prefix="/practice")
require_role(bp, Role.THERAPIST)
require_owner(bp)

from practice.web.staff import (  # noqa: E402
    care,
    people,
    reads,
    supervision,
)

__all__ = ["bp", "care", "people", "reads", "supervision"]
