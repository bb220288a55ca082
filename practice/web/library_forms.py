"""The form that looks through the homework library; sent in the address, it names nobody."""

from enum import StrEnum
from typing import TypeVar

from flask import abort, request
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField, StringField

from practice.domain.homework.finding import LONGEST_SEARCH, Length, Wanted
from practice.domain.homework.terms import Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.words import capital

Choosable = TypeVar("Choosable", Skill, InteractionPattern, ProblemGroup, Length)


def _choices(of: type[StrEnum], first: str) -> list[SelectChoice]:
    labels = [(one.value, capital(one.label)) for one in of]  # type: ignore[attr-defined]
    return [SelectChoice("", first), *(SelectChoice(value, label) for value, label in labels)]


class LibraryForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """What somebody looks for; it changes nothing."""

    class Meta:
        """It asks for no token: a token in an address would be kept in histories."""

        csrf = False

    words = StringField("A word in it")
    skill = SelectField("Trains", choices=_choices(Skill, "Any skill"))
    pattern = SelectField(
        "An answer to", choices=_choices(InteractionPattern, "Any pattern, or none")
    )
    goal = SelectField("For a goal about", choices=_choices(ProblemGroup, "Anything"))
    length = SelectField("One go takes", choices=_choices(Length, "Any time"))

    def wanted(self) -> Wanted:
        """Return what is looked for; a value that is not offered is no page (400)."""
        return Wanted(
            words=" ".join(str(self.words.data or "").split())[:LONGEST_SEARCH],
            skill=_one_of(Skill, self.skill.data),
            pattern=_one_of(InteractionPattern, self.pattern.data),
            goal=_one_of(ProblemGroup, self.goal.data),
            length=_one_of(Length, self.length.data),
        )


def library_form() -> LibraryForm:
    """Return the form as the address fills it."""
    return LibraryForm(formdata=request.args)


def _one_of(of: type[Choosable], value: str | None) -> Choosable | None:
    if not value:
        return None
    try:
        return of(value)
    except ValueError:
        abort(400)
