"""Server-side sessions, the guard that closes every view, and who is asking."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from flask import (
    Blueprint,
    Flask,
    Request,
    Response,
    abort,
    current_app,
    flash,
    g,
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
from practice.domain.access_words import network_of
from practice.domain.people import Actor, Role
from practice.services import access, audit, sign_in_sessions
from practice.services.sign_in_sessions import HAND_OVER, StoredSession

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC_LIBRARY_VIEWS = frozenset(
    {
        "static",
        "security.login",
        "security.two_factor_token_validation",
        "security.mf_recovery",
    }
)
"""Views we did not write and cannot mark: the sign-in itself, and files."""

SIGNED_OUT = (
    "You were signed out. This happens when nothing is done for a while, or when it was asked for "
    "elsewhere."
)

HAND_OVER_IDLE = timedelta(minutes=30)
"""A long questionnaire, answered with pauses; then the device wants its therapist again."""

LAYOUTS = {
    Role.THERAPIST: "base_therapist.html",
    Role.RECEPTION: "base_desk.html",
    Role.PARTNER: "base_portal.html",
}


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """A session whose content stays on the server; the cookie holds a random token."""

    def __init__(self, token: str | None, stored: StoredSession | None) -> None:
        def changed(_: Any) -> None:
            self.modified = True

        super().__init__(stored.content if stored else {}, changed)
        self.token = token if stored else None
        self.started_at = stored.started_at if stored else None
        self.new = stored is None
        self.modified = False
        self.touch = stored is not None and stored.touch
        self.renew = False


class ServerSessionInterface(SessionInterface):
    """Keeps sessions in the database (``services.sign_in_sessions``)."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def open_session(self, app: Flask, request: Request) -> ServerSession:
        token = request.cookies.get(self.get_cookie_name(app))
        return ServerSession(token, sign_in_sessions.load(token) if token else None)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        assert isinstance(session, ServerSession)  # noqa: S101  # ours, by open_session
        if session.token and (session.renew or not session):
            sign_in_sessions.end(session.token)
            session.token = None
        if not session:
            if not session.new:
                self._drop_cookie(app, response)
        elif session.token is None:
            self._begin(app, session, response)
        elif session.modified or session.touch:
            self._extend(app, session, session.token, response)

    def _begin(self, app: Flask, session: ServerSession, response: Response) -> None:
        token = sign_in_sessions.new_token()
        sign_in_sessions.begin(
            token, dict(session), idle=self._idle(session), absolute=self.settings.absolute_life
        )
        response.set_cookie(
            self.get_cookie_name(app),
            token,
            httponly=True,
            secure=self.settings.secure_cookies,
            samesite="Lax",
            path="/",
        )

    def _extend(self, app: Flask, session: ServerSession, token: str, response: Response) -> None:
        assert session.started_at is not None  # noqa: S101  # known whenever a token is
        if not sign_in_sessions.extend(
            token,
            dict(session),
            started_at=session.started_at,
            idle=self._idle(session),
            absolute=self.settings.absolute_life,
        ):
            self._drop_cookie(app, response)  # ended elsewhere while this request ran

    def _idle(self, session: ServerSession) -> timedelta:
        return timedelta(seconds=session.get("idle", self.settings.staff_idle.total_seconds()))

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


def background(view: View) -> View:
    """Mark a view that a script calls while its page stands open, without anybody asking.

    It is never redirected, and shows nothing: where its session is over it answers 401.
    """
    view.is_background = True  # type: ignore[attr-defined]
    return view


def is_background() -> bool:
    """Whether the present request is for a view that a script calls."""
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, "is_background", False))


def do_not_extend() -> None:
    """Let this request not count as a sign of life: nobody did anything."""
    browser_session.touch = False  # type: ignore[attr-defined]


def require_role(blueprint: Blueprint, role: Role, *, front: str = "") -> None:
    """Hide a whole blueprint from everybody without ``role``.

    Args:
        blueprint: Whose pages they are.
        role: Whose pages they are.
        front: The endpoint at the bare address of the practice. Somebody else who typed no more
            than that is looking for their own first page, not for this one.
    """

    def check() -> ResponseReturnValue | None:
        if current_actor().role is role:
            return None
        if front and request.endpoint == front and request.method == "GET":
            return redirect(url_for("account.home"), code=303)
        note_absence()
        abort(404)

    blueprint.before_request(check)


def require_owner(blueprint: Blueprint) -> None:
    """Hide a whole blueprint from everybody who does not run the practice."""

    def check() -> None:
        if not current_actor().is_owner:
            note_absence()
            abort(404)

    blueprint.before_request(check)


