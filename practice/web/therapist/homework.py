"""Giving homework to a couple, and reading what came of it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.domain.homework.definition import Template
from practice.domain.homework.registry import all_templates
from practice.domain.homework.terms import Frequency, GivenTo
from practice.domain.visibility import Audience
from practice.services import clock, homework
from practice.services.errors import Invalid
from practice.services.secrets_policies import rules_for as rules_for_items
from practice.web.exercise_words import rule_words
from practice.web.forms import add_errors
from practice.web.homework_forms import AssignForm
from practice.web.session import current_actor
from practice.web.therapist import bp

bp.add_app_template_filter(rule_words, "rule_words")


@bp.route("/couples/<uuid:couple_id>/homework")
def couple_homework(couple_id: UUID) -> ResponseReturnValue:
    choices = homework.giving_choices(actor=current_actor(), couple_id=couple_id)
    found = homework.couple_homework(actor=current_actor(), couple_id=couple_id)
    weeks = homework.couple_weeks(actor=current_actor(), couple_id=couple_id)
    return render_template(
        "therapist/couple_homework.html", choices=choices, homework=found, weeks=weeks
    )


@bp.route("/couples/<uuid:couple_id>/homework/new", methods=["GET", "POST"])
def assign(couple_id: UUID) -> ResponseReturnValue:
    choices = homework.giving_choices(actor=current_actor(), couple_id=couple_id)
    worksheet = all_templates().get(request.args.get("worksheet", ""))
    frame = {"couple_id": couple_id, "choices": choices}
    if worksheet is None:
        every = tuple(all_templates().values())
        return render_template("therapist/choose_worksheet.html", worksheets=every, **frame)
    form = AssignForm(choices=choices, data=_preset(worksheet))
    if form.validate_on_submit():
        try:
            assignment_id = _assign(couple_id, worksheet, form)
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash(f"“{worksheet.title}” is now in their portal.", "success")
            return redirect(url_for(".assignment", assignment_id=assignment_id), code=303)
    return render_template("therapist/assign.html", worksheet=worksheet, form=form, **frame), (
        422 if form.errors else 200
    )


@bp.route("/assignments/<uuid:assignment_id>")
def assignment(assignment_id: UUID) -> ResponseReturnValue:
    page = request.args.get("page", 1, type=int)
    found = homework.assignment_page(actor=current_actor(), assignment_id=assignment_id, page=page)
    rules = rules_for_items(
        found.couple_id, [entry.line.submitted_at for entry in found.page.entries]
    )
    return render_template(
        "therapist/assignment.html",
        found=found,
        card=found.card,
        rules=rules,
        smaller=way_to_smaller(assignment_id),
    )


def way_to_smaller(assignment_id: UUID) -> str:
    """Return the address where a homework is made smaller."""
    known = "therapist.make_smaller" in current_app.view_functions
    return url_for(
        "therapist.make_smaller" if known else "therapist.assignment", assignment_id=assignment_id
    )


@bp.route("/assignments/<uuid:assignment_id>/retire", methods=["POST"])
def retire_assignment(assignment_id: UUID) -> ResponseReturnValue:
    homework.retire(actor=current_actor(), assignment_id=assignment_id)
    flash("It is not asked for any more. What was written stays.", "success")
    return redirect(url_for(".assignment", assignment_id=assignment_id), code=303)


def _preset(worksheet: Template) -> dict[str, Any]:
    today = clock.today()
    run = timedelta(days=6 if worksheet.frequency is Frequency.ONCE else 13)
    return {
        "whom": None if worksheet.for_whom is GivenTo.ONE else worksheet.for_whom.value,
        "frequency": worksheet.frequency.value,
        "times_per_week": str(worksheet.times_per_week),
        "starts_on": today,
        "due_on": today + run,
        "goal_id": "",
    }


def _assign(couple_id: UUID, worksheet: Template, form: AssignForm) -> UUID:
    return homework.assign(
        actor=current_actor(),
        couple_id=couple_id,
        new_id=form.row_id,
        template_key=worksheet.key,
        given_to=form.given_to,
        person_id=form.person_id,
        frequency=Frequency(form.frequency.data),
        times_per_week=int(form.times_per_week.data),
        starts_on=form.starts_on.data,
        due_on=form.due_on.data,
        audience=Audience(form.audience.data),
        instructions=form.instructions.data or "",
        goal_id=form.goal,
    )
