"""Errors to pages, once. A hidden and an absent record give the same 404."""

import logging
import traceback

from flask import Flask, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from practice.services.errors import NotFound, Refused
from practice.web.session import layout, note_absence

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
    if frame == "base.html" and request.endpoint == "account.accept_invitation":
        frame = "base_guest.html"
    home = "hand_over.home" if frame == "base_hand_over.html" else "account.home"
    return {"layout": frame, "home": url_for(home)}


def init_app(app: Flask) -> None:
    """Install one handler per kind of error."""
    # The framework would log the whole error, which may quote what somebody typed.
    app.log_exception = lambda exc_info: None  # type: ignore[method-assign]
    app.register_error_handler(NotFound, _hidden_or_absent)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _ours)


def _hidden_or_absent(error: NotFound) -> ResponseReturnValue:
    note_absence()
    return page(404)


def _refused(error: Refused) -> ResponseReturnValue:
    return page(409, heading="This is not possible now", message=str(error))


def _http(error: HTTPException) -> ResponseReturnValue:
    if isinstance(original := getattr(error, "original_exception", None), Exception):
        return _ours(original)  # failed after the view, e.g. when what it did was to be stored
    if error.code is None or error.code < 400:
        return error.get_response()
    return page(error.code)


def _ours(error: Exception) -> ResponseReturnValue:
    kinds = current_app.extensions
    if kinds["practice_busy"](error):
        log.warning("not saved: %s %s", request.endpoint, type(error).__name__)
        return _busy()
    if kinds["practice_taken"](error):
        log.warning("sent twice at once: %s at %s", request.endpoint, _place(error))
        return page(409)
    # The text of an error may quote what somebody typed: only kind and place are logged.
    log.error("fault in %s: %s at %s", request.endpoint, type(error).__name__, _place(error))
    if current_app.testing:
        raise error
    return page(500)


def _busy() -> ResponseReturnValue:
    if request.method in ("GET", "HEAD"):
        return page(503)
    return page(503, heading="Not saved", message=NOT_SAVED)


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "?"
