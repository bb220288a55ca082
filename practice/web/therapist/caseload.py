"""The therapist's first page."""

from flask import render_template
from flask.typing import ResponseReturnValue

from practice.web.therapist import bp


@bp.route("/")
def caseload() -> ResponseReturnValue:
    return render_template("therapist/caseload.html")
