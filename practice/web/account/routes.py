"""Routes of the account pages that are ours."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from practice.config.settings import Settings
from practice.domain.people import Role
from practice.services import accounts, audit, calendar_feeds, sign_in_sessions
from practice.web.account import bp
from practice.web.session import (
    account_key,
    current_actor,
    end_session,
    layout,
    public,
    session_token,
)

FIRST_PAGES = {
    Role.THERAPIST: "therapist.caseload",
    Role.RECEPTION: "desk.diary",
    Role.PARTNER: "portal.home",
}


@bp.route("/")
def home() -> ResponseReturnValue:
    """Lead everybody to their own first page."""
    return redirect(url_for(FIRST_PAGES[current_actor().role]), code=303)


@bp.route("/leave", methods=["POST"])
@public
def leave() -> ResponseReturnValue:
    """End the session on the server, then go on to a neutral page."""
    settings: Settings = current_app.extensions["practice"]
    if current_user.is_authenticated:
        audit.note_account(current_actor().person_id, "sign_out")
    end_session()
    # A page, not a redirect: browsers hold a redirect after a form to form-action.
    return render_template("account/left.html", destination=settings.exit_address)


@bp.route("/security")
def security() -> ResponseReturnValue:
    """Show how one signs in and where one is signed in."""
    return render_template(
        "account/security.html",
        layout=layout(),
        details=accounts.sign_in_details(actor=current_actor()),
        sessions=sign_in_sessions.live(account_key(), session_token()),
        has_calendar=current_actor().role in calendar_feeds.HAVE_A_FEED,
    )


@bp.route("/security/end-others", methods=["POST"])
def end_other_sessions() -> ResponseReturnValue:
    """End every session of the account but this one."""
    sign_in_sessions.end_all(account_key(), but=session_token())
    accounts.end_calendar_feed(current_actor().person_id)
    audit.note_account(current_actor().person_id, "sessions.ended")
    flash("Every other place where you were signed in is signed out now.", "success")
    return redirect(url_for("account.security"), code=303)
