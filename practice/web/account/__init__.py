"""Signing in and out, second factor, invitations. For everybody; shows nothing of a couple."""

from flask import Blueprint

bp = Blueprint("account", __name__, url_prefix="/account")

from practice.web.account import (  # noqa: E402
    calendars,
    installed,
    invitations,
    routes,
)
from practice.web.account.guards import init_throttle  # noqa: E402
from practice.web.account.library import init_app  # noqa: E402

__all__ = ["bp", "calendars", "init_app", "init_throttle", "invitations", "routes"]
__all__ = ["bp", "init_app", "init_throttle", "installed", "invitations", "routes"]
