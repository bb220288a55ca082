"""Pages that ask for the password first, however fresh the sign-in is.

For what must stay shut to somebody who holds an open phone: entries that were locked away. Signing
in does not count: it may have been a minute ago. Where it does count, ``practice.web.lately``; the
export of one's own record asks in its own form.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any, TypeVar

from flask import redirect, request, url_for
from flask import session as browser_session

from practice.services import clock

View = TypeVar("View", bound=Callable[..., Any])

STAYS = timedelta(minutes=5)
"""How long such a page stays open after the password."""

_AT = "password_confirmed_at"


def note_confirmed() -> None:
    """Remember in this session, on the server, that the password was entered just now."""
    browser_session[_AT] = clock.now().timestamp()


def is_confirmed() -> bool:
    """Whether the password was entered in this session a moment ago."""
    at = browser_session.get(_AT)
    if at is None:
        return False
    age = clock.now() - datetime.fromtimestamp(at, UTC)
    return timedelta() <= age < STAYS


def password_first(view: View) -> View:
    """Mark a view that shows nothing before the password; the same question to everybody.

    A form that comes too late leads to the same question, and then to the first page of its kind:
    an act is never carried out afterwards.
    """

    @wraps(view)
    def asked(*args: Any, **kwargs: Any) -> Any:
        if is_confirmed():
            return view(*args, **kwargs)
        back = request.path if request.method == "GET" else None
        return redirect(url_for("security.verify", next=back), code=303)

    return asked  # type: ignore[return-value]
