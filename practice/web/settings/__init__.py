"""What the practice sets for itself: measures, figures, texts, published figures. For therapists.

Any of its therapists may set these, not the owner alone, and each change is kept
with name and time.
"""

from flask import Blueprint

from practice.domain.people import Role
from practice.web.session import require_role

bp = Blueprint("settings", __name__, url_prefix="/settings")
require_role(bp, Role.THERAPIST)

from practice.web.settings import (  # noqa: E402
    agreements,
    figures,
    index,
    literature,
    measures,
    note_templates,
    records,
    resources,
    texts,
    worksheets,
)

__all__ = [
    "agreements",
    "bp",
    "figures",
    "index",
    "literature",
    "measures",
    "note_templates",
    "records",
    "resources",
    "texts",
    "worksheets",
]
