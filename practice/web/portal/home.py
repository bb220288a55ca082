"""A partner's first page."""

from flask import render_template
from flask.typing import ResponseReturnValue

from practice.services import (
    clock,
    goals,
    homework,
    safety_plans,
    screening_answers,
    sessions,
)
from practice.services.letters import own_letters
from practice.services.portal_home import portal_home
from practice.services.portal_todo import own_todo
from practice.services.releases import portal as own_record
from practice.web.portal import bp
from practice.web.portal.waiting import entries
from practice.web.session import current_actor
from practice.web.words import (
    count_word,
    greeting,
    group_minutes,
    minutes,
    question_group_note,
    question_group_title,
)


@bp.route("/")
def home() -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "portal/home.html",
        home=portal_home(actor=actor),
        homework=homework.portal_homework(actor=actor),
        goals=goals.portal_goals(actor=actor),
        sessions=sessions.portal_sessions(actor=actor),
        permission_waits=own_record.permission_waits(actor=actor),
        question_sets=screening_answers.waiting(actor=actor),
        has_notes=safety_plans.has_own_plan(actor=actor),
        todo=own_todo(actor=actor),
        letters=own_letters(actor=actor),
        greeting=greeting(clock.local(clock.now())),
        minutes=minutes,
        group_minutes=group_minutes,
        group_title=question_group_title,
        group_note=question_group_note,
        count_word=count_word,
        entries=entries,
    )
