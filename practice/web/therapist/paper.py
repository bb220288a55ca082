"""Other ways to answer: blank sheets, typing in from paper, and handing over the device."""

from collections.abc import Callable
from uuid import UUID

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired

from practice.services import blank_forms, clock, corrections, hand_over, paper
from practice.services.corrections import Correction
from practice.services.errors import Invalid
from practice.services.measure_library import all_measures
from practice.services.paper import PaperCouple
from practice.web import correction_forms as forms
from practice.web import session
from practice.web.forms import add_errors
from practice.web.session import current_actor
from practice.web.therapist import bp

SHEET, TOTAL = "sheet", "total"


class ChoosePaperForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """Whose, which measure, and how much of it there is."""

    person = RadioField("Whose is it?", validators=[InputRequired("Choose whose it is.")])
    measure = SelectField("Which measure?", validators=[InputRequired("Choose a measure.")])
    what = RadioField(
        "What do you have?",
        choices=[
            SelectChoice(SHEET, "The answers to each question"),
            SelectChoice(TOTAL, "Only the total"),
        ],
        default=SHEET,
        validators=[InputRequired("Choose what you have.")],
    )


def _choose_form(couple: PaperCouple) -> ChoosePaperForm:
    form = ChoosePaperForm()
    form.person.choices = [
        SelectChoice(str(m.person_id), m.name if m.is_current else f"{m.name} (has left)")
        for m in couple.members
    ]
    form.measure.choices = [
        SelectChoice("", "Choose one"),
        *(
            SelectChoice(m.key, f"{m.title}{' (total only)' if m.totals_only else ''}")
            for m in sorted(all_measures().values(), key=lambda m: m.title.casefold())
        ),
    ]
    return form


@bp.route("/couples/<uuid:couple_id>/measures/paper", methods=["GET", "POST"])
def paper_choose(couple_id: UUID) -> ResponseReturnValue:
    couple = paper.paper_couple(actor=current_actor(), couple_id=couple_id)
    form = _choose_form(couple)
    if form.validate_on_submit():
        totals = form.what.data == TOTAL or all_measures()[form.measure.data].totals_only
        return redirect(
            url_for(
                ".paper_totals" if totals else ".paper_answers",
                couple_id=couple_id,
                person_id=UUID(form.person.data),
                key=form.measure.data,
            ),
            code=303,
        )
    return render_template("therapist/paper_choose.html", form=form, couple=couple), (
        422 if form.errors else 200
    )


ONE = "/couples/<uuid:couple_id>/measures/paper/<uuid:person_id>/<key>"


@bp.route(ONE, methods=["GET", "POST"])
def paper_answers(couple_id: UUID, person_id: UUID, key: str) -> ResponseReturnValue:
    actor = current_actor()
    place = paper.paper_form(actor=actor, couple_id=couple_id, person_id=person_id, measure_key=key)
    if place.measure.totals_only:
        return redirect(
            url_for(".paper_totals", couple_id=couple_id, person_id=person_id, key=key), code=303
        )
    form = forms.paper_form(place.measure)
    saved = _saved(
        place,
        form,
        lambda answered: paper.enter_answers(
            actor=actor,
            couple_id=couple_id,
            person_id=person_id,
            measure_key=key,
            new_id=form.row_id,
            day=form.day.data,
            answers=form.answers(),
            request_id=answered,
        ),
    )
    return saved or (
        render_template("therapist/paper_answers.html", form=form, place=place),
        422 if form.errors else 200,
    )


@bp.route(f"{ONE}/total", methods=["GET", "POST"])
def paper_totals(couple_id: UUID, person_id: UUID, key: str) -> ResponseReturnValue:
    actor = current_actor()
    place = paper.paper_form(actor=actor, couple_id=couple_id, person_id=person_id, measure_key=key)
    form = forms.paper_totals_form(place.measure)
    saved = _saved(
        place,
        form,
        lambda answered: paper.enter_totals(
            actor=actor,
            couple_id=couple_id,
            person_id=person_id,
            measure_key=key,
            new_id=form.row_id,
            day=form.day.data,
            totals=form.totals(),
            request_id=answered,
        ),
    )
    return saved or (
        render_template(
            "therapist/paper_totals.html", form=form, place=place, allowed=paper.allowed_totals
        ),
        422 if form.errors else 200,
    )


def _saved(
    place: paper.PaperForm,
    form: forms.PaperForm | forms.PaperTotalsForm,
    enter: Callable[[UUID | None], UUID],
) -> ResponseReturnValue | None:
    """Enter what was typed in; return where to go on, or None while there is something to mend.

    Args:
        place: Whose paper it is.
        form: What was typed in; takes the messages.
        enter: Keeps it and returns the response; takes the request that it answers.
    """
    if not form.validate_on_submit():
        return None
    try:
        new = enter(place.open.request_id if place.open and form.answers_request.data else None)
    except Invalid as problem:
        add_errors(form, problem)
        return None
    flash(f"Typed in for {place.first_name}, and marked as from paper.", "success")
    return redirect(url_for(".response", response_id=new), code=303)


@bp.route("/responses/<uuid:response_id>/correct", methods=["GET", "POST"])
def correct_response(response_id: UUID) -> ResponseReturnValue:
    found = corrections.typed_in_correction(actor=current_actor(), response_id=response_id)
    day = clock.local(found.completed_at).date()
    form: forms.PaperCorrectionForm | forms.TotalsCorrectionForm
    if found.has_answers:
        form = forms.paper_correction_form(found.measure, found.answers, day)
    else:
        form = forms.totals_correction_form(found.measure, found.totals, day)
    if form.validate_on_submit():
        try:
            new = _correct(found, form)
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("Corrected. What stood there before is kept, and counts nowhere.", "success")
            return redirect(url_for(".response", response_id=new), code=303)
    return render_template(
        "therapist/response_correct.html", form=form, found=found, allowed=paper.allowed_totals
    ), (422 if form.errors else 200)


def _correct(
    found: Correction, form: forms.PaperCorrectionForm | forms.TotalsCorrectionForm
) -> UUID:
    return corrections.correct_typed_in(
        actor=current_actor(),
        response_id=found.response_id,
        new_id=form.row_id,
        day=form.day.data,
        reason=form.reason.data,
        answers=form.answers() if isinstance(form, forms.PaperCorrectionForm) else None,
        totals=form.totals() if isinstance(form, forms.TotalsCorrectionForm) else None,
    )


@bp.route("/measures/<key>/blank.pdf")
def blank_measure(key: str) -> Response:
    response = make_response(blank_forms.blank_form(key))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = 'inline; filename="questions.pdf"'
    return response


@bp.route("/couples/<uuid:couple_id>/people/<uuid:person_id>/hand-over", methods=["POST"])
def hand_over_device(couple_id: UUID, person_id: UUID) -> ResponseReturnValue:
    hand_over.begin(actor=current_actor(), couple_id=couple_id, person_id=person_id)
    session.hand_over(couple_id, person_id)
    return redirect(url_for("hand_over.home"), code=303)
