"""A page of a journal, new or changed."""

from collections.abc import Sequence

from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired, Length

from practice.services.journal import LONGEST, Place
from practice.web.once import OnceForm


class JournalForm(OnceForm):
    """Words, and nothing that asks for more."""

    words = TextAreaField(
        "Your words",
        validators=[
            InputRequired("Write a few words first."),
            Length(max=LONGEST, message=f"Use at most {LONGEST:,} characters; begin another page."),
        ],
    )


def new_page_form(places: Sequence[Place]) -> type[JournalForm]:
    """Return the form of a new page; it asks where only of somebody who is in several couples."""
    if len(places) < 2:
        return JournalForm
    choices = [SelectChoice(str(one.id), one.words) for one in places]
    asked = RadioField(
        "To which of your therapies does it belong?",
        description="The therapist there is the one you could show it to later.",
        choices=choices,
        default=choices[0].value,
        validators=[InputRequired("Choose one.")],
    )
    return type("SeveralJournalForm", (JournalForm,), {"place": asked})
