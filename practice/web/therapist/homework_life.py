"""What becomes of homework: rest, an end, other words, a next one, and reading it together."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.domain.homework.terms import FollowsHow
from practice.domain.visibility import Audience
from practice.services import clearances, homework
from practice.services.errors import Invalid, Refused
from practice.web.forms import add_errors
from practice.web.homework_forms import ChangeForm, EndForm, NextForm, RestForm
from practice.web.session import current_actor
from practice.web.therapist import bp
from practice.web.therapist.homework import assignment_page

_GIVEN = {
    FollowsHow.CARRIED_OVER: "The new run is in their portal. What was written stays with the old.",
    FollowsHow.SMALLER: "The smaller one is in their portal, and the other is not asked any more.",
}


@bp.route("/assignments/<uuid:assignment_id>/retire", methods=["POST"])
def retire_assignment(assignment_id: UUID) -> ResponseReturnValue:
    form = EndForm()
    if not form.validate():
        return assignment_page(assignment_id, form)
    homework.retire(
        actor=current_actor(),
        assignment_id=assignment_id,
        reason=form.chosen,
        words=form.words.data or "",
    )
    return _back(assignment_id, "It is not asked for any more. What was written stays.")


@bp.route("/assignments/<uuid:assignment_id>/rest", methods=["POST"])
def rest_assignment(assignment_id: UUID) -> ResponseReturnValue:
    form = RestForm()
    if not form.validate():
        return assignment_page(assignment_id, form)
    try:
        homework.pause(
            actor=current_actor(),
            assignment_id=assignment_id,
            starts_on=form.rest_from.data,
            ends_on=form.rest_until.data,
        )
    except Invalid as problem:
        add_errors(form, problem)
        return assignment_page(assignment_id, form)
    return _back(assignment_id, "It rests. Their pages say so, and nothing is counted.")


@bp.route("/assignments/<uuid:assignment_id>/resume", methods=["POST"])
def resume_assignment(assignment_id: UUID) -> ResponseReturnValue:
    homework.resume(actor=current_actor(), assignment_id=assignment_id)
    return _back(assignment_id, "It is asked for again.")


@bp.route("/assignments/<uuid:assignment_id>/change", methods=["POST"])
def change_assignment(assignment_id: UUID) -> ResponseReturnValue:
    form = ChangeForm()
    if not form.validate():
        return assignment_page(assignment_id, form)
    try:
        homework.change(
            actor=current_actor(),
            assignment_id=assignment_id,
            instructions=form.instructions.data or "",
            due_on=form.due_on.data,
        )
    except Invalid as problem:
        add_errors(form, problem)
        return assignment_page(assignment_id, form)
    return _back(assignment_id, "Changed. How it stood before is kept below.")


@bp.route("/assignments/<uuid:assignment_id>/carry-over", methods=["GET", "POST"])
def carry_over(assignment_id: UUID) -> ResponseReturnValue:
    return _next(assignment_id, FollowsHow.CARRIED_OVER)


@bp.route("/assignments/<uuid:assignment_id>/smaller", methods=["GET", "POST"])
def make_smaller(assignment_id: UUID) -> ResponseReturnValue:
    return _next(assignment_id, FollowsHow.SMALLER)


@bp.route("/sessions/<uuid:session_id>/together/<uuid:assignment_id>", methods=["POST"])
def open_in_session(session_id: UUID, assignment_id: UUID) -> ResponseReturnValue:
    homework.open_in_session(
        actor=current_actor(), assignment_id=assignment_id, session_id=session_id
    )
    if request.form.get("from") == "assignment":
        return _back(assignment_id, _OPENED)
    flash(_OPENED, "success")
    return redirect(url_for(".session", session_id=session_id), code=303)


_OPENED = "Open. They find it on their own pages now, and can read it with you."


def _back(assignment_id: UUID, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for(".assignment", assignment_id=assignment_id), code=303)


def _next(assignment_id: UUID, how: FollowsHow) -> ResponseReturnValue:
    actor = current_actor()
    try:
        offer = homework.next_offer(actor=actor, assignment_id=assignment_id, how=how)
    except Refused:
        # The same form sent twice has done what it was for.
        known = homework.taken_place_of(actor=actor, assignment_id=assignment_id)
        if known is None or str(known) != request.form.get("new_id"):
            raise
        return _back(known, _GIVEN[how])
    form = NextForm(offer=offer)
    if form.validate_on_submit():
        try:
            new_id = _give(assignment_id, form, how)
        except Invalid as problem:
            add_errors(form, problem)
        else:
            return _back(new_id, _GIVEN[how])
    found = homework.assignment_page(actor=actor, assignment_id=assignment_id)
    worksheets = homework.all_given()
    sizes = {size.template_key for size in offer.sizes} & set(worksheets)
    return render_template(
        "therapist/assign_next.html",
        found=found,
        card=found.card,
        form=form,
        how=how.value,
        joint_warning=clearances.warning_of(actor=actor, couple_id=found.couple_id),
        for_two=any(worksheets[key].needs_both_safe for key in sizes),
    ), (422 if form.errors else 200)


def _give(assignment_id: UUID, form: NextForm, how: FollowsHow) -> UUID:
    terms = {
        "actor": current_actor(),
        "assignment_id": assignment_id,
        "new_id": form.row_id,
        "starts_on": form.starts_on.data,
        "due_on": form.due_on.data,
        "audience": Audience(form.audience.data),
        "instructions": form.instructions.data or "",
    }
    if how is FollowsHow.CARRIED_OVER:
        return homework.carry_over(**terms)
    return homework.make_smaller(size=form.chosen_size, **terms)
