"""A couple's goals: setting, mending, rating, closing."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.domain.visibility import Audience
from practice.domain.words import listed
from practice.services import goals, threads
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.goals.setting import LEVEL_FIELDS
from practice.services.goals.values import GoalView, HopeView
from practice.services.threads import GoalThread
from practice.web.forms import add_errors
from practice.web.goal_forms import AreaForm, GoalForm, GoalMeasureForm, area_of, rating_form
from practice.web.session import current_actor
from practice.web.therapist import bp


@bp.route("/couples/<uuid:couple_id>/goals")
def couple_goals(couple_id: UUID) -> ResponseReturnValue:
    found = goals.couple_goals(actor=current_actor(), couple_id=couple_id)
    return render_template("therapist/couple_goals.html", goals=found)


@bp.route("/couples/<uuid:couple_id>/goals/new", methods=["GET", "POST"])
def new_goal(couple_id: UUID) -> ResponseReturnValue:
    found = goals.couple_goals(actor=current_actor(), couple_id=couple_id)
    hope = _hope(couple_id)
    form = GoalForm(
        people=[(one.person_id, one.first_name) for one in found.members],
        measures=threads.measures_offered(actor=current_actor(), couple_id=couple_id),
        data={"title": hope.words, "whose": str(hope.person_id)} if hope else None,
    )
    if form.validate_on_submit():
        try:
            goal_id = goals.set_goal(
                actor=current_actor(),
                couple_id=couple_id,
                new_id=form.row_id,
                person_id=form.person_id,
                title=form.title.data,
                levels=form.level_texts,
                weight=form.weight.data,
                target_on=form.target_on.data,
                hope_id=hope.id if hope else None,
                area=form.chosen_area,
                measure_key=form.measure_key.data or None,
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("The goal is set.", "success")
            return redirect(url_for(".goal", goal_id=goal_id), code=303)
    return render_template(
        "therapist/goal_form.html", form=form, goals=found, goal=None, hope=hope
    ), (422 if form.errors else 200)


@bp.route("/goals/<uuid:goal_id>/edit", methods=["GET", "POST"])
def edit_goal(goal_id: UUID) -> ResponseReturnValue:
    found, goal = goals.goal_page(actor=current_actor(), goal_id=goal_id)
    form = GoalForm(data=_as_data(goal))
    # A wording is changed; whose goal it is stays, and its measure has a form of its own.
    del form.whose, form.measure_key
    if form.validate_on_submit():
        try:
            goals.edit_goal(
                actor=current_actor(),
                goal_id=goal_id,
                title=form.title.data,
                levels=form.level_texts,
                weight=form.weight.data,
                target_on=form.target_on.data,
                area=form.chosen_area,
            )
        except (Invalid, Refused) as problem:
            add_errors(form, problem)
        else:
            flash("The wording is changed.", "success")
            return redirect(url_for(".goal", goal_id=goal_id), code=303)
    if not goal.is_editable and not form.is_submitted():
        return redirect(url_for(".goal", goal_id=goal_id), code=303)
    return render_template(
        "therapist/goal_form.html", form=form, goals=found, goal=goal, hope=None
    ), (422 if form.errors else 200)


@bp.route("/goals/<uuid:goal_id>", methods=["GET", "POST"])
def goal(goal_id: UUID) -> ResponseReturnValue:
    found, view = goals.goal_page(actor=current_actor(), goal_id=goal_id)
    readers = [view.whose] if view.whose else list(found.members)
    words = {
        Audience.THERAPIST: "Only you",
        Audience.COUPLE: listed(["You", *(member.first_name for member in readers)]),
    }
    form = rating_form(view.levels, words)
    if form.validate_on_submit():
        try:
            goals.rate(actor=current_actor(), goal_id=goal_id, **form.rating())
        except (Invalid, Refused) as problem:
            add_errors(form, problem)
        else:
            flash("Your rating is saved.", "success")
            return redirect(url_for(".goal", goal_id=goal_id), code=303)
    is_open = view.can_rate or form.is_submitted()
    thread = threads.goal_thread(actor=current_actor(), goal_id=goal_id)
    return render_template(
        "therapist/goal.html",
        goals=found,
        goal=view,
        form=form,
        about=AreaForm(formdata=None, data={"area": view.area.value if view.area else ""}),
        is_open=is_open,
        thread=thread,
        naming=_naming(thread),
    ), (422 if form.errors else 200)


@bp.route("/goals/<uuid:goal_id>/about", methods=["POST"])
def goal_area(goal_id: UUID) -> ResponseReturnValue:
    form = AreaForm()
    if not form.validate():
        abort(400)
    goals.say_area(actor=current_actor(), goal_id=goal_id, area=area_of(form.area))
    flash("Kept. Worksheets are suggested by it.", "success")
    return redirect(url_for(".goal", goal_id=goal_id), code=303)


@bp.route("/goals/<uuid:goal_id>/measure", methods=["POST"])
def name_goal_measure(goal_id: UUID) -> ResponseReturnValue:
    thread = threads.goal_thread(actor=current_actor(), goal_id=goal_id)
    form = _naming(thread)
    if form.validate_on_submit():
        threads.name_measure(
            actor=current_actor(), goal_id=goal_id, measure_key=form.measure_key.data
        )
        flash("Saved. Their scores stand beside the homework for this goal.", "success")
    else:
        flash("Choose a measure from the list.", "warning")
    return redirect(url_for(".goal", goal_id=goal_id), code=303)


def _naming(thread: GoalThread) -> GoalMeasureForm:
    named = thread.measure.key if thread.measure else ""
    return GoalMeasureForm(measures=thread.measures, data={"measure_key": named})


@bp.route("/goals/<uuid:goal_id>/close", methods=["POST"])
def close_goal(goal_id: UUID) -> ResponseReturnValue:
    couple_id = goals.close_goal(actor=current_actor(), goal_id=goal_id)
    flash("The goal is closed. Its ratings stay.", "success")
    return redirect(url_for(".couple_goals", couple_id=couple_id), code=303)


def _hope(couple_id: UUID) -> HopeView | None:
    """Return what a member wrote, where the goal is to come of it."""
    wanted = request.args.get("hope", "")
    if not wanted:
        return None
    try:
        hope_id = UUID(wanted)
    except ValueError:
        raise NotFound from None
    return goals.hope_of(actor=current_actor(), couple_id=couple_id, hope_id=hope_id)


def _as_data(goal: GoalView) -> dict[str, object]:
    wording = dict(zip(LEVEL_FIELDS, goal.levels, strict=True))
    return {
        "title": goal.title,
        "weight": goal.weight,
        "target_on": goal.target_on,
        "area": goal.area.value if goal.area else "",
        **wording,
    }
