"""A partner's first page."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from practice.domain.people import Actor
from practice.services import clock
from practice.services.portal_home import portal_home
from practice.web.portal import bp
from practice.web.session import current_actor
from practice.web.words import greeting, minutes


def _parts(actor: Actor) -> dict[str, Any]:
    """What other areas add to the page; None where an area has nothing to add yet.

    PLACEHOLDERS until the areas are joined: homework from ``services.homework.portal_homework``,
    goals from ``services.goals.portal_goals``, sessions from ``services.sessions.portal_sessions``.
    """
    return {"homework": None, "goals": None, "sessions": None}


@bp.route("/")
def home() -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "portal/home.html",
        home=portal_home(actor=actor),
        greeting=greeting(clock.local(clock.now())),
        minutes=minutes,
        **_parts(actor),
    )
