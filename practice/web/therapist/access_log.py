"""What staff did with a couple's record."""

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from practice.services import access_log
from practice.web.session import current_actor
from practice.web.therapist import bp


@bp.route("/couples/<uuid:couple_id>/log")
def couple_log(couple_id: UUID) -> ResponseReturnValue:
    page = request.args.get("page", 1, type=int)
    found = access_log.couple_log(actor=current_actor(), couple_id=couple_id, page=page)
    return render_template("therapist/couple_log.html", log=found, couple_id=couple_id)
