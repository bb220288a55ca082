"""Published figures that stand in reports: which are sure, and what the practice put right."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.services import literature as shelf
from practice.services.errors import Invalid
from practice.web.forms import add_errors
from practice.web.session import current_actor
from practice.web.settings import bp
from practice.web.settings.forms import CorrectionForm


@bp.route("/literature")
def literature() -> ResponseReturnValue:
    return render_template("settings/literature.html", figures=shelf.shelf(actor=current_actor()))


@bp.route("/literature/<figure_key>", methods=["GET", "POST"])
def literature_figure(figure_key: str) -> ResponseReturnValue:
    actor = current_actor()
    found, history = shelf.shelved(actor=actor, key=figure_key)
    said = found.correction or found.shipped
    form = CorrectionForm(
        data={
            "figure": said.figure or found.shipped.figure,
            "meaning": said.meaning or found.shipped.meaning,
            "sample": said.sample or found.shipped.sample,
            "source": found.correction.source if found.correction else "",
            "hidden": bool(found.correction and found.correction.hidden),
        }
    )
    if form.validate_on_submit():
        try:
            shelf.correct(actor=actor, key=figure_key, correction=form.correction())
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("Saved. Reports made from now on have it so.", "success")
            return redirect(url_for(".literature"), code=303)
    return render_template(
        "settings/literature_figure.html", found=found, history=history, form=form
    ), (422 if form.errors else 200)


@bp.route("/literature/<figure_key>/as-shipped", methods=["POST"])
def literature_as_shipped(figure_key: str) -> ResponseReturnValue:
    shelf.correct(actor=current_actor(), key=figure_key, correction=None)
    flash("The shipped figure is used again. Your words stay in the history.", "success")
    return redirect(url_for(".literature"), code=303)
