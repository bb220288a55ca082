"""Giving homework to a couple, and reading what came of it."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from practice.domain.homework.definition import Template
from practice.domain.homework.finding import found
from practice.domain.homework.terms import Frequency, GivenTo
from practice.domain.visibility import Audience
from practice.services import clearances, clock, homework
from practice.services.errors import Invalid
from practice.services.homework import preview
from practice.services.homework.giving import GivingChoices, Terms
from practice.services.homework.values import AssignmentPage
from practice.services.secrets_policies import current_rule
from practice.services.secrets_policies import rules_for as rules_for_items
from practice.web.forms import add_errors
from practice.web.homework_forms import AssignForm, ChangeForm, EndForm, RestForm
from practice.web.library_forms import library_form
from practice.web.pdf import pdf
from practice.web.preview import Frame, preview_page
from practice.web.session import current_actor
from practice.web.therapist import bp


@bp.route("/couples/<uuid:couple_id>/homework")
def couple_homework(couple_id: UUID) -> ResponseReturnValue:
    choices = homework.giving_choices(actor=current_actor(), couple_id=couple_id)
    view = homework.couple_homework(actor=current_actor(), couple_id=couple_id)
    return render_template(
        "therapist/couple_homework.html",
        choices=choices,
        homework=view,
        weeks=homework.couple_weeks(actor=current_actor(), couple_id=couple_id),
        between=homework.between_members(actor=current_actor(), couple_id=couple_id),
    )


@bp.route("/couples/<uuid:couple_id>/homework/new", methods=["GET", "POST"])
def assign(couple_id: UUID) -> ResponseReturnValue:
    choices = homework.giving_choices(actor=current_actor(), couple_id=couple_id)
    worksheet = homework.all_given().get(request.args.get("worksheet", ""))
    if worksheet is None:
        return _choose(couple_id, choices)
    form = AssignForm(choices=choices, data=_preset(worksheet))
    if "change" not in request.form and form.validate_on_submit():
        try:
            assignment_id = _assign(couple_id, worksheet, form)
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash(f"“{worksheet.title}” is now in their portal.", "success")
            return redirect(url_for(".assignment", assignment_id=assignment_id), code=303)
    return _give_page(couple_id, choices, worksheet, form), (422 if form.errors else 200)


@bp.route("/couples/<uuid:couple_id>/homework/preview", methods=["GET", "POST"])
def preview_assignment(couple_id: UUID) -> ResponseReturnValue:
    choices = homework.giving_choices(actor=current_actor(), couple_id=couple_id)
    worksheet = homework.all_given().get(request.args.get("worksheet", "")) or abort(404)
    form = AssignForm(choices=choices, data=_preset(worksheet))
    if request.method == "GET":  # loaded again without what was typed
        return redirect(url_for(".assign", couple_id=couple_id, worksheet=worksheet.key), code=303)
    if not form.validate():
        return _give_page(couple_id, choices, worksheet, form), 422
    seen = preview.draft_preview(
        actor=current_actor(),
        couple_id=couple_id,
        template=worksheet,
        terms=_terms(worksheet, form),
        person_ids=form.person_ids if form.person_id is None else {form.person_id},
    )
    frame = Frame(
        seen.name,
        url_for(".assign", couple_id=couple_id, worksheet=worksheet.key),
        typed=[one for one in request.form.items(multi=True) if one[0] != "csrf_token"],
    )
    rule = current_rule(couple_id).for_author(seen.sheet.task.therapist)
    return preview_page(worksheet, seen.sheet, frame, rule)


@bp.route("/assignments/<uuid:assignment_id>")
def assignment(assignment_id: UUID) -> ResponseReturnValue:
    return assignment_page(assignment_id)


def assignment_page(
    assignment_id: UUID, refused: EndForm | RestForm | ChangeForm | None = None
) -> ResponseReturnValue:
    """Return the page of one assignment; a form that was refused is shown as it was sent."""
    page = request.args.get("page", 1, type=int)
    view = homework.assignment_page(actor=current_actor(), assignment_id=assignment_id, page=page)
    rules = rules_for_items(
        view.couple_id, [entry.line.submitted_at for entry in view.page.entries]
    )
    warned = bool(view.life.openings) and clearances.warning_of(
        actor=current_actor(), couple_id=view.couple_id
    )
    return render_template(
        "therapist/assignment.html",
        found=view,
        card=view.card,
        rules=rules,
        form=refused,
        joint_warning=warned or "",
        **_life_forms(view, refused),
    ), (422 if refused is not None else 200)


@bp.route("/assignments/<uuid:assignment_id>/entries.pdf")
def assignment_file(assignment_id: UUID) -> Response:
    page = request.args.get("page", 1, type=int)
    return pdf(
        homework.entries_pdf(actor=current_actor(), assignment_id=assignment_id, page=page),
        "worksheet",
    )


def _life_forms(
    view: AssignmentPage, refused: EndForm | RestForm | ChangeForm | None
) -> dict[str, FlaskForm]:
    card, rest = view.card, view.card.rest
    change = {"instructions": view.instructions, "due_on": card.due_on}
    resting = {"rest_from": rest.starts_on if rest else clock.today()}
    resting |= {"rest_until": rest.ends_on} if rest and rest.ends_on else {}
    return {
        "end_form": refused if isinstance(refused, EndForm) else EndForm(formdata=None),
        "rest_form": refused
        if isinstance(refused, RestForm)
        else RestForm(formdata=None, data=resting),
        "change_form": refused
        if isinstance(refused, ChangeForm)
        else ChangeForm(formdata=None, data=change),
    }


def _choose(couple_id: UUID, choices: GivingChoices) -> ResponseReturnValue:
    form = library_form()
    wanted, every = form.wanted(), homework.all_given()
    return render_template(
        "therapist/choose_worksheet.html",
        couple_id=couple_id,
        choices=choices,
        form=form,
        wanted=wanted,
        every=every,
        worksheets=found(every.values(), wanted),
        picked=homework.suggested(actor=current_actor(), couple_id=couple_id),
    )


def _give_page(
    couple_id: UUID, choices: GivingChoices, worksheet: Template, form: AssignForm
) -> str:
    return render_template(
        "therapist/assign.html",
        worksheet=worksheet,
        form=form,
        couple_id=couple_id,
        choices=choices,
        joint_warning=clearances.warning_of(actor=current_actor(), couple_id=couple_id),
    )


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


def _terms(worksheet: Template, form: AssignForm) -> Terms:
    return Terms(
        template_key=worksheet.key,
        given_to=form.given_to,
        frequency=Frequency(form.frequency.data),
        times_per_week=int(form.times_per_week.data),
        starts_on=form.starts_on.data,
        due_on=form.due_on.data,
        audience=Audience(form.audience.data),
        instructions=form.instructions.data or "",
        goal_id=form.goal,
    )


def _assign(couple_id: UUID, worksheet: Template, form: AssignForm) -> UUID:
    return homework.assign(
        actor=current_actor(),
        couple_id=couple_id,
        new_id=form.row_id,
        person_id=form.person_id,
        person_ids=form.person_ids,
        **asdict(_terms(worksheet, form)),
    )
