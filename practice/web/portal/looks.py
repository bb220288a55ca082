"""Who of the practice has opened a partner's own entries."""

from flask import render_template
from flask.typing import ResponseReturnValue

from practice.services import access_log
from practice.web.password_again import password_first
from practice.web.portal import bp
from practice.web.session import current_actor


@bp.route("/looked-at")
# That something was opened tells that it was written, also what is locked away.
@password_first(sign_in_counts=False)
def looks() -> ResponseReturnValue:
    return render_template("portal/looks.html", days=access_log.own_looks(actor=current_actor()))
