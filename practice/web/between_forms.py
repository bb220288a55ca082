"""Forms of what members sign with each other and say of promises."""

from datetime import date

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, StringField, SubmitField
from wtforms.validators import InputRequired, Length

from practice.domain.homework.promises import PromiseWord
from practice.domain.visibility import Audience
from practice.services.cleaning import LONGEST_NAME
from practice.services.homework.promises import Promises
from practice.services.own_agreements import TICK_IF_YOU_AGREE
from practice.web.fields import DateField
from practice.web.once import OnceForm
from practice.web.typed import KeepingMeta
from practice.web.words import readers_of


class SignTogetherForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """Somebody signs what the members agreed."""

    class Meta(KeepingMeta):
        """What came too late is shown again."""

    digest = HiddenField()
    agreed = BooleanField(
        "I have read this and agree to it", validators=[InputRequired(TICK_IF_YOU_AGREE)]
    )
    name = StringField(
        "Your full name",
        description="Typed in, it stands for your signature.",
        validators=[InputRequired("Type your full name."), Length(max=LONGEST_NAME)],
    )


class EndTogetherForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """Somebody takes their signature back, or ends what holds."""

    end = SubmitField("End it")


class PromiseForm(OnceForm):
    """How a promise went; built by ``promise_form``."""

    word = RadioField(
        "How did it go?",
        choices=[SelectChoice(one.value, one.label) for one in PromiseWord],
        validators=[InputRequired("Choose one.")],
    )
    on_day = DateField("On which day?", validators=[InputRequired("Enter a day.")])
    audience = RadioField(
        "Who may read this?", validators=[InputRequired("Choose who may read it.")]
    )


def promise_form(found: Promises, today: date) -> PromiseForm:
    """Build the form of one promise; the narrowest of its readers is preset."""
    form = PromiseForm(data={"on_day": today, "audience": found.choices[0].value})
    form.audience.choices = [
        SelectChoice(one.value, readers_of(Audience(one), found.therapist, list(found.others)))
        for one in found.choices
    ]
    if not found.is_own:
        form.word.label.text = "How did you see it?"
    return form
