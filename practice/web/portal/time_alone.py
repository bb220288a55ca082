"""A partner asks for time alone with whoever treats them. Titles and addresses say nothing."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.services.drafts import DraftKind
from practice.services.errors import Invalid, Refused
from practice.services.letters import time_requests
from practice.web import half_finished
from practice.web.forms import add_errors
from practice.web.letter_forms import TimeForm
from practice.web.portal import bp
from practice.web.session import background, current_actor


@bp.route("/time/<uuid:time_id>", methods=["GET", "POST"])
def time_alone(time_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = time_requests.own_time(actor=actor, time_id=time_id)
    half = half_finished.begin(actor, DraftKind.TIME_ALONE, time_id)
    form = TimeForm()
    if half.is_to_keep() and found.may_ask:
        return half.keep_and_go(form, url_for(".home"))
    if form.validate_on_submit() and form.ask.data:
        try:
            time_requests.ask(
                actor=actor,
                time_id=time_id,
                new_id=form.row_id,
                about=form.about.data or "",
                when=form.when.data or "",
            )
        except Invalid as problem:
            add_errors(form, problem)
        except Refused as problem:
            form.form_errors.append(str(problem))
        else:
            half.was_sent(form)
            flash("Asked. You can take it back here.", "success")
            return redirect(url_for(".time_alone", time_id=time_id), code=303)
    return render_template(
        "portal/time_alone.html",
        found=found,
        form=form,
        kept=half.kept,
        keep_address=url_for(".keep_time_alone", time_id=time_id),
    ), (422 if form.errors else 200)


@bp.route("/time/<uuid:time_id>/keep", methods=["POST"])
@background
def keep_time_alone(time_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    if not time_requests.own_time(actor=actor, time_id=time_id).may_ask:
        return half_finished.not_any_more()
    return half_finished.begin(actor, DraftKind.TIME_ALONE, time_id).answer(TimeForm())


@bp.route("/time/<uuid:time_id>/take-back", methods=["POST"])
def take_back_time_alone(time_id: UUID) -> ResponseReturnValue:
    time_requests.take_back(actor=current_actor(), time_id=time_id)
    return redirect(url_for(".time_alone", time_id=time_id), code=303)
