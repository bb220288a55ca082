"""The form in which a member says how a task was that they did together."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wtforms import RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from practice.domain.homework.review import (
    HIGHEST,
    LONGEST_WORDS,
    LOWEST,
    Barrier,
    Scale,
    View,
)
from practice.domain.visibility import Audience
from practice.domain.words import weekday_in_words
from practice.services.homework import AUDIENCES
from practice.web.once import OnceForm

_NUMBERS = tuple(str(number) for number in range(LOWEST, HIGHEST + 1))
_NUMBER_CHOICES = [SelectChoice(number, number) for number in _NUMBERS]


class ViewForm(OnceForm):
    """Everything may be left out, but not all of it; ``view_form`` adds readers and days."""

    # What was not chosen, or could not be, counts as left out.
    quality = RadioField("How well did it go?", choices=_NUMBER_CHOICES, validate_choice=False)
    difficulty = RadioField("How hard was it?", choices=_NUMBER_CHOICES, validate_choice=False)
    helpfulness = RadioField(
        "How much did it help?", choices=_NUMBER_CHOICES, validate_choice=False
    )
    barrier = SelectField(
        "Did anything get in the way?",
        choices=[
            SelectChoice("", "Nothing in particular"),
            *(SelectChoice(one.value, one.label) for one in Barrier),
        ],
        default="",
    )
    words = TextAreaField("In your own words", validators=[Length(max=LONGEST_WORDS)])

    @property
    def scales(self) -> list[tuple[Scale, Any]]:
        """The three scales with their fields."""
        return [(one, self[one.value]) for one in Scale]

    def view(self) -> View:
        """Return what was said; only after the form was found valid."""
        numbers = {
            scale.value: int(field.data) if field.data in _NUMBERS else None
            for scale, field in self.scales
        }
        barrier = Barrier(self.barrier.data) if self.barrier.data else None
        return View(**numbers, barrier=barrier, words=self.words.data or "")


def view_form(days: Sequence[date], readers: Mapping[Audience, str]) -> type[ViewForm]:
    """Build the form.

    Args:
        days: Days one may speak of, newest first.
        readers: The words for each audience.
    """
    return type(
        "ViewForm",
        (ViewForm,),
        {
            "for_day": RadioField(
                "Which day is it about?",
                choices=[SelectChoice(day.isoformat(), weekday_in_words(day)) for day in days],
                validators=[InputRequired("Choose a day.")],
            ),
            "audience": RadioField(
                "Who may read this?",
                choices=[SelectChoice(one.value, readers[one]) for one in AUDIENCES],
                default=AUDIENCES[0].value,
                validators=[InputRequired("Choose who may read it.")],
            ),
        },
    )
