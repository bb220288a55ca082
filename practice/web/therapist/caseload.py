"""The therapist's first page: their couples."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from practice.services import caseload as service
from practice.web.session import current_actor
from practice.web.therapist import bp


@bp.route("/")
def caseload() -> ResponseReturnValue:
    found = service.caseload(
        actor=current_actor(),
        search=request.args.get("q", ""),
        ended=request.args.get("show") == "ended",
        page=request.args.get("page", 1, type=int),
    )
    return render_template("therapist/caseload.html", caseload=found)
