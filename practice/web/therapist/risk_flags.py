"""A flag that an answer raised, and what the therapist did about it."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from practice.services import risk_flags
from practice.services.errors import Invalid
from practice.web.forms import add_errors
from practice.web.session import current_actor
from practice.web.therapist import bp

NO_WORDS = "Write in a few words what you did, or decided not to do."


class DealtWithForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """What was done about it."""

    note = TextAreaField(
        "What did you do about it?",
        validators=[
            InputRequired(NO_WORDS),
            Length(
                max=risk_flags.LONGEST_NOTE,
                message=f"Use at most {risk_flags.LONGEST_NOTE} characters.",
            ),
        ],
    )


@bp.route("/risk-flags/<uuid:flag_id>", methods=["GET", "POST"])
def risk_flag(flag_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    flag = risk_flags.flag_of(actor=actor, flag_id=flag_id)
    form = DealtWithForm()
    if form.validate_on_submit():
        try:
            risk_flags.deal_with(actor=actor, flag_id=flag_id, note=form.note.data)
        except Invalid as problem:
            add_errors(form, problem)
        else:
            flash("Written down. It stays with this couple’s measures.", "success")
            return redirect(url_for(".couple_measures", couple_id=flag.couple_id), code=303)
    return render_template("therapist/risk_flag.html", form=form, flag=flag), (
        422 if form.errors else 200
    )
