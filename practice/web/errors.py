"""Errors to pages, once. A hidden and an absent record give the same 404."""

import logging

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from practice.services.errors import NotFound, Refused

log = logging.getLogger(__name__)

WORDS: dict[int, tuple[str, str]] = {
    400: ("That did not come through", "Go back, reload the page and try once more."),
    401: ("Please sign in", "Sign in to go on."),
    403: ("This is not open to you", "Go back to the page you came from."),
    404: ("There is no such page", "The address may be incomplete, or the page is not yours."),
    405: ("That did not come through", "Go back, reload the page and try once more."),
    409: ("Somebody saved in the meantime", "Go back and compare both texts."),
    413: ("That is too much at once", "Shorten the text and save again. Nothing was saved."),
    422: ("Something is missing", "Go back and look at the marked fields."),
    429: ("Please wait a moment", "There were many attempts. Wait a little and try again."),
    500: ("Something went wrong here", "Nothing was saved. Try again; your record is unharmed."),
    503: ("Not saved", "The program is busy or its disk is full. Go back and save again."),
}


def page(status: int, message: str = "") -> ResponseReturnValue:
    """Return the error page of ``status``; ``message`` replaces the second sentence."""
    heading, advice = WORDS.get(status, WORDS[500])
    # The access log tells absent from hidden; the page must not.
    return render_template(
        "errors/error.html", status=status, heading=heading, advice=message or advice
    ), status


def init_app(app: Flask) -> None:
    """Install one handler per kind of error."""

    @app.errorhandler(NotFound)
    def hidden_or_absent(error: NotFound) -> ResponseReturnValue:
        return page(404)

    @app.errorhandler(Refused)
    def refused(error: Refused) -> ResponseReturnValue:
        return page(409, str(error))

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> ResponseReturnValue:
        if error.code is None or error.code < 400:
            return error.get_response()  # type: ignore[return-value]
        return page(error.code)

    @app.errorhandler(Exception)
    def ours(error: Exception) -> ResponseReturnValue:
        if app.extensions["practice_busy"](error):
            log.warning("not saved: %s %s", request.endpoint, type(error).__name__)
            return page(503)
        # The text of an error may quote what somebody typed: only its kind and place go to the log.
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
        log.error("fault in %s: %s at %s", request.endpoint, type(error).__name__, place)
        if app.testing:
            raise error
        return page(500)
