"""Each partner's own pages; no couple id in any address."""

from flask import Blueprint

from practice.domain.people import Role
from practice.web.session import require_role

bp = Blueprint("portal", __name__, url_prefix="/my")
require_role(bp, Role.PARTNER)

from practice.web.portal import (  # noqa: E402
    agreements,
    answers,
    between,
    each_other,
    goal_steps,
    goals,
    home,
    homework,
    homework_views,
    intake,
    journal,
    letters,
    looks,
    one_question,
    own_entries,
    private,
    questions,
    record,
    reminders,
    resources,
    time_alone,
)

__all__ = [
    "agreements",
    "answers",
    "between",
    "bp",
    "each_other",
    "goal_steps",
    "goals",
    "home",
    "homework",
    "homework_views",
    "intake",
    "journal",
    "letters",
    "looks",
    "one_question",
    "own_entries",
    "private",
    "questions",
    "record",
    "resources",
    "time_alone",
    "reminders",
]
