"""A partner's first page."""

from datetime import date

from flask import render_template
from flask.typing import ResponseReturnValue

from practice.services import (
    clock,
    goals,
    homework,
    resources_given,
    safety_plans,
    screening_answers,
    sessions,
)
from practice.services.letters import own_letters
from practice.services.portal_home import portal_home
from practice.services.portal_todo import own_todo
from practice.services.releases import portal as own_record
from practice.services.sessions import PortalSessions
from practice.web.portal import bp
from practice.web.portal.first_page import FoundWaiting, first_page
from practice.web.session import current_actor
from practice.web.words import count_word, greeting, minutes


@bp.route("/")
def home() -> ResponseReturnValue:
    actor = current_actor()
    found = portal_home(actor=actor)
    tasks = homework.portal_homework(actor=actor)
    meetings = sessions.portal_sessions(actor=actor)
    permission_waits = own_record.permission_waits(actor=actor)
    waiting = FoundWaiting(
        today=clock.today(),
        appointment=_day_of_next(meetings),
        todo=own_todo(actor=actor),
        permission_waits=permission_waits,
        groups=found.questions,
        question_sets=screening_answers.waiting(actor=actor),
        tasks=tasks.now,
    )
    return render_template(
        "portal/home.html",
        home=found,
        waiting=first_page(waiting),
        homework=tasks,
        goals=goals.portal_goals(actor=actor),
        between=homework.between_us(actor=actor),
        sessions=meetings,
        given=resources_given.own_resources(actor=actor),
        permission_waits=permission_waits,
        letters=own_letters(actor=actor),
        has_notes=safety_plans.has_own_plan(actor=actor),
        greeting=greeting(clock.local(clock.now())),
        minutes=minutes,
        count_word=count_word,
    )


def _day_of_next(meetings: PortalSessions) -> date | None:
    for meeting in meetings.upcoming:
        return clock.local(meeting.starts_at).date()
    return None
