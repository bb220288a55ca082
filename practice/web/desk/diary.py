"""The diary of the practice: a week, and planning, moving and calling off."""

from datetime import date, timedelta
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.services import clock
from practice.services import diary as service
from practice.services.errors import Invalid
from practice.services.session_details import YEARS
from practice.web.desk import bp
from practice.web.desk.forms import appointment_form
from practice.web.forms import add_errors
from practice.web.session import current_actor

FIRST, LAST = date(YEARS.start, 1, 1), date(YEARS.stop - 1, 12, 31)
"""A session is on none but these days."""


@bp.route("/")
def diary() -> ResponseReturnValue:
    today = clock.today()
    day = _day(request.args.get("week", "")) or today
    week = service.week(actor=current_actor(), day=day)
    monday = week[0].day
    return render_template(
        "desk/diary.html",
        week=week,
        earlier=_in_reach(monday - timedelta(days=7)),
        later=_in_reach(monday + timedelta(days=7)),
        is_this_week=monday <= today <= week[-1].day,
    )


@bp.route("/couples/<uuid:couple_id>/sessions/new", methods=["GET", "POST"])
def new_session(couple_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    couple = service.desk_couple(actor=actor, couple_id=couple_id)
    if not couple.members:
        abort(404)
    form = appointment_form(couple.members)
    if form.validate_on_submit():
        try:
            service.plan(
                actor=actor,
                couple_id=couple_id,
                new_id=form.row_id,
                appointment=form.appointment(),
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("The session is planned.", "success")
            return _to_week(form.day.data)
    return render_template(
        "desk/session.html",
        form=form,
        title=couple.title,
        therapist=couple.therapist,
        couple_id=couple_id,
        entry=None,
    ), (422 if form.errors else 200)


@bp.route("/sessions/<uuid:session_id>", methods=["GET", "POST"])
def move_session(session_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = service.planned(actor=actor, session_id=session_id)
    if not found.members:
        abort(404)
    form = appointment_form(found.members, found.appointment)
    if form.validate_on_submit():
        try:
            service.move(actor=actor, session_id=session_id, appointment=form.appointment())
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("The session is changed.", "success")
            return _to_week(form.day.data)
    return render_template(
        "desk/session.html",
        form=form,
        title=found.entry.who,
        therapist=found.entry.therapist,
        couple_id=found.entry.couple_id,
        entry=found.entry,
    ), (422 if form.errors else 200)


@bp.route("/sessions/<uuid:session_id>/cancel", methods=["POST"])
def cancel_session(session_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = service.planned(actor=actor, session_id=session_id)
    service.cancel(actor=actor, session_id=session_id)
    flash("The session is called off.", "success")
    return _to_week(found.appointment.day)


def _to_week(day: date) -> ResponseReturnValue:
    return redirect(url_for("desk.diary", week=day.isoformat()), code=303)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return _in_reach(day)


def _in_reach(day: date) -> date | None:
    return day if FIRST <= day <= LAST else None
