"""Texts of the practice that its clients read."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from practice.services import practice_texts
from practice.services.errors import Invalid
from practice.web.forms import add_errors
from practice.web.session import current_actor
from practice.web.settings import bp
from practice.web.settings.forms import TextForm


@bp.route("/texts")
def texts() -> ResponseReturnValue:
    return render_template("settings/texts.html", texts=practice_texts.texts(actor=current_actor()))


@bp.route("/texts/<text_key>", methods=["GET", "POST"])
def text(text_key: str) -> ResponseReturnValue:
    actor = current_actor()
    found, history = practice_texts.text_page(actor=actor, key=text_key)
    form, shown = TextForm(data={"text": found.text}), None
    if form.validate_on_submit():
        try:
            shown = practice_texts.checked_text(form.text.data or "")
            if request.form.get("act") != "preview":
                practice_texts.set_text(actor=actor, key=text_key, text=shown)
                flash("Saved. It is shown from now on.", "success")
                return redirect(url_for(".text", text_key=text_key), code=303)
        except Invalid as problem:
            add_errors(form, problem)
    return render_template(
        "settings/text.html", found=found, history=history, form=form, shown=shown
    ), (422 if form.errors else 200)


@bp.route("/texts/<text_key>/as-shipped", methods=["POST"])
def text_as_shipped(text_key: str) -> ResponseReturnValue:
    practice_texts.set_text(actor=current_actor(), key=text_key, text=None)
    flash("The shipped text is shown again. Yours stays in the history.", "success")
    return redirect(url_for(".text", text_key=text_key), code=303)
