"""A partner's goals, and how they see them today."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.domain.visibility import Audience
from practice.services import goals, homework, step_requests
from practice.services.drafts import DraftKind
from practice.services.errors import Invalid, Refused
from practice.services.goals.values import PortalGoal
from practice.services.secrets_policies import current_rule
from practice.web import half_finished
from practice.web.forms import add_errors
from practice.web.goal_forms import RatingForm, rating_form
from practice.web.portal import bp
from practice.web.session import background, current_actor
from practice.web.words import readers_of


@bp.route("/goals")
def goal_list() -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "portal/goals.html",
        goals=goals.portal_goals(actor=actor),
        hopes=goals.own_hopes(actor=actor),
        hope_step=step_requests.open_hopes(actor=actor),
    )


@bp.route("/goals/<uuid:goal_id>", methods=["GET", "POST"])
def goal(goal_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = goals.portal_goal(actor=actor, goal_id=goal_id)
    half = half_finished.begin(actor, DraftKind.GOAL, goal_id)
    form = _form(found)
    if half.is_to_keep() and found.goal.can_rate:
        return half.keep_and_go(form, url_for(".home"))
    if form.validate_on_submit():
        try:
            goals.rate(actor=actor, goal_id=goal_id, **form.rating())
        except (Invalid, Refused) as problem:
            add_errors(form, problem)
        else:
            half.was_sent(form)
            flash("Saved. What you said before stays in the list below.", "success")
            return redirect(url_for(".goal", goal_id=goal_id), code=303)
    is_open = found.goal.can_rate or form.is_submitted()
    return render_template(
        "portal/goal.html",
        found=found,
        goal=found.goal,
        form=form,
        kept=half.kept,
        keep_address=url_for(".keep_goal", goal_id=goal_id),
        is_open=is_open,
        tasks=homework.tasks_for_goal(actor=actor, goal_id=goal_id),
        rule=current_rule(found.couple_id).for_author(found.therapist),
    ), (422 if form.errors else 200)


@bp.route("/goals/<uuid:goal_id>/keep", methods=["POST"])
@background
def keep_goal(goal_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = goals.portal_goal(actor=actor, goal_id=goal_id)
    if not found.goal.can_rate:
        return half_finished.not_any_more()
    return half_finished.begin(actor, DraftKind.GOAL, goal_id).answer(_form(found))


def _form(found: PortalGoal) -> RatingForm:
    offered = (Audience.THERAPIST, Audience.COUPLE) if found.others else (Audience.THERAPIST,)
    words = {
        audience: readers_of(audience, found.therapist, list(found.others)) for audience in offered
    }
    return rating_form(found.goal.levels, words)
