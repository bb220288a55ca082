"""Forms of a couple's record."""

from datetime import date
from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Form,
    FormField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from practice.domain.couples import Agenda, Modality, RelationshipStatus
from practice.domain.words import day_in_words, listed
from practice.services.agendas import Commitment
from practice.services.cleaning import LONGEST_NAME, LONGEST_TEXT
from practice.services.couples import MOST_PEOPLE, CoupleDetails, CoupleHeader, Endings, NewCouple
from practice.services.errors import Invalid
from practice.services.known_people import KnownPerson, NewPerson
from practice.web.fields import DateField, FieldList
from practice.web.forms import add_errors
from practice.web.once import OnceForm

NEW = "new"
NO_DAY = "Enter a day."


def _status_field() -> SelectField:
    return SelectField(
        "Relationship now",
        choices=[
            SelectChoice("", "Choose one"),
            *(SelectChoice(status.value, status.label) for status in RelationshipStatus),
        ],
        validators=[InputRequired("Choose what fits best.")],
    )


def _modality_field() -> SelectField:
    return SelectField(
        "Modality",
        choices=[
            SelectChoice("", "Not noted"),
            *(SelectChoice(modality.value, modality.label) for modality in Modality),
        ],
        default="",
        validators=[Optional()],
    )


def _birth_field(default: date | None = None) -> DateField:
    return DateField("Date of birth", default=default, validators=[Optional()])


def _started_field() -> DateField:
    return DateField("Care began on", validators=[InputRequired(NO_DAY)])


def _agreed_field() -> TextAreaField:
    return TextAreaField("What they agreed to work on", validators=[Length(max=LONGEST_TEXT)])


class PersonForm(Form):  # type: ignore[misc]  # the library is untyped
    """One member: somebody new, or somebody the therapist knows."""

    name = StringField("Name", validators=[Length(max=LONGEST_NAME)])
    known = RadioField("Who is this?", choices=[], validate_choice=False)
    """Asked only where the name is that of somebody the therapist knows."""

    born_on = _birth_field()
    problem = TextAreaField("What brings them", validators=[Length(max=LONGEST_TEXT)])

    def person(self) -> NewPerson:
        """Return what was entered."""
        chosen = self.known.data
        return NewPerson(
            name=self.name.data or "",
            problem=self.problem.data or "",
            born_on=self.born_on.data,
            known_id=_as_id(chosen),
            is_new=chosen == NEW,
        )

    def offer(self, known: tuple[KnownPerson, ...]) -> None:
        """Ask whether one of ``known`` is meant."""
        if known:
            self.known.choices = [
                *(SelectChoice(str(one.id), _describe(one)) for one in known),
                SelectChoice(NEW, "Somebody new"),
            ]


class _PeopleForm(OnceForm):
    """A form with people in it."""

    people: FieldList

    def persons(self) -> tuple[NewPerson, ...]:
        """Return everybody who was entered, in order."""
        return tuple(entry.form.person() for entry in self.people)

    def offer(self, known: dict[str, tuple[KnownPerson, ...]]) -> None:
        """Ask about each name that is that of somebody the therapist knows."""
        for entry in self.people:
            entry.form.offer(known.get(entry.form.name.data or "", ()))

    def show(self, problem: Invalid) -> None:
        """Put what the service refused beside its fields, those of a person too."""
        rest = {}
        for name, message in problem.errors.items():
            area, _, place = name.partition("-")
            number, _, part = place.partition("-")
            if area == "people" and number.isdecimal() and int(number) < len(self.people):
                field = self.people[int(number)].form[part]
                field.errors = [*field.errors, message]
            else:
                rest[name] = message
        self.people.errors = [entry.errors for entry in self.people if entry.errors]
        add_errors(self, Invalid(rest))


class CoupleForm(_PeopleForm):
    """The beginning of a record."""

    people = FieldList(FormField(PersonForm), min_entries=2, max_entries=MOST_PEOPLE)
    add_person = SubmitField("Add another person")
    relationship_status = _status_field()
    episode_started_on = _started_field()
    modality = _modality_field()
    agreed_problem = _agreed_field()

    def couple(self) -> NewCouple:
        """Return what was entered; only after the form was found valid."""
        return NewCouple(
            id=self.row_id,
            people=self.persons(),
            relationship_status=RelationshipStatus(self.relationship_status.data),
            episode_started_on=self.episode_started_on.data,
            agreed_problem=self.agreed_problem.data or "",
            modality=_modality(self.modality.data),
        )


class MemberForm(_PeopleForm):
    """Somebody who joins later."""

    people = FieldList(FormField(PersonForm), min_entries=1, max_entries=1)
    joined_on = DateField("Joined on", validators=[InputRequired(NO_DAY)])


class LeavingForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """The end of a membership."""

    left_on = DateField("Left on", validators=[InputRequired(NO_DAY)])


class EndingsForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """How relationship and care ended."""

    relationship_ended_on = DateField("The relationship ended on", validators=[Optional()])
    ending_was_a_goal = BooleanField("Ending it well was a goal of the work")
    episode_ended_on = DateField("Care ended on", validators=[Optional()])

    def endings(self) -> Endings:
        """Return what was entered; only after the form was found valid."""
        return Endings(
            relationship_ended_on=self.relationship_ended_on.data,
            ending_was_a_goal=self.ending_was_a_goal.data,
            episode_ended_on=self.episode_ended_on.data,
        )


class DetailsForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """What can be corrected; ``details_form`` adds the fields of each member."""

    relationship_status = _status_field()
    episode_started_on = _started_field()
    modality = _modality_field()
    agreed_problem = _agreed_field()
    header: CoupleHeader

    def members(self) -> list[tuple[str, int, Any, Any, Any]]:
        """Return first name, position and the fields of name, birth and problem of each member."""
        return [
            (
                one.first_name,
                one.position,
                self[f"name_{key}"],
                self[f"born_{key}"],
                self[f"problem_{key}"],
            )
            for one in self.header.members
            for key in (one.person_id,)
        ]

    def details(self) -> CoupleDetails:
        """Return what was entered; only after the form was found valid."""
        ids = [member.person_id for member in self.header.members]
        return CoupleDetails(
            relationship_status=RelationshipStatus(self.relationship_status.data),
            episode_started_on=self.episode_started_on.data,
            agreed_problem=self.agreed_problem.data or "",
            names={key: self[f"name_{key}"].data or "" for key in ids},
            problems={key: self[f"problem_{key}"].data or "" for key in ids},
            modality=_modality(self.modality.data),
            births={key: self[f"born_{key}"].data for key in ids},
        )


def details_form(header: CoupleHeader, details: CoupleDetails) -> DetailsForm:
    """Build the form of a couple's record, filled with what is stored."""
    fields: dict[str, Any] = {"header": header}
    for member in header.members:
        key = member.person_id
        fields[f"name_{key}"] = StringField(
            "Name",
            default=details.names.get(key, ""),
            validators=[InputRequired("Enter a name."), Length(max=LONGEST_NAME)],
        )
        fields[f"born_{key}"] = _birth_field(details.births.get(key))
        fields[f"problem_{key}"] = TextAreaField(
            f"What brings {member.first_name}",
            default=details.problems.get(key, ""),
            validators=[Length(max=LONGEST_TEXT)],
        )
    form: DetailsForm = type("DetailsForm", (DetailsForm,), fields)(
        data={
            "relationship_status": details.relationship_status.value,
            "episode_started_on": details.episode_started_on,
            "agreed_problem": details.agreed_problem,
            "modality": details.modality.value if details.modality else "",
        }
    )
    return form


class AgendaForm(OnceForm):
    """What one member wants of the therapy, on a day; ``agenda_form`` offers the members."""

    person = RadioField(
        "Who?", validators=[InputRequired("Choose a person.")], validate_choice=True
    )
    agenda = RadioField(
        "What do they want?",
        choices=[SelectChoice(agenda.value, agenda.label) for agenda in Agenda],
        validators=[InputRequired("Choose what fits best.")],
    )
    commitment = SelectField(
        "How committed to the relationship, 0 to 10?",
        choices=[SelectChoice("", "Not said"), *(SelectChoice(str(n), str(n)) for n in range(11))],
        default="",
        validators=[Optional()],
    )
    self_rated = BooleanField("They chose the number themselves")
    noted_on = DateField("Said on", validators=[InputRequired(NO_DAY)])

    def chosen_commitment(self) -> Commitment | None:
        """Return how committed they are; only after the form was found valid."""
        if not self.commitment.data:
            return None
        return Commitment(int(self.commitment.data), bool(self.self_rated.data))


def agenda_form(header: CoupleHeader, today: date) -> AgendaForm:
    """Build the form that notes an agenda, for the present members."""
    form = AgendaForm(data={"noted_on": today})
    form.person.choices = [
        SelectChoice(str(member.person_id), member.name) for member in header.members
    ]
    return form


def _describe(person: KnownPerson) -> str:
    born = f", born {day_in_words(person.born_on)}" if person.born_on else ""
    if not person.partners:
        return f"{person.name}{born}, of your records"
    return f"{person.name}{born}, who is in your records with {listed(person.partners)}"


def _modality(text: str | None) -> Modality | None:
    return Modality(text) if text else None


def _as_id(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
