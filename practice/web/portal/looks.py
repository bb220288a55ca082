"""Who of the practice has opened a partner's own entries."""

from flask import render_template
from flask.typing import ResponseReturnValue

from practice.services import access_log
from practice.web.confirmed import password_first
from practice.web.portal import bp
from practice.web.session import current_actor


@bp.route("/looked-at")
@password_first  # that something was opened tells that it was written, also what is locked away
def looks() -> ResponseReturnValue:
    return render_template("portal/looks.html", days=access_log.own_looks(actor=current_actor()))