def current_actor() -> Actor:
    """Return who is signed in; only for views that are not public."""
    user = current_user
    return Actor(user.person_id, user.role, user.person.name, is_owner=user.is_owner)


def note_absence() -> None:
    """Tell the access log that whoever is signed in asked for what is not there for them."""
    if current_user.is_authenticated:
        couple_id = (request.view_args or {}).get("couple_id")
        access.note_absence(current_actor(), couple_id, request.endpoint or "")


def origin_of_request() -> audit.Origin:
    """Return where the request came from, for the access log.

    Staff leave their address. Of a client the network alone is kept, because where somebody is
    can put them in danger; but whoever is refused leaves the whole of it: there it is evidence.
    """
    whole = request.remote_addr or ""
    known = current_user.is_authenticated
    short = network_of(whole)
    if known and current_user.role is not Role.PARTNER:
        return audit.Origin(whole, whole)
    return audit.Origin(short, short if known else whole)


def account_key() -> str:
    """Return the key under which the sessions of whoever is signed in are kept."""
    key: str = browser_session["_user_id"]
    return key


def session_token() -> str | None:
    """Return the cookie value of this session; None for one that is only beginning."""
    token: str | None = browser_session.token  # type: ignore[attr-defined]
    return token


def end_session() -> None:
    """End the browser's session on the server, at once; nothing of it stays in the browser."""
    g.leaves_nothing = True
    browser_session.clear()


def hand_over(couple_id: UUID, person_id: UUID, alone: UUID | None = None) -> None:
    """End the therapist's session and begin one that can reach a partner's questions alone.

    The new session has a new token and no sign-in; what it holds is asked for again at every
    request (``practice.web.hand_over.guard``).

    Args:
        couple_id: The couple whose questions are asked.
        person_id: Who gets the device.
        alone: The private questions, where it is for them and nothing else.
    """
    begun = {
        "couple": str(couple_id),
        "person": str(person_id),
        "by": str(current_actor().person_id),
        "key": account_key(),
        "alone": str(alone) if alone else "",
    }
    browser_session.clear()
    g.pop("csrf_token", None)
    browser_session[HAND_OVER] = begun
    browser_session["idle"] = HAND_OVER_IDLE.total_seconds()
    browser_session.renew = True  # type: ignore[attr-defined]


def is_handed_over() -> bool:
    """Whether this session is a hand-over."""
    return HAND_OVER in browser_session


def layout() -> str:
    """Return the base template of whoever is signed in; "Leave now" stays in a partner's reach."""
    if is_handed_over():
        return "base_hand_over.html"
    if not current_user.is_authenticated:
        return "base.html"
    return LAYOUTS[current_actor().role]


def init_app(app: Flask, settings: Settings) -> None:
    """Install the session store and the guard."""
    app.session_interface = ServerSessionInterface(settings)
    app.config["SESSION_COOKIE_NAME"] = "__Host-dyad" if settings.secure_cookies else "dyad"
    app.before_request(_guard)
    user_logged_in.connect(_signed_in, app)
    app.context_processor(_signed_in_name)


def _signed_in_name() -> dict[str, object]:
    if not current_user.is_authenticated:
        return {
            "signed_in_name": "",
            "runs_the_practice": False,
            "has_the_device": is_handed_over(),
        }
    return {
        "signed_in_name": current_user.person.name,
        "runs_the_practice": current_user.is_owner,
    }


def _guard() -> ResponseReturnValue | None:
    if request.endpoint is None or _is_public(request.endpoint):
        return None
    if current_user.is_authenticated:
        return None
    if is_background():
        return "", 401
    if request.method == "GET":
        if browser_session.new and current_app.config["SESSION_COOKIE_NAME"] in request.cookies:
            flash(SIGNED_OUT, "note")
        return redirect(url_for("security.login", next=request.full_path.rstrip("?")), code=303)
    return redirect(url_for("security.login"), code=303)


def _is_public(endpoint: str) -> bool:
    view = current_app.view_functions[endpoint]
    return endpoint in PUBLIC_LIBRARY_VIEWS or getattr(view, "is_public", False)


def _signed_in(app: Flask, user: Any) -> None:
    settings: Settings = app.extensions["practice"]
    idle = settings.portal_idle if user.role is Role.PARTNER else settings.staff_idle
    browser_session["idle"] = idle.total_seconds()
    browser_session.pop(HAND_OVER, None)  # the device is back
    # A session id or form token known before sign-in must not be good after it.
    browser_session.pop("csrf_token", None)
    g.pop("csrf_token", None)
    if isinstance(browser_session._get_current_object(), ServerSession):  # type: ignore[attr-defined]
        browser_session.renew = True  # type: ignore[attr-defined]
