"""Routes of the account pages that are ours."""

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.config.settings import Settings
from practice.domain.people import Role
from practice.web.account import bp
from practice.web.session import current_actor, end_session, public


@bp.route("/")
def home() -> ResponseReturnValue:
    """Lead everybody to their own first page."""
    therapist = current_actor().role is Role.THERAPIST
    return redirect(url_for("therapist.caseload" if therapist else "portal.home"), code=303)


@bp.route("/leave", methods=["POST"])
@public
def leave() -> ResponseReturnValue:
    """End the session on the server, then go to a neutral page."""
    settings: Settings = current_app.extensions["practice"]
    end_session()
    response = redirect(settings.exit_address, code=303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@bp.route("/security")
def security() -> ResponseReturnValue:
    return render_template("account/security.html")
