"""Events on a couple's time line: the list, adding one, removing one."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.services import clock, events
from practice.services.errors import Invalid
from practice.web.event_forms import EventForm
from practice.web.forms import add_errors
from practice.web.session import current_actor
from practice.web.therapist import bp


@bp.route("/couples/<uuid:couple_id>/events", methods=["GET", "POST"])
def couple_events(couple_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = events.couple_events(actor=actor, couple_id=couple_id)
    form = EventForm(
        data={"day": clock.today()},
        people=[(member.person_id, member.first_name) for member in found.members],
    )
    if form.validate_on_submit():
        try:
            events.add_event(actor=actor, couple_id=couple_id, new_id=form.row_id, new=form.event())
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("The event is marked.", "success")
            return redirect(url_for(".couple_events", couple_id=couple_id), code=303)
    return render_template("therapist/couple_events.html", form=form, events=found), (
        422 if form.errors else 200
    )


@bp.route("/events/<uuid:event_id>/remove", methods=["POST"])
def remove_event(event_id: UUID) -> ResponseReturnValue:
    couple_id = events.remove_event(actor=current_actor(), event_id=event_id)
    flash("The event is off the time line.", "success")
    return redirect(url_for(".couple_events", couple_id=couple_id), code=303)
