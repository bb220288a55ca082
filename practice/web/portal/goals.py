"""A partner's goals, and how they see them today."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.domain.visibility import Audience
from practice.services import goals
from practice.services.errors import Invalid, Refused
from practice.services.secrets_policies import current_rule
from practice.web.forms import add_errors
from practice.web.goal_forms import rating_form
from practice.web.portal import bp
from practice.web.session import current_actor
from practice.web.words import readers_of


@bp.route("/goals")
def goal_list() -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "portal/goals.html",
        goals=goals.portal_goals(actor=actor),
        hopes=goals.own_hopes(actor=actor),
    )


@bp.route("/goals/<uuid:goal_id>", methods=["GET", "POST"])
def goal(goal_id: UUID) -> ResponseReturnValue:
    found = goals.portal_goal(actor=current_actor(), goal_id=goal_id)
    offered = (Audience.THERAPIST, Audience.COUPLE) if found.others else (Audience.THERAPIST,)
    words = {
        audience: readers_of(audience, found.therapist, list(found.others)) for audience in offered
    }
    form = rating_form(found.goal.levels, words)
    if form.validate_on_submit():
        try:
            goals.rate(actor=current_actor(), goal_id=goal_id, **form.rating())
        except Invalid as problem:
            add_errors(form, problem)
        except Refused as problem:
            form.form_errors.append(str(problem))
        else:
            flash("Saved. What you said before stays in the list below.", "success")
            return redirect(url_for(".goal", goal_id=goal_id), code=303)
    is_open = found.goal.can_rate or form.is_submitted()
    return render_template(
        "portal/goal.html",
        found=found,
        goal=found.goal,
        form=form,
        is_open=is_open,
        rule=current_rule(found.couple_id).for_author(found.therapist),
    ), (422 if form.errors else 200)
