"""Forms that come too late: the session has run out, or began anew, while a page stood open."""

from flask import Flask, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError

from practice.web import errors, give_back, typed
from practice.web.session import is_background, is_handed_over

PUBLIC_FORMS = frozenset({"security.login", "account.accept_invitation"})
"""Forms of people who are not signed in; they may stand open for long before they are sent."""

KEPT = (
    "You were signed out, because this page had stood still for a while. What you typed is kept "
    "for you for half an hour: sign in, and you find it where it was. It is not saved yet."
)
NOT_KEPT = "You were signed out, because this page had stood still for a while. Nothing was saved."
OPEN_TOO_LONG = "This page had been open for a long while. Please fill it in once more."


def init_app(app: Flask) -> None:
    """Answer a form whose token is no longer good."""

    @app.errorhandler(CSRFError)
    def stale(error: CSRFError) -> ResponseReturnValue:
        if request.endpoint == "account.leave" and _may_leave():
            return str(current_app.view_functions["account.leave"]())
        someone = current_user.is_authenticated or is_handed_over()
        if is_background():
            return "", 400 if someone else 401
        if request.blueprint == "hand_over" and not someone:
            return give_back.page()
        if not request.form.get("csrf_token") or is_handed_over():
            return errors.page(400)
        if request.endpoint in PUBLIC_FORMS:
            flash(OPEN_TOO_LONG, "warning")
            return redirect(request.full_path.rstrip("?"), code=303)
        return _signed_in_anew() if current_user.is_authenticated else _signed_out()


def _may_leave() -> bool:
    """Leaving must work from any page of ours, however old; another site may sign nobody out."""
    return not current_user.is_authenticated or request.origin == request.host_url.rstrip("/")


def _signed_in_anew() -> ResponseReturnValue:
    """Signed in beside this page; the page says itself that it is filled in again."""
    return redirect(request.path, code=303) if typed.keep(request) else errors.page(400)


def _signed_out() -> ResponseReturnValue:
    if request.endpoint == "security.logout":
        return redirect(url_for("security.login"), code=303)
    if typed.keep(request):
        flash(KEPT, "warning")
        return redirect(url_for("security.login", next=request.path), code=303)
    flash(NOT_KEPT, "warning")
    return redirect(url_for("security.login"), code=303)
