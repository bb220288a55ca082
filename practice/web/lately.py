"""The password once more, before what a passer-by at an open phone must not read or change."""

from datetime import UTC, datetime, timedelta

from flask import redirect, request, url_for
from flask import session as browser_session
from flask.typing import ResponseReturnValue

from practice.services import clock

TO_READ = timedelta(minutes=15)
TO_SEND = timedelta(minutes=30)
"""What was opened in time can still be sent, after a while of writing."""

_CONFIRMED = "fs_paa"
"""Where the sign-in library keeps when the password was last given."""


def ask_again() -> ResponseReturnValue | None:
    """Return the way to the page that asks for the password, or None where it was given lately."""
    limit = TO_READ if request.method in {"GET", "HEAD"} else TO_SEND
    given = browser_session.get(_CONFIRMED)
    if given is not None and clock.now() - datetime.fromtimestamp(given, UTC) < limit:
        return None
    return redirect(url_for("security.verify", next=request.path), code=303)
