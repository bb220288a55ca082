"""Deny by default: a session that was handed over reaches these few addresses and no other."""

from uuid import UUID

from flask import Flask, abort, g, request
from flask import session as browser_session
from flask.typing import ResponseReturnValue
from flask_login import current_user

from practice.services import hand_over
from practice.services.hand_over import Visit
from practice.services.sign_in_sessions import HAND_OVER
from practice.web import give_back
from practice.web.session import end_session, is_background, is_handed_over

BLUEPRINT = "hand_over"

TAKES_IT_BACK = frozenset(
    {
        "static",
        "security.login",
        "security.two_factor_token_validation",
        "security.mf_recovery",
    }
)
"""Files, and the way in for the therapist who takes the device back."""


def init_guard(app: Flask) -> None:
    """Install the guard; first of all guards, so that no other answers a visit."""
    app.before_request(_nothing_else)


def current_visit() -> Visit:
    """Return the visit; only for views of this blueprint."""
    found: Visit = g.visit
    return found


def _nothing_else() -> ResponseReturnValue | None:
    if request.endpoint in TAKES_IT_BACK or not is_handed_over():
        return None
    found = _visit()
    if found is None:
        end_session()
        return ("", 401) if is_background() else give_back.page()
    g.visit = found
    if request.blueprint == BLUEPRINT:
        return None
    return give_back.page(found.therapist, still_open=True)


def _visit() -> Visit | None:
    begun = browser_session[HAND_OVER]
    return hand_over.visit(
        couple_id=UUID(begun["couple"]),
        person_id=UUID(begun["person"]),
        by=UUID(begun["by"]),
        account_key=begun["key"],
        alone=UUID(begun["alone"]) if begun.get("alone") else None,
    )


def only_visits() -> ResponseReturnValue | None:
    """Whoever is signed in finds no such page; whoever is not is told that it has closed."""
    if is_handed_over():
        return None
    if current_user.is_authenticated:
        abort(404)
    return ("", 401) if is_background() else give_back.page()
