"""What stands before the sign-in pages: growing delays, and library pages that stay shut."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask, Response, abort, flash, g, make_response, redirect, request, url_for
from flask import session as browser_session
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from practice.domain.sign_in_delay import in_words
from practice.services import accounts, audit, sign_in_throttle
from practice.web import errors

SHUT = frozenset(
    {
        "security.tf_select",  # there is one second factor, so nothing to select
        "security.two_factor_rescue",  # would send mail; recovery codes are the way
        "security.two_factor_setup_validate",  # carries its state in the address; ours is kept here
    }
)
"""Views of the library that cannot be left out and are not used: they answer like no page."""


LEAVES_NOTHING = frozenset(
    {
        "security.logout",
        "account.leave",
        "therapist.hand_over_device",
        "therapist.hand_over_private",
    }
)
"""After these, what the browser still holds of earlier pages is let go; and wherever else a
session ends, by the last answer on a device that was handed over for one."""


def _typed_name() -> str | None:
    return f"name {accounts.normal_name(request.form.get('email', ''))}"


def _signed_in_account() -> str | None:
    key = browser_session.get("_user_id")
    return f"password of {key}" if key else None


def _account_half_way() -> str | None:
    """The account whose password was right and whose code is still to come."""
    key = browser_session.get("tf_user_id")
    return f"code of {key}" if key and "_user_id" not in browser_session else None


def _invitation() -> str | None:
    token = (request.view_args or {}).get("token", "")
    return f"invitation {token}"


GUESSED_AT: dict[str, Callable[[], str | None]] = {
    "security.login": _typed_name,
    "security.verify": _signed_in_account,
    "security.change_password": _signed_in_account,
    "security.two_factor_token_validation": _account_half_way,
    "security.mf_recovery": _account_half_way,
    "account.accept_invitation": _invitation,
    "portal.export_own": _signed_in_account,
}
"""Pages that take a secret, and what is being guessed at there; None: nothing at the moment."""


def init_throttle(app: Flask) -> None:
    """Install the delays. Before the guard and the transaction's end: it has its own connection."""

    @app.before_request
    def slow_down() -> ResponseReturnValue | None:
        subject_of = GUESSED_AT.get(request.endpoint or "")
        subject = subject_of() if subject_of and request.method == "POST" else None
        if subject is None:
            return None
        wait = sign_in_throttle.admit(subject=subject, address=request.remote_addr or "")
        if wait > timedelta():
            return _wait(wait)
        g.tried = subject
        return None

    @app.after_request
    def give_back(response: Response) -> Response:
        if g.get("tried") and g.get("secret_was_right"):
            sign_in_throttle.pardon(subject=g.tried, address=request.remote_addr or "")
        return response


def _wait(wait: timedelta) -> Response:
    audit.note_failed_sign_in(None, "sign_in", "too_many_tries")
    words = in_words(wait)
    answer = errors.page(
        429,
        message=f"There were many tries from this network. Wait {words}, then try again. Another "
        "network, such as a telephone’s own instead of the wifi, does not wait.",
    )
    response = make_response(answer)
    response.headers["Retry-After"] = str(-(-wait // timedelta(seconds=1)))
    return response


def init_gate(app: Flask) -> None:
    """Shut what is not used, and keep people from states the library would punish."""

    @app.before_request
    def gate() -> ResponseReturnValue | None:
        endpoint = request.endpoint or ""
        if endpoint in SHUT:
            abort(404)
        if endpoint.startswith("security."):
            if request.is_json:  # the pages are forms; the library's other way in stays shut
                abort(400)
            _forget_foreign_next()
            return _detour(endpoint)
        return None

    @app.after_request
    def clear(response: Response) -> Response:
        if request.endpoint in LEAVES_NOTHING or g.get("leaves_nothing"):
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


def _forget_foreign_next() -> None:
    """Drop a ``next`` that is no path of this site, so that the library leads to the first page."""
    for source in ("args", "form"):
        values = getattr(request, source)
        if "next" in values and not _is_own_path(values["next"]):
            kept = MultiDict(values)
            kept.poplist("next")
            setattr(request, source, ImmutableMultiDict(kept))


def _is_own_path(target: str) -> bool:
    # Browsers skip control characters and read a backslash as a slash.
    clean = target.isprintable() and "\\" not in target
    return clean and target.startswith("/") and not target.startswith("//")


def _detour(endpoint: str) -> ResponseReturnValue | None:
    """Lead away from a library page that would sign somebody out for coming too late."""
    if not current_user.is_authenticated:
        return None
    if endpoint == "security.two_factor_token_validation" and (
        browser_session.get("tf_state") != "validating_profile"
    ):
        return redirect(url_for("account.security"), code=303)
    if endpoint == "security.mf_recovery_codes" and not current_user.tf_primary_method:
        flash("Recovery codes come with a one-time code. Set that up first.", "note")
        return redirect(url_for("account.security"), code=303)
    return None
