"""Forms of sessions and their notes."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired, Length

from practice.domain.sessions import Attendance, SessionFormat, SessionStatus
from practice.domain.words import listed
from practice.services.cleaning import LONGEST_TEXT
from practice.services.people import Member
from practice.services.session_details import SHORTEST_MINUTES, SessionDetails
from practice.services.sessions import SessionView
from practice.web.fields import DateField, IntegerField, TimeField
from practice.web.once import OnceForm

COUPLE = "couple"


class SessionForm(OnceForm):
    """A session; ``session_form`` adds who it is with and how each member attended."""

    day = DateField("Day", validators=[InputRequired("Enter a day.")])
    time = TimeField("Time", validators=[InputRequired("Enter a time.")])
    minutes = IntegerField("Minutes", default=60, validators=[InputRequired("Enter minutes.")])
    format = RadioField(
        "How you meet",
        choices=[SelectChoice(one.value, one.label) for one in SessionFormat],
        default=SessionFormat.ROOM.value,
    )
    status = RadioField(
        "Did it take place?",
        choices=[
            SelectChoice(SessionStatus.PLANNED.value, "It is planned"),
            SelectChoice(SessionStatus.HELD.value, "It was held"),
            SelectChoice(SessionStatus.CANCELLED.value, "It was cancelled"),
        ],
        default=SessionStatus.PLANNED.value,
    )
    next_steps = TextAreaField("Next steps", validators=[Length(max=LONGEST_TEXT)])
    members: tuple[Member, ...]

    def attendance_fields(self) -> list[tuple[Member, Any]]:
        """Return each member with the field of how they attended."""
        return [(member, self[f"attendance_{member.position}"]) for member in self.members]

    def choices_are_known(self) -> bool:
        """Whether what was entered can be read as a session, though something may be missing."""
        return not any(field.errors for field in self if isinstance(field, RadioField))

    def details(self, today: date) -> SessionDetails:
        """Return what was entered; only if ``choices_are_known``.

        Args:
            today: Stands for a day that is missing, as the first minute of the day for a time;
                only a valid form has neither.
        """
        whom = self["with_whom"].data
        return SessionDetails(
            day=self.day.data or today,
            at=self.time.data or time.min,
            minutes=SHORTEST_MINUTES if self.minutes.data is None else self.minutes.data,
            person_id=None if whom == COUPLE else UUID(whom),
            format=SessionFormat(self.format.data),
            status=SessionStatus(self.status.data),
            attendance={
                member.person_id: Attendance(field.data) if field.data else None
                for member, field in self.attendance_fields()
            },
            next_steps=self.next_steps.data or "",
        )


def session_form(members: tuple[Member, ...], data: dict[str, Any]) -> SessionForm:
    """Build the form for the members who may be expected.

    Args:
        members: In the order of entry.
        data: What the fields show at first.
    """
    names = listed([member.first_name for member in members])
    fields: dict[str, Any] = {
        "members": members,
        "with_whom": RadioField(
            "Who is it with?",
            choices=[
                SelectChoice(COUPLE, names if len(members) > 1 else f"{names}, as the couple"),
                *(SelectChoice(str(m.person_id), f"{m.first_name} alone") for m in members),
            ],
            default=COUPLE,
        ),
    }
    for member in members:
        fields[f"attendance_{member.position}"] = RadioField(
            f"How {member.first_name} attended",
            choices=[
                SelectChoice("", "Not recorded"),
                *(SelectChoice(one.value, one.label) for one in Attendance),
            ],
            default="",
        )
    form: SessionForm = type("SessionForm", (SessionForm,), fields)(data=data)
    return form


def data_of(view: SessionView, starts: datetime) -> dict[str, Any]:
    """Return what the form shows of a stored session; ``starts`` in the practice's zone."""
    return {
        "day": starts.date(),
        "time": starts.time(),
        "minutes": view.minutes,
        "with_whom": str(view.person_id) if view.person_id else COUPLE,
        "format": view.format.value,
        "status": view.status.value,
        "next_steps": view.next_steps,
        **{
            f"attendance_{one.member.position}": one.attendance.value if one.attendance else ""
            for one in view.attended
        },
    }
