"""The private questions as a form: in the portal, on a device, and for what was asked aloud.

Nothing of it is kept anywhere before it is sent: it takes a minute, and half an answer that
somebody finds is worse than answering once more.
"""

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from practice.domain.safety.hark_items import HARK_ITEMS
from practice.services.screenings import LONGEST_NOTE
from practice.web.fields import DateField
from practice.web.once import OnceForm

YES, NO = "yes", "no"
NO_WORDS = "Write in a few words what you did, or decided not to do."
TOO_LONG = f"Use at most {LONGEST_NOTE} characters."


def _question(number: int, other: str, preset: str | None = None) -> RadioField:
    """One question; the name of its field says nothing of what is asked.

    To the person nothing is preset: no answer should be the one that takes no courage.
    """
    _, text = HARK_ITEMS[number - 1]
    return RadioField(
        f"{number}. {text}",
        choices=[SelectChoice(YES, "Yes"), SelectChoice(NO, "No"), SelectChoice("", other)],
        default=preset,
        validators=[Optional()],
        invalid_choice_message="Choose one of the answers shown.",
    )


LEFT_OUT = "I leave this one out"
NOT_ASKED = "Not asked"


class _Answers:
    """What both forms share."""

    def questions(self) -> list[Any]:
        """Return the field of each question, in order."""
        form: Any = self
        return [form[f"q{number}"] for number in range(1, len(HARK_ITEMS) + 1)]

    def answers(self) -> dict[str, bool]:
        """Return yes or no by question; what was left open is not in it."""
        pairs = zip((key for key, _ in HARK_ITEMS), self.questions(), strict=True)
        return {key: field.data == YES for key, field in pairs if field.data}


class PrivateForm(_Answers, FlaskForm):  # type: ignore[misc]  # the library is untyped
    """The questions as the person reads them."""

    q1 = _question(1, LEFT_OUT)
    q2 = _question(2, LEFT_OUT)
    q3 = _question(3, LEFT_OUT)
    q4 = _question(4, LEFT_OUT)


class TalkForm(_Answers, OnceForm):
    """What somebody answered when they were asked aloud."""

    day = DateField("When did you speak?", validators=[InputRequired("Choose the day.")])
    q1 = _question(1, NOT_ASKED, "")
    q2 = _question(2, NOT_ASKED, "")
    q3 = _question(3, NOT_ASKED, "")
    q4 = _question(4, NOT_ASKED, "")
    note = TextAreaField(
        "What did you do about it?", validators=[Length(max=LONGEST_NOTE, message=TOO_LONG)]
    )


class RescreenForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """When it is time to ask somebody again."""

    rescreen_on = DateField("Ask again on", validators=[InputRequired("Choose the day.")])

    @property
    def on(self) -> date:
        """The day; only after the form was found valid."""
        day: date = self.rescreen_on.data
        return day


class ActedForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """What was done about an answer."""

    note = TextAreaField(
        "What did you do about it?",
        validators=[InputRequired(NO_WORDS), Length(max=LONGEST_NOTE, message=TOO_LONG)],
    )
