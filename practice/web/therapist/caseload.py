"""The therapist's first page."""

from flask.typing import ResponseReturnValue

from practice.web.therapist import bp


@bp.route("/")
def caseload() -> ResponseReturnValue:
    return "<!doctype html><html lang=en-GB><head><title>Caseload</title></head><body><h1>Caseload</h1></body></html>"
