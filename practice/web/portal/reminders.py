"""What a partner wants to be reminded of by e-mail."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from practice.domain.reminders.terms import ReminderKind
from practice.services.reminders import choices
from practice.services.reminders.choices import OwnChoices
from practice.web.password_again import password_first
from practice.web.portal import bp
from practice.web.session import current_actor


class RemindersForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """Kinds of things; none ticked is an answer, too."""

    kinds = SelectMultipleField(
        "What may an e-mail be about?",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


@bp.route("/reminders", methods=["GET", "POST"])
# It says whether e-mails come and when, as the page about reaching them does.
@password_first(sign_in_counts=True)
def reminders() -> ResponseReturnValue:
    actor = current_actor()
    own = choices.own_choices(actor=actor)
    form = RemindersForm(data={"kinds": [kind.value for kind in own.kinds if kind in own.wanted]})
    form.kinds.choices = _offered(own)
    # None ticked looks like an empty form; only the button says that it was meant.
    if "save" in request.form and form.validate_on_submit():
        choices.choose(actor=actor, wanted={ReminderKind(one) for one in form.kinds.data})
        flash("Saved. It holds from now on.", "success")
        return redirect(url_for(".reminders"), code=303)
    return render_template("portal/reminders.html", form=form, own=own), (
        422 if form.errors else 200
    )


def _offered(own: OwnChoices) -> list[SelectChoice]:
    return [SelectChoice(kind.value, kind.label) for kind in own.kinds]
