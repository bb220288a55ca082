"""The list of measures, and those of the practice's own: adding, mending, retiring."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.domain.measures.definition import Measure
from practice.domain.visibility import Audience
from practice.services import own_measures, scale_figures
from practice.services.errors import Invalid
from practice.web.forms import AnswerForm, add_errors, answer_form
from practice.web.session import current_actor
from practice.web.settings import bp
from practice.web.settings.forms import OwnMeasureForm, own_form

PREVIEW = "preview"


@bp.route("/measures")
def measures() -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "settings/measures.html",
        shipped=scale_figures.shipped_measures(actor=actor),
        own=own_measures.own_measures(actor=actor),
    )


@bp.route("/measures/new", methods=["GET", "POST"])
def new_measure() -> ResponseReturnValue:
    form, shown = own_form(), None
    if form.validate_on_submit():
        try:
            definition = form.definition()
            shown = own_measures.preview(definition)
            if request.form.get("act") != PREVIEW:
                added = own_measures.add(
                    actor=current_actor(), new_id=form.row_id, definition=definition
                )
                flash(
                    f"Added: {added.title}. If a source gives a cut score or a reliability, enter "
                    "it here; without, only the line is drawn.",
                    "success",
                )
                return redirect(url_for(".figures", scale_key=added.key), code=303)
        except Invalid as problem:
            add_errors(form, problem)
    return _page(form, shown, key="")


@bp.route("/measures/own/<own_key>/edit", methods=["GET", "POST"])
def edit_measure(own_key: str) -> ResponseReturnValue:
    actor = current_actor()
    form, shown = own_form(own_measures.definition_of(actor=actor, key=own_key)), None
    if form.validate_on_submit():
        try:
            definition = form.definition()
            shown = own_measures.preview(definition, key=own_key)
            if request.form.get("act") != PREVIEW:
                saved = own_measures.change(actor=actor, key=own_key, definition=definition)
                flash(_said(saved), "success")
                return redirect(url_for(".measures"), code=303)
        except Invalid as problem:
            add_errors(form, problem)
    return _page(form, shown, key=own_key)


@bp.route("/measures/own/<own_key>/retire", methods=["POST"])
def retire_measure(own_key: str) -> ResponseReturnValue:
    title = own_measures.retire(actor=current_actor(), key=own_key)
    flash(f"{title} is not offered any more. What was answered stays, and can be read.", "success")
    return redirect(url_for(".measures"), code=303)


@bp.route("/measures/own/<own_key>/bring-back", methods=["POST"])
def bring_back_measure(own_key: str) -> ResponseReturnValue:
    title = own_measures.bring_back(actor=current_actor(), key=own_key)
    flash(f"{title} is offered again.", "success")
    return redirect(url_for(".measures"), code=303)


def _said(saved: own_measures.Saved) -> str:
    if not saved.is_new_version:
        return "Saved. The questions are as they were, so the scores mean the same."
    return (
        f"Saved as version {saved.measure.version}. It has a line of its own; what is open stays "
        "as it was asked. Figures of the earlier version do not hold for it."
    )


def _page(form: OwnMeasureForm, shown: Measure | None, *, key: str) -> ResponseReturnValue:
    return render_template(
        "settings/own_measure.html",
        form=form,
        shown=shown,
        questions=_questions(shown),
        is_new=not key,
        is_new_version=bool(key) and shown is not None and shown.key != key,
    ), (422 if form.errors else 200)


def _questions(shown: Measure | None) -> AnswerForm | None:
    if shown is None or shown.totals_only:
        return None
    audiences = {Audience.THERAPIST: "Only you and your therapist"}
    return answer_form(shown, audiences)(formdata=None, meta={"csrf": False})
