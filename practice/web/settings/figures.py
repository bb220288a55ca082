"""The figures that a scale is judged by: what ships, and what the practice uses instead."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.domain.measures.figures import Figures
from practice.domain.words import number
from practice.services import scale_figures
from practice.services.errors import Invalid
from practice.services.scale_figures import ENOUGH_FOR_AN_SD, Used
from practice.web.forms import add_errors
from practice.web.session import current_actor
from practice.web.settings import bp
from practice.web.settings.forms import FiguresForm, figures_form


@bp.route("/measures/<scale_key>", methods=["GET", "POST"])
def figures(scale_key: str) -> ResponseReturnValue:
    actor = current_actor()
    page = scale_figures.figures_page(actor=actor, scale_key=scale_key)
    form = figures_form(page.figures)
    if form.validate_on_submit() and _changes_something(form, page.figures):
        try:
            used = scale_figures.set_figures(
                actor=actor, scale_key=scale_key, figures=form.figures()
            )
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash(f"Saved, and used everywhere from now on. {_what_follows(used)}", "success")
            return redirect(url_for(".figures", scale_key=scale_key), code=303)
    return render_template(
        "settings/figures.html",
        page=page,
        form=form,
        enough=ENOUGH_FOR_AN_SD,
        shipped_line=_what_follows(page.shipped),
        used_line=_what_follows(page.used),
    ), (422 if form.errors else 200)


def _changes_something(form: FiguresForm, used: Figures) -> bool:
    """Whether there is a figure to use, or one to leave; else the form says that there is none."""
    if form.figures().is_empty and used.is_empty:
        form.cut.errors = [*form.cut.errors, "Enter one figure at least; nothing was changed."]
        return False
    return True


@bp.route("/measures/<scale_key>/as-shipped", methods=["POST"])
def figures_as_shipped(scale_key: str) -> ResponseReturnValue:
    scale_figures.set_figures(actor=current_actor(), scale_key=scale_key, figures=Figures())
    flash("The shipped figures are used again. Yours stay in the history.", "success")
    return redirect(url_for(".figures", scale_key=scale_key), code=303)


def _what_follows(used: Used) -> str:
    """Say from how many points on a change is reliable."""
    if used.points is None or used.whole_points is None:
        return "Nothing tells reliable change here: only the line is drawn, without a class."
    published = used.scale.published_change
    decides = published is not None and published.points == used.points
    if decides and published is not None and published.at_least:
        return f"A change of {number(used.points)} points or more is reliable."
    return (
        f"A change of more than {number(used.points)} points is reliable: "
        f"{used.whole_points} whole points."
    )
