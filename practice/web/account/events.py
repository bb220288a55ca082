"""What follows from a sign-in, a sign-out and a change of credentials: log, sessions, words."""

from typing import Any

from flask import Flask, flash
from flask import session as browser_session
from flask_login import user_logged_out
from flask_security import password_changed, tf_disabled, tf_profile_changed, user_authenticated

from practice.services import accounts, audit, sign_in_sessions
from practice.web.session import account_key, end_session, session_token


def init_app(app: Flask) -> None:
    """Listen to the sign-in library."""
    user_authenticated.connect(_signed_in, app)
    user_logged_out.connect(_signed_out, app)
    password_changed.connect(_password_changed, app)
    tf_profile_changed.connect(_code_on, app)
    tf_disabled.connect(_code_off, app)


def _signed_in(app: Flask, user: Any, authn_via: list[str] | None = None, **_: Any) -> None:
    if authn_via == ["change"]:  # the library signs in anew after a new password
        return
    audit.note_account(user.person_id, "sign_in")


def _signed_out(app: Flask, user: Any, **_: Any) -> None:
    if user is not None and user.is_authenticated:
        audit.note_account(user.person_id, "sign_out")
    end_session()


def _password_changed(app: Flask, user: Any, **_: Any) -> None:
    # The account has a new session key by now, so every other session is dead already.
    audit.note_account(user.person_id, "password.changed")
    accounts.end_calendar_feed(user.person_id)
    flash(
        "Your password is changed. Every other place where you were signed in is signed out.",
        "success",
    )


def _code_on(app: Flask, user: Any, **_: Any) -> None:
    audit.note_account(user.person_id, "one_time_code.on")
    sign_in_sessions.end_all(account_key(), but=session_token())
    flash("The one-time code is on. You will be asked for it when you next sign in.", "success")


def _code_off(app: Flask, user: Any, **_: Any) -> None:
    accounts.forget_second_factor(user)
    audit.note_account(user.person_id, "one_time_code.off")
    sign_in_sessions.end_all(account_key(), but=session_token())
    browser_session.pop("tf_totp_secret", None)
    flash("The one-time code is off, and the recovery codes open nothing any more.", "success")
