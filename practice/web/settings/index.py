"""The way into everything that the practice sets for itself."""

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from practice.services import practice_texts
from practice.web.settings import bp

BATTERY = "therapist.battery"


@bp.route("")
def index() -> ResponseReturnValue:
    return render_template(
        "settings/index.html",
        battery=BATTERY if BATTERY in current_app.view_functions else "",
        help_text_missing=not practice_texts.has_own_help_text(),
    )
