"""What somebody was typing when their session ran out comes back when they sign in again.

Forms of partners, and that of a session's notes, carry a signed mark of whose they are
(``typed_by``). What arrives too late is sealed into the new session under that mark. It comes back
to the same person on the same page; the next sign-in of anybody else, leaving, or half an hour ends
it. Nothing is saved by it. It wins over what the page had kept meanwhile
(``practice.web.half_finished``).
"""

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

from flask import Flask, Request, current_app, g, request
from flask import session as browser_session
from flask_login import current_user, user_logged_in
from flask_wtf import FlaskForm
from itsdangerous import BadSignature, URLSafeSerializer
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import SelectMultipleField

from practice.services import clock, unsaved

LIFE = timedelta(minutes=30)
LARGEST = 250_000
"""Characters, beyond what anybody types on one page: the notes of a session, at most."""

_KEY = "typed"
_MARK = "typed_by"
_NOT_KEPT = frozenset({_MARK, "csrf_token"})


class KeepingMeta(FlaskForm.Meta):  # type: ignore[misc]  # the library is untyped
    """Fill a form that is shown with what its author had typed before the session ran out."""

    def wrap_formdata(self, form: FlaskForm, formdata: object) -> object:
        sent = super().wrap_formdata(form, formdata)
        return (_recall() or _begun(form)) if sent is None else sent


def keep(sent: Request) -> bool:
    """Keep what was sent for the next sign-in of its author; say whether it was kept."""
    owner = _owner_of(sent.form.get(_MARK, ""))
    fields = [pair for pair in sent.form.items(multi=True) if pair[0] not in _NOT_KEPT]
    if not owner or sum(len(name) + len(value) for name, value in fields) > LARGEST:
        return False
    if current_user.is_authenticated and owner != _own_mark():
        return False
    browser_session[_KEY] = {
        "owner": owner,
        "path": sent.path,
        "until": (clock.now() + LIFE).isoformat(),
        "sealed": unsaved.seal(fields, owner=owner, path=sent.path),
    }
    if not current_user.is_authenticated:
        browser_session["idle"] = LIFE.total_seconds()
    return True


def fill_in(fields: Mapping[str, str]) -> None:
    """Fill the form of this page, when it is built, with what its author had begun."""
    g.begun = fields


def init_app(app: Flask) -> None:
    """Give templates ``typed_by`` and ``typed_again``, and let go of what is of no more use."""
    app.jinja_env.globals.update(typed_by=_typed_by, typed_again=lambda: g.get(_KEY, False))
    user_logged_in.connect(_forget_of_others, app)

    @app.before_request
    def sent_again() -> None:
        kept = browser_session.get(_KEY)
        if kept and request.method == "POST" and request.path == kept["path"]:
            del browser_session[_KEY]


def _recall() -> MultiDict[str, str] | None:
    kept = browser_session.get(_KEY)
    if not kept or request.method != "GET" or request.path != kept["path"]:
        return None
    if kept["owner"] != _own_mark() or datetime.fromisoformat(kept["until"]) <= clock.now():
        del browser_session[_KEY]
        return None
    fields = unsaved.unseal(kept["sealed"], owner=kept["owner"], path=kept["path"])
    g.typed = bool(fields)
    return MultiDict(fields) if fields else None


def _begun(form: FlaskForm) -> MultiDict[str, str] | None:
    """Return what was begun, as a browser would send it; what cannot be chosen now is left out."""
    fields = g.get("begun")
    if not fields:
        return None
    found: MultiDict[str, str] = MultiDict()
    for name, value in fields.items():
        choices = getattr(form[name], "choices", None) if name in form else None
        offered = {str(one.value) for one in choices or ()}
        several = name in form and isinstance(form[name], SelectMultipleField)
        for one in value.split("\n") if several else [value]:
            if not offered or one in offered:
                found.add(name, one)
    return found


def _typed_by() -> Markup:
    mark = _signer().dumps(_own_mark())
    return Markup('<input type="hidden" name="{}" value="{}">').format(_MARK, mark)


def _owner_of(mark: str) -> str:
    try:
        return str(_signer().loads(mark))
    except BadSignature:
        return ""


def _own_mark() -> str:
    if not current_user.is_authenticated:
        return ""
    secret = str(current_app.secret_key).encode()
    return hmac.new(secret, f"{_MARK}:{current_user.person_id}".encode(), "sha256").hexdigest()[:32]


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=_MARK)


def _forget_of_others(app: Flask, **_: object) -> None:
    kept = browser_session.get(_KEY)
    if kept and kept["owner"] != _own_mark():
        del browser_session[_KEY]
