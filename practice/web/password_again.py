"""The password once more, before what somebody who holds an open phone must not read or change.

One rule for every such page: it opens for five minutes after the password was given. What is sent
from it later is not carried out; what was typed is kept (``practice.web.typed``) and stands on the
page again after the password. The export of one's own record asks in its own form, every time.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, flash, redirect, request, url_for
from flask import session as browser_session
from flask_login import user_logged_in

from practice.services import clock
from practice.web import typed

View = TypeVar("View", bound=Callable[..., Any])

STAYS = timedelta(minutes=5)
"""How long such a page stays open after the password."""

KEPT = (
    "This page had stood open for a while. What you typed is kept for you for half an hour: enter "
    "your password, and you find it where it was. It is not saved yet."
)

_GIVEN = "password_given_at"
_SIGNED_IN = "signed_in_at"


def init_app(app: Flask) -> None:
    """Remember, in the session on the server, when somebody signed in."""
    user_logged_in.connect(_note_signed_in, app)


def note_given() -> None:
    """Remember that the password was given just now, to go on to such a page."""
    browser_session[_GIVEN] = clock.now().timestamp()


def password_first(*, sign_in_counts: bool, back: str = "") -> Callable[[View], View]:
    """Mark a view that shows and does nothing before the password; the question is everybody's.

    Args:
        sign_in_counts: Whether the password of the sign-in itself is good enough. It is not for
            what stays hidden from somebody who watched its owner sign in.
        back: The page to go on to after the password, for a view that has none of its own.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def asked(*args: Any, **kwargs: Any) -> Any:
            moments = (_GIVEN, _SIGNED_IN) if sign_in_counts else (_GIVEN,)
            if any(_is_fresh(browser_session.get(name)) for name in moments):
                return view(*args, **kwargs)
            if request.method == "POST" and typed.keep(request):
                flash(KEPT, "warning")
            page = url_for(back) if back else request.path
            return redirect(url_for("security.verify", next=page), code=303)

        return asked  # type: ignore[return-value]

    return mark


def _is_fresh(moment: float | None) -> bool:
    if moment is None:
        return False
    return timedelta() <= clock.now() - datetime.fromtimestamp(moment, UTC) < STAYS


def _note_signed_in(app: Flask, **_: object) -> None:
    browser_session[_SIGNED_IN] = clock.now().timestamp()
