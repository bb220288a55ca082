"""The battery of the practice and of a couple, and asking again what was not answered."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.domain.battery import Occasion
from practice.domain.steps import KINDS
from practice.services import schedule, step_requests
from practice.services.errors import Invalid
from practice.services.schedule.table import ask_again as ask_measure_again
from practice.web.battery_forms import WHEN, battery_form
from practice.web.forms import add_errors
from practice.web.session import current_actor
from practice.web.therapist import bp
from practice.web.words import minutes


@bp.route("/settings/battery", methods=["GET", "POST"])
def battery() -> ResponseReturnValue:
    return _battery_page(None)


@bp.route("/couples/<uuid:couple_id>/battery", methods=["GET", "POST"])
def couple_battery(couple_id: UUID) -> ResponseReturnValue:
    return _battery_page(couple_id)


@bp.route("/measure-requests/<uuid:request_id>/again", methods=["POST"])
def ask_again(request_id: UUID) -> ResponseReturnValue:
    couple_id = ask_measure_again(actor=current_actor(), request_id=request_id)
    flash("Asked again. It is on their page now, or from the day it is meant for.", "success")
    return redirect(url_for(".couple_measures", couple_id=couple_id), code=303)


@bp.route("/step-requests/<uuid:step_id>/again", methods=["POST"])
def ask_step_again(step_id: UUID) -> ResponseReturnValue:
    couple_id = step_requests.ask_step_again(actor=current_actor(), step_id=step_id)
    flash("Asked again. It is on their page now, or from the day it is meant for.", "success")
    return redirect(url_for(".couple_measures", couple_id=couple_id), code=303)


@bp.route("/step-requests/<uuid:step_id>/withdraw", methods=["POST"])
def withdraw_step(step_id: UUID) -> ResponseReturnValue:
    couple_id = step_requests.withdraw_step(actor=current_actor(), step_id=step_id)
    flash("Taken back. It is gone from their page.", "success")
    return redirect(url_for(".couple_measures", couple_id=couple_id), code=303)


def _battery_page(couple_id: UUID | None) -> ResponseReturnValue:
    actor = current_actor()
    page = schedule.battery_page(actor=actor, couple_id=couple_id)
    form = battery_form(page)
    there = url_for(".couple_measures", couple_id=couple_id) if couple_id else None
    if form.is_submitted() and form.back.data:
        schedule.back_to_default(actor=actor, couple_id=couple_id)
        flash("Back. What is asked from now on follows it.", "success")
        return redirect(there or url_for(".battery"), code=303)
    if form.validate_on_submit():
        try:
            schedule.save_battery(actor=actor, couple_id=couple_id, battery=form.battery())
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("The battery is saved. What was asked before stays as it was.", "success")
            return redirect(there or url_for(".battery"), code=303)
    return render_template(
        "therapist/battery.html",
        page=page,
        form=form,
        occasions=tuple(Occasion),
        when=WHEN,
        minutes=minutes,
        known={measure.key: measure for measure in page.measures},
        kinds=KINDS,
    ), (422 if form.errors else 200)
