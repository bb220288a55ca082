"""Server-side sessions, the guard that closes every view, and who is asking."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from flask import (
    Blueprint,
    Flask,
    Request,
    Response,
    abort,
    current_app,
    redirect,
    request,
    url_for,
)
from flask import session as browser_session
from flask.sessions import SessionInterface, SessionMixin
from flask.typing import ResponseReturnValue
from flask_login import current_user, user_logged_in
from werkzeug.datastructures import CallbackDict

from practice.config.settings import Settings
from practice.domain.people import Actor, Role
from practice.services import sign_in_sessions

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC_LIBRARY_VIEWS = frozenset(
    {
        "static",
        "security.login",
        "security.two_factor_token_validation",
        "security.two_factor_select",
        "security.mf_recovery",
    }
)
"""Views we did not write and cannot mark: the sign-in itself, and files."""


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """A session whose content stays on the server; the cookie holds a random token."""

    def __init__(self, token: str | None, content: dict[str, Any], *, touch: bool) -> None:
        def changed(_: Any) -> None:
            self.modified = True

        super().__init__(content, changed)
        self.token = token
        self.new = token is None
        self.modified = False
        self.touch = touch
        self.renew = False


class ServerSessionInterface(SessionInterface):
    """Keeps sessions in the database (``services.sign_in_sessions``)."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        token = request.cookies.get(self.get_cookie_name(app))
        stored = sign_in_sessions.load(token) if token else None
        if stored is None:
            return ServerSession(None, {}, touch=False)
        return ServerSession(token, stored.content, touch=stored.touch)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        assert isinstance(session, ServerSession)  # noqa: S101  # ours, by open_session
        if session.token and (session.renew or not session):
            sign_in_sessions.end(session.token)
            session.token = None
        if not session:
            if not session.new:
                self._drop_cookie(app, response)
            return
        if not (session.modified or session.touch or session.token is None):
            return
        token = session.token or sign_in_sessions.new_token()
        sign_in_sessions.save(
            token,
            dict(session),
            idle=timedelta(seconds=session.get("idle", self.settings.staff_idle.total_seconds())),
            absolute=self.settings.absolute_life,
        )
        if token != session.token:
            response.set_cookie(
                self.get_cookie_name(app),
                token,
                httponly=True,
                secure=self.settings.secure_cookies,
                samesite="Lax",
                path="/",
            )

    def _drop_cookie(self, app: Flask, response: Response) -> None:
        response.delete_cookie(
            self.get_cookie_name(app),
            path="/",
            secure=self.settings.secure_cookies,
            httponly=True,
            samesite="Lax",
        )


def public(view: View) -> View:
    """Mark a view that needs no sign-in; every other view does."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def require_role(blueprint: Blueprint, role: Role) -> None:
    """Hide a whole blueprint from everybody without ``role``."""

    def check() -> None:
        if current_actor().role is not role:
            abort(404)

    blueprint.before_request(check)


def current_actor() -> Actor:
    """Return who is signed in; only for views that are not public."""
    return Actor(current_user.person_id, current_user.role, current_user.person.name)


def end_session() -> None:
    """End the browser's session on the server, at once."""
    browser_session.clear()


def init_app(app: Flask, settings: Settings) -> None:
    """Install the session store and the guard."""
    app.session_interface = ServerSessionInterface(settings)
    app.config["SESSION_COOKIE_NAME"] = "__Host-dyad" if settings.secure_cookies else "dyad"
    app.before_request(_guard)
    user_logged_in.connect(_signed_in, app)
    app.context_processor(_signed_in_name)


def _signed_in_name() -> dict[str, str]:
    return {"signed_in_name": current_user.person.name if current_user.is_authenticated else ""}


def _guard() -> ResponseReturnValue | None:
    if request.endpoint is None or _is_public(request.endpoint):
        return None
    if current_user.is_authenticated:
        return None
    if request.method == "GET":
        return redirect(url_for("security.login", next=request.full_path.rstrip("?")), code=303)
    return redirect(url_for("security.login"), code=303)


def _is_public(endpoint: str) -> bool:
    view = current_app.view_functions[endpoint]
    return endpoint in PUBLIC_LIBRARY_VIEWS or getattr(view, "is_public", False)


def _signed_in(app: Flask, user: Any) -> None:
    settings: Settings = app.extensions["practice"]
    idle = settings.portal_idle if user.role is Role.PARTNER else settings.staff_idle
    browser_session["idle"] = idle.total_seconds()
    # A session id known before sign-in must not be the one that is signed in.
    if isinstance(browser_session._get_current_object(), ServerSession):  # type: ignore[attr-defined]
        browser_session.renew = True  # type: ignore[attr-defined]
