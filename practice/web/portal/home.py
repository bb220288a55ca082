"""A partner's first page."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from practice.domain.people import Actor
from practice.services import clock, goals, homework
from practice.services.portal_home import portal_home
from practice.web.portal import bp
from practice.web.session import current_actor
from practice.web.words import count_word, greeting, minutes, readers_line


def _parts(actor: Actor) -> dict[str, Any]:
    """What other areas add to the page; None where an area has nothing to add yet.

    PLACEHOLDER until it is joined: sessions from ``services.sessions.portal_sessions``.
    """
    return {
        "homework": homework.portal_homework(actor=actor),
        "goals": goals.portal_goals(actor=actor),
        "sessions": None,
    }


@bp.route("/")
def home() -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "portal/home.html",
        home=portal_home(actor=actor),
        greeting=greeting(clock.local(clock.now())),
        minutes=minutes,
        count_word=count_word,
        readers_line=readers_line,
        **_parts(actor),
    )
