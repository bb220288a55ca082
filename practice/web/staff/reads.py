"""Who opened what that is worth a question."""

from flask import render_template
from flask.typing import ResponseReturnValue

from practice.domain.access_words import MANY, SHORT
from practice.services import access_log
from practice.web.session import current_actor
from practice.web.staff import bp


@bp.route("/reads")
def reads() -> ResponseReturnValue:
    return render_template(
        "staff/reads.html",
        report=access_log.reads_report(actor=current_actor()),
        many=MANY,
        minutes=int(SHORT.total_seconds() // 60),
    )
