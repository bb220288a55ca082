"""Giving measures, what a couple answered, one response, and the catalogue."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from practice.domain.change import criteria_for, origin_of, whole_points_of
from practice.domain.measures.definition import Norms, Scale
from practice.domain.measures.relations import shown_scales
from practice.services import practice_texts, responses, risk_flags
from practice.services.couple_measures import OpenQuestion
from practice.services.errors import Invalid
from practice.services.measure_library import all_measures, offered_measures
from practice.services.responses import CoupleToAsk
from practice.services.schedule.table import PersonCell, couple_schedule
from practice.services.secrets_policies import rule_for
from practice.web.fields import DateField
from practice.web.forms import add_errors
from practice.web.session import current_actor
from practice.web.therapist import bp
from practice.web.words import minutes, question_count


class GiveMeasuresForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """Whom to ask what, and by when."""

    people = SelectMultipleField(
        "Who is asked?",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        invalid_choice_message="Choose from the present members.",
    )
    measures = SelectMultipleField(
        "What are they asked?",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        invalid_choice_message="Choose from the measures of the list.",
    )
    due_on = DateField(
        "By when?",
        description="A day to aim for, for example the day before you meet. Nobody is chased.",
        validators=[Optional()],
    )


def _kept(words: str) -> str:
    """Keep a number and its unit on one line."""
    return words.replace(" ", "\u00a0")


def _give_form(couple: CoupleToAsk) -> GiveMeasuresForm:
    form = GiveMeasuresForm()
    form.people.choices = [SelectChoice(str(m.person_id), m.name) for m in couple.members]
    form.measures.choices = [
        SelectChoice(m.key, f"{m.title} · {_kept(question_count(m))}, {_kept(minutes(m.minutes))}")
        for m in sorted(offered_measures().values(), key=lambda m: -len(m.items))
        if not m.totals_only
    ]
    if not form.is_submitted():
        form.people.data = [str(member.person_id) for member in couple.members]
    return form


@bp.route("/couples/<uuid:couple_id>/measures")
def couple_measures(couple_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    measures = responses.couple_measures(actor=actor, couple_id=couple_id)
    schedule = couple_schedule(actor=actor, couple_id=couple_id)
    hand_to: dict[UUID, OpenQuestion | PersonCell] = {
        cell.person_id: cell for cell in schedule.with_open_steps
    }
    hand_to |= {item.person_id: item for item in measures.open}
    return render_template(
        "therapist/couple_measures.html",
        measures=measures,
        flags=risk_flags.flags_of(actor=actor, couple_id=couple_id),
        schedule=schedule,
        hand_to=list(hand_to.values()),
        title=measures.title,
    )


@bp.route("/couples/<uuid:couple_id>/measures/new", methods=["GET", "POST"])
def give_measures(couple_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    couple = responses.couple_to_ask(actor=actor, couple_id=couple_id)
    form = _give_form(couple)
    if form.validate_on_submit():
        try:
            given = responses.give(
                actor=actor,
                couple_id=couple_id,
                person_ids=[UUID(person_id) for person_id in form.people.data],
                measure_keys=form.measures.data,
                due_on=form.due_on.data,
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            if given.asked:
                flash(" ".join(given.asked), "success")
            if given.skipped:
                flash(" ".join(given.skipped), "note")
            return redirect(url_for(".couple_measures", couple_id=couple_id), code=303)
    return render_template("therapist/give_measures.html", form=form, couple=couple), (
        422 if form.errors else 200
    )


@bp.route("/measure-requests/<uuid:request_id>/withdraw", methods=["POST"])
def withdraw_request(request_id: UUID) -> ResponseReturnValue:
    couple_id = responses.withdraw_request(actor=current_actor(), request_id=request_id)
    flash("Taken back. It is gone from their page.", "success")
    return redirect(url_for(".couple_measures", couple_id=couple_id), code=303)


@bp.route("/responses/<uuid:response_id>")
def response(response_id: UUID) -> ResponseReturnValue:
    page = responses.response_page(actor=current_actor(), response_id=response_id)
    return render_template(
        "therapist/response.html", page=page, rule=rule_for(page.couple_id, page.completed_at)
    )


@bp.route("/measures")
def measures() -> ResponseReturnValue:
    return render_template(
        "therapist/measures.html",
        measures=all_measures().values(),
        question_count=question_count,
        minutes=minutes,
        origin_of=origin_of,
        points_needed=_points_needed,
        shown_scales=shown_scales,
        without_help_text=not practice_texts.has_own_help_text(),
    )


def _points_needed(scale: Scale, norms: Norms | None = None) -> int | None:
    criteria = criteria_for(scale, norms)
    return whole_points_of(criteria) if criteria else None
