"""Whom a therapist supervises, couples by number, and who supervises them."""

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from practice.services import supervision as service
from practice.web.session import current_actor
from practice.web.therapist import bp

NOTES = "therapist.supervised_notes"
"""The page on which a supervisor reads and countersigns the notes of a session."""


@bp.route("/supervision")
def supervision() -> ResponseReturnValue:
    return render_template(
        "therapist/supervision.html",
        page=service.supervision(actor=current_actor()),
        notes=NOTES if NOTES in current_app.view_functions else "",
    )
