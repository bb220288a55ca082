"""Whom a therapist supervises, couples by number, and who supervises them."""

from flask import render_template
from flask.typing import ResponseReturnValue

from practice.services import notes
from practice.services import supervision as service
from practice.web.session import current_actor
from practice.web.therapist import bp


@bp.route("/supervision")
def supervision() -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "therapist/supervision.html",
        page=service.supervision(actor=actor),
        waiting={one.session_id for one in notes.notes_to_countersign(actor)},
    )
