"""Errors to pages, once. A hidden and an absent record give the same 404."""

import logging
import traceback

from flask import Flask, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from practice.services.errors import NotFound, Refused
from practice.web.session import layout

log = logging.getLogger(__name__)

NOT_SAVED = (
    "The database is busy or the disk is full, so nothing was saved. Go back: what you typed is "
    "still in the form. Try again in a minute."
)


def page(status: int, *, heading: str = "", message: str = "") -> ResponseReturnValue:
    """Return the error page of ``status``; heading and message replace its usual words."""
    return render_template(
        "errors/error.html", status=status, heading=heading, message=message, **_frame()
    ), status


def _frame() -> dict[str, str]:
    """The layout of whoever is signed in, so that "Leave now" stays in reach on an error."""
    try:
        frame = layout()
    except Exception:  # the database may be what failed
        frame = "base.html"
    return {"layout": frame, "home": url_for("account.home")}


def init_app(app: Flask) -> None:
    """Install one handler per kind of error."""

    @app.errorhandler(NotFound)
    def hidden_or_absent(error: NotFound) -> ResponseReturnValue:
        return page(404)

    @app.errorhandler(Refused)
    def refused(error: Refused) -> ResponseReturnValue:
        return page(409, heading="This is not possible now", message=str(error))

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> ResponseReturnValue:
        if error.code is None or error.code < 400:
            return error.get_response()
        return page(error.code)

    @app.errorhandler(Exception)
    def ours(error: Exception) -> ResponseReturnValue:
        if app.extensions["practice_busy"](error):
            log.warning("not saved: %s %s", request.endpoint, type(error).__name__)
            return _busy()
        # The text of an error may quote what somebody typed: only kind and place are logged.
        log.error("fault in %s: %s at %s", request.endpoint, type(error).__name__, _place(error))
        if app.testing:
            raise error
        return page(500)


def _busy() -> ResponseReturnValue:
    if request.method in ("GET", "HEAD"):
        return page(503)
    return page(503, heading="Not saved", message=NOT_SAVED)


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "?"
