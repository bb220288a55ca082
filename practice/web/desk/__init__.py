"""The front desk: diary and contact, nothing clinical."""

from flask import Blueprint

from practice.domain.people import Role
from practice.web.session import require_role

bp = Blueprint("desk", __name__, url_prefix="/desk")
require_role(bp, Role.RECEPTION)

from practice.web.desk import (  # noqa: E402
    contacts,
    diary,
)

__all__ = ["bp", "contacts", "diary"]
