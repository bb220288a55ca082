"""How the library's pages are shown: in the layout of whoever looks, as 422 when amiss."""

from typing import Any

from flask import make_response, render_template, request
from flask import session as browser_session
from flask_login import current_user
from flask_security import Security
from flask_wtf import FlaskForm

from practice.services import accounts
from practice.web.account.forms import SignInForm
from practice.web.session import current_actor, layout

SET_UP = "account/two_factor_setup.html"
CODE = "account/two_factor_code.html"
RECOVERY_CODES = "account/recovery_codes.html"
SIGN_IN = "account/sign_in.html"


def show(template: str, **context: Any) -> Any:
    """Render a page of the library."""
    forms = [value for value in context.values() if isinstance(value, FlaskForm)]
    if template == CODE and current_user.is_authenticated:
        # A wrong code while setting up: show the picture again, not the code field alone.
        template = SET_UP
        context |= {"chosen_method": "authenticator"} | _picture()
    if template == SIGN_IN:
        context["first_run"] = request.method == "GET" and accounts.none_exist()
    if template == RECOVERY_CODES:
        context |= _only_new_codes(context)
    for form in forms:
        if isinstance(form, SignInForm):
            form.settle_errors()
    wrong = next((form for form in forms if form.errors), None)
    page = render_template(template, layout=layout(), form=wrong, **context)
    return make_response(page, 422 if wrong else 200)


def _picture() -> dict[str, str]:
    """Return the picture to scan for the code that is being set up, and the same as text."""
    from flask import current_app

    library: Security = current_app.extensions["security"]
    values = library.totp_factory.fetch_setup_values(
        browser_session["tf_totp_secret"], current_user._get_current_object()
    )
    return {"authr_qrcode": values["image"], "authr_key": values["key"]}


def _only_new_codes(context: dict[str, Any]) -> dict[str, Any]:
    """Recovery codes are shown when they are made and never again, whatever the address asks."""
    made_now = request.method == "POST"
    details = accounts.sign_in_details(actor=current_actor())
    return {
        "recovery_codes": context["recovery_codes"] if made_now else [],
        "left": details.recovery_codes_left,
    }
