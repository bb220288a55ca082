"""The couples somebody leads, by name, and passing them on when that person leaves."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.services import care, clock, staff
from practice.services.errors import Invalid
from practice.web.forms import add_errors
from practice.web.session import current_actor
from practice.web.staff import bp
from practice.web.staff.forms import PassOnForm, choices_of


@bp.route("/staff/<uuid:person_id>/couples")
def couples(person_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "staff/couples.html",
        who=staff.one_of_staff(actor=actor, person_id=person_id),
        couples=care.led_by(actor=actor, therapist_id=person_id),
    )


@bp.route("/staff/<uuid:person_id>/couples/<uuid:couple_id>", methods=["GET", "POST"])
def pass_on(person_id: UUID, couple_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    who = staff.one_of_staff(actor=actor, person_id=person_id)
    couple = care.led_couple(actor=actor, therapist_id=person_id, couple_id=couple_id)
    form = PassOnForm(data={"on": clock.today()})
    form.therapist.choices = choices_of(staff.colleagues(but=person_id))
    if form.validate_on_submit():
        try:
            care.pass_on(
                actor=actor,
                couple_id=couple_id,
                new_id=form.row_id,
                to=UUID(form.therapist.data),
                on=form.on.data,
                reason=form.reason.data,
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash(f"{couple.title} are passed on.", "success")
            return redirect(url_for("staff.couples", person_id=person_id), code=303)
    return render_template("staff/pass_on.html", form=form, couple=couple, who=who), (
        422 if form.errors else 200
    )
