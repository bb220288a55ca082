"""By when a request wants an answer, how long records are kept, when backups go."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from practice.services import record_settings
from practice.services.errors import Invalid
from practice.web.forms import add_errors
from practice.web.session import current_actor
from practice.web.settings import bp
from practice.web.settings.record_forms import record_settings_form


@bp.route("/records", methods=["GET", "POST"])
def records() -> ResponseReturnValue:
    actor = current_actor()
    form = record_settings_form(record_settings.page(actor=actor))
    if form.validate_on_submit():
        try:
            record_settings.change(actor=actor, new=form.settings())
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("Saved. Deadlines that stand in a case stay as they are.", "success")
            return redirect(url_for(".records"), code=303)
    return render_template("settings/records.html", form=form), (422 if form.errors else 200)
