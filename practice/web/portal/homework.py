"""A partner's homework: what there is to do, the worksheet, and what was written."""

from datetime import date
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.domain.visibility import Audience
from practice.services import clock, homework
from practice.services.drafts import DraftKind
from practice.services.errors import Invalid, Refused
from practice.services.homework.values import PortalAssignment
from practice.services.secrets_policies import current_rule
from practice.web import half_finished
from practice.web.pdf import pdf
from practice.web.portal import bp
from practice.web.session import background, current_actor
from practice.web.words import readers_of
from practice.web.worksheets import WorksheetForm, worksheet_form


@bp.route("/homework")
def homework_list() -> ResponseReturnValue:
    return render_template(
        "portal/homework.html", homework=homework.portal_homework(actor=current_actor())
    )


@bp.route("/homework/<uuid:assignment_id>", methods=["GET", "POST"])
def assignment(assignment_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    page = request.args.get("page", 1, type=int)
    sheet = homework.portal_assignment(actor=actor, assignment_id=assignment_id, page=page)
    days = sheet.days or (clock.today(),)
    half = half_finished.begin(actor, DraftKind.HOMEWORK, assignment_id)
    form = _form(sheet, days)
    if half.is_to_keep() and sheet.days:
        return half.keep_and_go(form, url_for(".home"))
    if form.validate_on_submit():
        try:
            entry_id = _record(assignment_id, form, days)
        except Invalid as problem:
            form.add_errors(problem)
        except Refused as problem:
            form.form_errors.append(str(problem))
        else:
            half.was_sent(form)
            flash("Saved. You can read it again here.", "success")
            return redirect(url_for(".homework_entry", entry_id=entry_id), code=303)
    return render_template(
        "portal/assignment.html",
        sheet=sheet,
        worksheet=sheet.worksheet,
        form=form,
        kept=half.kept,
        keep_address=url_for(".keep_assignment", assignment_id=assignment_id),
        secrets=current_rule(sheet.couple_id).for_author(sheet.task.therapist),
        is_open=bool(sheet.days) or form.is_submitted(),
    ), (422 if form.errors else 200)


@bp.route("/homework/<uuid:assignment_id>/keep", methods=["POST"])
@background
def keep_assignment(assignment_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    sheet = homework.portal_assignment(actor=actor, assignment_id=assignment_id)
    if not sheet.days:
        return half_finished.not_any_more()
    half = half_finished.begin(actor, DraftKind.HOMEWORK, assignment_id)
    return half.answer(_form(sheet, sheet.days))


@bp.route("/homework/entries/<uuid:entry_id>")
def homework_entry(entry_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    task, entry = homework.portal_entry(actor=actor, entry_id=entry_id)
    return render_template(
        "portal/homework_entry.html",
        task=task,
        entry=entry,
        agreement=homework.portal_agreement(actor=actor, entry_id=entry_id),
        promises=homework.portal_promises(actor=actor, entry_id=entry_id),
    )


@bp.route("/homework/entries/<uuid:entry_id>/page.pdf")
def homework_entry_file(entry_id: UUID) -> Response:
    return pdf(homework.own_entry_pdf(actor=current_actor(), entry_id=entry_id), "worksheet")


def _form(sheet: PortalAssignment, days: tuple[date, ...]) -> WorksheetForm:
    task = sheet.task
    words = {
        choice: readers_of(choice, task.therapist, list(task.others)) for choice in sheet.choices
    }
    built = worksheet_form(sheet.worksheet, days=days, audiences=words, preset=sheet.preset)
    return built()


def _record(assignment_id: UUID, form: WorksheetForm, days: tuple[date, ...]) -> UUID:
    chosen = date.fromisoformat(form["for_day"].data) if "for_day" in form else days[0]
    return homework.record_entry(
        actor=current_actor(),
        assignment_id=assignment_id,
        new_id=form.row_id,
        for_day=chosen,
        raw=form.raw(),
        audience=Audience(form["audience"].data),
    )
