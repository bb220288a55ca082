"""Forms of the practice's own pages."""

from collections.abc import Iterable
from uuid import UUID

from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from practice.domain.people import Role
from practice.services.care import LONGEST_REASON
from practice.services.cleaning import LONGEST_NAME
from practice.web.fields import DateField
from practice.web.once import OnceForm

NO_DAY = "Enter a day."
NOBODY = "Choose somebody."


def choices_of(people: Iterable[tuple[UUID, str]]) -> list[SelectChoice]:
    """Return people to choose from, with nobody preset."""
    return [
        SelectChoice("", "Choose one"),
        *(SelectChoice(str(person_id), name) for person_id, name in people),
    ]


class InviteForm(OnceForm):
    """Somebody new on the staff."""

    name = StringField("Name", validators=[Length(max=LONGEST_NAME)])
    role = RadioField(
        "What they do here",
        choices=[
            SelectChoice(Role.THERAPIST.value, "Therapist: treats couples"),
            SelectChoice(Role.RECEPTION.value, "Front desk: diary and contact, nothing clinical"),
        ],
        validators=[InputRequired("Choose what they do here.")],
    )


class SupervisionForm(OnceForm):
    """Who supervises whom."""

    supervisor = SelectField("Supervisor", validators=[InputRequired(NOBODY)])
    therapist = SelectField("Supervises", validators=[InputRequired(NOBODY)])
    since = DateField("From", validators=[InputRequired(NO_DAY)])

    def offer(self, people: Iterable[tuple[UUID, str]]) -> None:
        """Let both be chosen from ``people``."""
        self.supervisor.choices = self.therapist.choices = choices_of(people)


class PassOnForm(OnceForm):
    """Passing on the lead of a couple."""

    therapist = SelectField("To", validators=[InputRequired(NOBODY)])
    on = DateField("On", validators=[InputRequired(NO_DAY)])
    reason = TextAreaField(
        "Reason", validators=[InputRequired("Say why, in a few words."), Length(max=LONGEST_REASON)]
    )
