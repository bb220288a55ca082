"""Each partner's own pages; no couple id in any address."""

from flask import Blueprint

from practice.domain.people import Role
from practice.web.session import require_role

bp = Blueprint("portal", __name__, url_prefix="/my")
require_role(bp, Role.PARTNER)

from practice.web.portal import goals  # noqa: E402
from practice.web.portal import home  # noqa: E402
from practice.web.portal import homework  # noqa: E402

__all__ = ["bp", "goals", "home", "homework"]
