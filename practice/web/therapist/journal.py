"""What members chose to show of their journals."""

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from practice.services import couples, journal
from practice.web.session import current_actor
from practice.web.therapist import bp


@bp.route("/couples/<uuid:couple_id>/journal", endpoint="journal")
def shown_journal(couple_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "therapist/journal.html",
        header=couples.couple_header(actor=actor, couple_id=couple_id),
        shown=journal.shown_pages(
            actor=actor, couple_id=couple_id, wanted=request.args.get("page", 1, type=int)
        ),
    )
