"""How a task was that several did together, said by one of them alone."""

from datetime import date
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.domain.visibility import Audience
from practice.services import homework
from practice.services.drafts import DraftKind
from practice.services.errors import Invalid
from practice.services.homework import AUDIENCES, ViewPage
from practice.services.secrets_policies import current_rule
from practice.web import half_finished
from practice.web.forms import add_errors
from practice.web.portal import bp
from practice.web.session import background, current_actor
from practice.web.view_forms import ViewForm, view_form
from practice.web.words import readers_of


@bp.route("/homework/<uuid:assignment_id>/how-it-was", methods=["GET", "POST"])
def homework_view(assignment_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    page = homework.view_page(actor=actor, assignment_id=assignment_id)
    half = half_finished.begin(actor, DraftKind.HOMEWORK_VIEW, assignment_id)
    form = _form(page)
    if half.is_to_keep() and page.days:
        return half.keep_and_go(form, url_for(".home"))
    if form.validate_on_submit():
        try:
            homework.say_how_it_was(
                actor=actor,
                assignment_id=assignment_id,
                new_id=form.row_id,
                for_day=date.fromisoformat(form["for_day"].data),
                view=form.view(),
                audience=Audience(form["audience"].data),
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            half.was_sent(form)
            flash("Saved. It stands below, for you.", "success")
            return redirect(url_for(".homework_view", assignment_id=assignment_id), code=303)
    return render_template(
        "portal/homework_view.html",
        page=page,
        task=page.task,
        form=form,
        kept=half.kept,
        keep_address=url_for(".keep_homework_view", assignment_id=assignment_id),
        secrets=current_rule(page.couple_id).for_author(page.task.therapist),
        is_open=bool(page.days) or form.is_submitted(),
    ), (422 if form.errors else 200)


@bp.route("/homework/<uuid:assignment_id>/how-it-was/keep", methods=["POST"])
@background
def keep_homework_view(assignment_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    page = homework.view_page(actor=actor, assignment_id=assignment_id)
    if not page.days:
        return half_finished.not_any_more()
    half = half_finished.begin(actor, DraftKind.HOMEWORK_VIEW, assignment_id)
    return half.answer(_form(page))


def _form(page: ViewPage) -> ViewForm:
    task = page.task
    words = {choice: readers_of(choice, task.therapist, list(task.others)) for choice in AUDIENCES}
    asked = request.args.get("day", "")
    known = {day.isoformat() for day in page.days}
    first = asked if asked in known else (page.days[0].isoformat() if page.days else None)
    form: ViewForm = view_form(page.days, words)(data={"for_day": first})
    return form
