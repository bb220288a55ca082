"""The form that marks an event on the time line."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from wtforms import RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length

from practice.domain.events import EventKind
from practice.domain.visibility import Audience
from practice.services.events import AUDIENCES, WORDS_LIMIT, NewEvent
from practice.web.fields import DateField
from practice.web.once import OnceForm

ALL = "all"
"""Whom an event concerns that is about nobody alone."""

TOO_LONG = f"There is room for {WORDS_LIMIT} characters."
_AUDIENCES = {
    Audience.PRIVATE: "Only you",
    Audience.THERAPIST: "Whoever treats the couple: you, and a colleague who takes over",
    Audience.COUPLE: "Also those whom it concerns, beside their own scores",
}


class EventForm(OnceForm):
    """Day, kind, a few words, whom it concerns and who may see it."""

    day = DateField("When was it?", validators=[InputRequired("Choose the day.")])
    kind = SelectField(
        "What was it?", choices=[SelectChoice(kind.value, kind.label) for kind in EventKind]
    )
    words = StringField(
        "In a few words",
        description="They stand at the mark in the picture. For instance: the messages.",
        validators=[Length(max=WORDS_LIMIT, message=TOO_LONG)],
    )
    about = RadioField(
        "Whom does it concern?", validators=[InputRequired("Choose whom it concerns.")]
    )
    audience = RadioField(
        "Who may see it?",
        choices=[SelectChoice(audience.value, _AUDIENCES[audience]) for audience in AUDIENCES],
        default=AUDIENCES[0].value,
        validators=[InputRequired("Choose who may see it.")],
    )

    def __init__(self, *args: Any, people: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alone = [
            SelectChoice(str(one), f"{name} alone; nobody else of them learns of it")
            for one, name in people
        ]
        self.about.choices = [*alone, SelectChoice(ALL, "All of them")]

    def event(self) -> NewEvent:
        """Return what was entered; only after the form was found valid."""
        return NewEvent(
            on=self.day.data,
            kind=EventKind(self.kind.data),
            words=self.words.data or "",
            about_id=UUID(self.about.data) if self.about.data != ALL else None,
            audience=Audience(self.audience.data),
        )
