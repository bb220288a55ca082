"""The therapist's first page: their couples."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from practice.services import caseload as service
from practice.web.session import current_actor
from practice.web.therapist import bp


@bp.route("/", methods=["GET", "POST"])
def caseload() -> ResponseReturnValue:
    # A search is sent as a form: names stay out of addresses, history and logs.
    asked = request.form if request.method == "POST" else request.args
    found = service.caseload(
        actor=current_actor(),
        search=request.form.get("q", ""),
        ended=asked.get("show") == "ended",
        page=asked.get("page", 1, type=int),
    )
    return render_template("therapist/caseload.html", caseload=found)
