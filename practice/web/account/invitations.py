"""Where an invited person sets up an account of their own. Names nobody."""

from flask import make_response, redirect, render_template, request, url_for
from flask import session as browser_session
from flask.typing import ResponseReturnValue
from flask_security import login_user
from werkzeug.wrappers import Response

from practice.services import accounts, invitations
from practice.services.errors import Invalid, NotFound
from practice.web import errors
from practice.web.account import bp
from practice.web.account.forms import AcceptInvitationForm
from practice.web.forms import add_errors
from practice.web.right_secret import secret_was_right
from practice.web.session import public


@bp.route("/invitation/<token>", methods=["GET", "POST"])
@public
def accept_invitation(token: str) -> Response:
    """Show the form, or make the account. Fetching the page uses nothing up: mail scanners do."""
    response = make_response(_answer(token))
    # Whatever this page asks for is not told the address, which has the token in it.
    response.headers["Referrer-Policy"] = "strict-origin"
    return response


def _answer(token: str) -> ResponseReturnValue:
    form = AcceptInvitationForm()
    try:
        if form.validate_on_submit():
            try:
                return _accept(token, form)
            except Invalid as problem:
                if "spoken_code" not in problem.errors:
                    secret_was_right()
                add_errors(form, problem)
        elif request.method == "POST":
            secret_was_right()  # the code was not even looked at
        invitations.require_open(token)
    except NotFound:
        return errors.page(
            404,
            heading="This link cannot be used",
            message="It may have been used already, have run out, or have been replaced by a newer "
            "one. Ask whoever invited you for another. If you have an account, sign in.",
        )
    return render_template("account/invitation.html", form=form), 422 if form.errors else 200


def _accept(token: str, form: AcceptInvitationForm) -> ResponseReturnValue:
    person_id = invitations.accept(
        token=token,
        spoken_code=form.spoken_code.data,
        sign_in_name=form.sign_in_name.data,
        password=form.password.data,
    )
    secret_was_right()
    browser_session.clear()  # of whoever was signed in on this device before
    login_user(accounts.get(person_id), authn_via=["invitation"])
    return redirect(url_for("account.home"), code=303)
