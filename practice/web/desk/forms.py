"""Forms of the front desk."""

from typing import Any
from uuid import UUID

from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired

from practice.domain.sessions import SessionFormat
from practice.services.diary import Appointment
from practice.services.people import Member
from practice.web.fields import DateField, IntegerField, TimeField
from practice.web.once import OnceForm

COUPLE = "couple"


class AppointmentForm(OnceForm):
    """When, how and with whom a session is; ``appointment_form`` adds with whom."""

    day = DateField("Day", validators=[InputRequired("Enter a day.")])
    time = TimeField("Time", validators=[InputRequired("Enter a time.")])
    minutes = IntegerField("Minutes", default=60, validators=[InputRequired("Enter minutes.")])
    format = RadioField(
        "Where",
        choices=[SelectChoice(one.value, one.label) for one in SessionFormat],
        default=SessionFormat.ROOM.value,
    )

    def appointment(self) -> Appointment:
        """Return what was entered; only after the form was found valid."""
        whom = self["with_whom"].data
        return Appointment(
            day=self.day.data,
            at=self.time.data,
            minutes=self.minutes.data,
            person_id=None if whom == COUPLE else UUID(whom),
            format=SessionFormat(self.format.data),
        )


def appointment_form(
    members: tuple[Member, ...], stored: Appointment | None = None
) -> AppointmentForm:
    """Build the form for the present members of a couple.

    Args:
        members: In the order of entry.
        stored: What the fields show at first; None for a new session.
    """
    together = "Together" if len(members) > 1 else f"{members[0].name}, as the couple"
    fields: dict[str, Any] = {
        "with_whom": RadioField(
            "Who comes?",
            choices=[
                SelectChoice(COUPLE, together),
                *(SelectChoice(str(m.person_id), f"{m.name} alone") for m in members),
            ],
            default=COUPLE,
        )
    }
    data = {}
    if stored is not None:
        data = {
            "day": stored.day,
            "time": stored.at,
            "minutes": stored.minutes,
            "format": stored.format.value,
            "with_whom": str(stored.person_id) if stored.person_id else COUPLE,
        }
    form: AppointmentForm = type("AppointmentForm", (AppointmentForm,), fields)(data=data)
    return form
