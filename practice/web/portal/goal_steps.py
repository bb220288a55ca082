"""What the schedule asks a partner about goals: hopes, progress, attainment."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.domain.battery import StepKind
from practice.services import goals
from practice.services.drafts import DraftKind
from practice.services.portal_questions import next_after_step
from practice.services.secrets_policies import current_rule
from practice.web import half_finished
from practice.web.goal_step_forms import goal_step_form
from practice.web.portal import bp
from practice.web.portal.waiting import entry
from practice.web.session import background, current_actor
from practice.web.words import minutes, step_readers


@bp.route("/goal-steps/<uuid:step_id>", methods=["GET", "POST"])
def goal_step(step_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    step = goals.goal_step(actor=actor, step_id=step_id)
    done = url_for(".goal_step_done", step_id=step_id)
    if not step.is_open:
        return redirect(done, code=303)
    half = half_finished.begin(actor, DraftKind.GOAL_STEP, step_id)
    form = goal_step_form(step)
    if half.is_to_keep():
        return half.keep_and_go(form, url_for(".home"))
    if form.validate_on_submit() and form.keep(actor):
        half.was_sent(form)
        return redirect(done, code=303)
    return render_template(
        "portal/goal_step.html",
        step=step,
        form=form,
        kept=half.kept,
        keep_address=url_for(".keep_goal_step", step_id=step_id),
        readers=step_readers(step.readers, may_show=bool(step.others)),
        rule=current_rule(step.couple_id).for_author(step.readers.therapist),
    ), (422 if form.errors else 200)


@bp.route("/goal-steps/<uuid:step_id>/keep", methods=["POST"])
@background
def keep_goal_step(step_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    step = goals.goal_step(actor=actor, step_id=step_id)
    if not step.is_open:
        return half_finished.not_any_more()
    half = half_finished.begin(actor, DraftKind.GOAL_STEP, step_id)
    return half.answer(goal_step_form(step))


@bp.route("/goal-steps/<uuid:step_id>/done")
def goal_step_done(step_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    step = goals.goal_step(actor=actor, step_id=step_id)
    if not step.is_done:
        return redirect(url_for(".goal_step", step_id=step_id), code=303)
    following = next_after_step(actor=actor, step_id=step_id, kind=StepKind.GOALS)
    return render_template(
        "portal/goal_step_done.html",
        step=step,
        following=entry(following) if following else None,
        minutes=minutes,
    )
