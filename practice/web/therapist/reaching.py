"""How a member may be reached, and their safety plan, for the therapist."""

from uuid import UUID

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.domain.safety.plan import PlanPart
from practice.services import clock, safe_contacts, safety_plans
from practice.services.errors import Invalid
from practice.services.reminders import history
from practice.web.contact_forms import AskedContactForm, data_of
from practice.web.forms import add_errors
from practice.web.safety_forms import PlanForm, plan_data
from practice.web.session import current_actor
from practice.web.therapist import bp

ONE = "/couples/<uuid:couple_id>/people/<uuid:person_id>"


@bp.route(f"{ONE}/contact", methods=["GET", "POST"])
def safe_contact(couple_id: UUID, person_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = safe_contacts.contact_page(actor=actor, couple_id=couple_id, person_id=person_id)
    latest = found.history[0].contact if found.history else None
    form = AskedContactForm(data={**data_of(latest), "asked_on": clock.today()})
    if form.validate_on_submit():
        try:
            safe_contacts.save(
                actor=actor,
                couple_id=couple_id,
                person_id=person_id,
                new_id=form.row_id,
                contact=form.contact(),
                asked_on=form.asked_on.data,
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("Written down. It holds from now on.", "success")
            return redirect(
                url_for(".safe_contact", couple_id=couple_id, person_id=person_id), code=303
            )
    mails = history.mails_to(actor=actor, couple_id=couple_id, person_id=person_id)
    return render_template("therapist/safe_contact.html", form=form, found=found, mails=mails), (
        422 if form.errors else 200
    )


@bp.route(f"{ONE}/plan", methods=["GET", "POST"])
def safety_plan(couple_id: UUID, person_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = safety_plans.plan_page(actor=actor, couple_id=couple_id, person_id=person_id)
    form = PlanForm(data=plan_data(found.history[0].plan if found.history else None))
    if form.validate_on_submit():
        try:
            safety_plans.save(
                actor=actor,
                couple_id=couple_id,
                person_id=person_id,
                new_id=form.row_id,
                plan=form.plan(),
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("The plan is saved.", "success")
            return redirect(
                url_for(".safety_plan", couple_id=couple_id, person_id=person_id), code=303
            )
    return render_template(
        "therapist/safety_plan.html", form=form, found=found, all_parts=tuple(PlanPart)
    ), (422 if form.errors else 200)


@bp.route(f"{ONE}/plan.pdf")
def safety_plan_file(couple_id: UUID, person_id: UUID) -> Response:
    response = make_response(
        safety_plans.plan_pdf(actor=current_actor(), couple_id=couple_id, person_id=person_id)
    )
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = 'inline; filename="notes.pdf"'
    return response
