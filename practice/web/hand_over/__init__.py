"""A partner at the therapist's device: their open questions, and not one page more."""

from flask import Blueprint

from practice.web.hand_over.guard import BLUEPRINT, init_guard, only_visits

bp = Blueprint(BLUEPRINT, __name__, url_prefix="/hand-over")
bp.before_request(only_visits)

from practice.web.hand_over import routes  # noqa: E402

__all__ = ["bp", "init_guard", "routes"]
