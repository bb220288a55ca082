"""The therapist's first page."""

from flask.typing import ResponseReturnValue

from practice.web.therapist import bp


@bp.route("/")
def caseload() -> ResponseReturnValue:
    return "caseload"
