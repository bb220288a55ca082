"""Forms built from definitions, and what every form needs."""

from typing import Any, TypeVar

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired, Optional

from practice.domain.measures.definition import Item, Measure
from practice.domain.visibility import Audience
from practice.services.errors import Invalid, Refused
from practice.web.typed import KeepingMeta


def add_errors(form: FlaskForm, problem: Invalid | Refused) -> None:
    """Put what a service refused beside its fields; what has no field goes to the form."""
    if isinstance(problem, Refused):
        form.form_errors.append(str(problem))
        return
    for name, message in problem.errors.items():
        if name in form:
            field = form[name]
            field.errors = [*field.errors, message]
        else:
            form.form_errors.append(message)


class AnswerForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """One questionnaire on one page; built by ``answer_form``."""

    class Meta(KeepingMeta):
        """What came too late is shown again."""

    measure: Measure

    def answers(self) -> dict[str, int]:
        """Return the chosen values by item key; only after the form was found valid.

        What may be left open and was is not in it.
        """
        given = ((item.key, self[item.key].data) for item in self.measure.items)
        return {key: int(value) for key, value in given if value}

    def audience_chosen(self) -> Audience:
        """Return who may see the result; the therapist alone where there is no choice."""
        return Audience(self["audience"].data) if "audience" in self else Audience.THERAPIST

    def chosen(self) -> dict[str, str]:
        """Return what was chosen so far, by field name; what is no choice of a field is left out.

        For a form that need not be complete.
        """
        return {
            field.name: field.data
            for field in self
            if isinstance(field, RadioField)
            and field.data in {choice.value for choice in field.choices or ()}
        }

    def questions(self) -> list[tuple[Item, Any]]:
        """Return every item with its field, in the order in which they are printed."""
        return [(item, self[item.key]) for item in self.measure.items]


Built = TypeVar("Built", bound=AnswerForm)


def answer_form(measure: Measure, audiences: dict[Audience, str]) -> type[AnswerForm]:
    """Build the form of a questionnaire: a new measure needs no new form.

    Args:
        measure: From the library of measures.
        audiences: Who may read it, with the words for each; the first is preset. With one alone
            there is nothing to choose, and no such field.
    """
    return with_questions(AnswerForm, measure, audiences)


def with_questions(
    base: type[Built], measure: Measure, audiences: dict[Audience, str]
) -> type[Built]:
    """As ``answer_form``, for a form that asks for more than the answers."""
    fields: dict[str, Any] = {
        item.key: RadioField(
            item.text if len(measure.items) == 1 else f"{number}. {item.text}",
            choices=[SelectChoice(str(choice.value), choice.label) for choice in item.choices],
            validators=[Optional() if item.optional else InputRequired("Choose one answer.")],
            invalid_choice_message="Choose one of the answers shown.",
        )
        for number, item in enumerate(measure.items, start=1)
    }
    if len(audiences) > 1:
        fields["audience"] = RadioField(
            "Who may see your result?",
            choices=[SelectChoice(audience.value, words) for audience, words in audiences.items()],
            default=next(iter(audiences)).value,
            validators=[InputRequired("Choose who may see it.")],
        )
    return type(base.__name__, (base,), {**fields, "measure": measure})
