"""The form of a worksheet, built from its blocks: a new template needs no new form."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from wtforms import (
    Field,
    Form,
    FormField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, DateInput, ListWidget

from practice.domain.homework.blocks import (
    AgreementBlock,
    Block,
    CardBlock,
    ChecklistBlock,
    ChoiceBlock,
    ListBlock,
    LogBlock,
    PlanBlock,
    RatingBlock,
    TextBlock,
    TrackerBlock,
)
from practice.domain.homework.definition import Template
from practice.domain.visibility import Audience
from practice.domain.words import weekday_in_words
from practice.services.errors import Invalid
from practice.web.once import OnceForm
from practice.web.worksheet_rows import RowsForm, log_field, tracker_field

PREFIX = "answer_"


class PlanForm(Form):  # type: ignore[misc]  # the library is untyped
    """The three inputs of a plan."""

    what = StringField(PlanBlock.parts[0].label)
    # Text with a calendar: what was typed comes back as it was, also where it is no date.
    day = StringField(PlanBlock.parts[1].label, widget=DateInput())
    place = StringField(PlanBlock.parts[2].label)

    def validate_day(self, field: Field) -> None:
        try:
            date.fromisoformat(field.data or "0001-01-01")
        except ValueError:
            raise ValidationError(
                "Choose the day from the calendar, or write it as 2026-03-14."
            ) from None


class WorksheetForm(OnceForm):
    """One entry on one worksheet; built by ``worksheet_form``."""

    worksheet: Template

    def questions(self) -> list[tuple[Block, Any]]:
        """Return every block with its field, in the order of the page."""
        return [(block, self[PREFIX + block.key]) for block in self.worksheet.all_blocks]

    def raw(self) -> dict[str, object]:
        """Return the answers by block key, as ``Template.clean`` takes them."""
        return {block.key: _given(field) for block, field in self.questions()}

    def add_errors(self, problem: Invalid) -> None:
        """Put what the service found beside the questions; the rest goes on top."""
        for key, message in problem.errors.items():
            field = self._field_of(key)
            if field is None:
                self.form_errors.append(message)
            else:
                field.errors = [*field.errors, message]

    def _field_of(self, key: str) -> Any:
        for name in (PREFIX + key, key):
            if name in self:
                field = self[name]
                return self._part_of(key, field) if isinstance(field, FormField) else field
        return None

    def _part_of(self, key: str, field: FormField) -> Any:
        """Return the control within a block of several to which a message belongs."""
        if not isinstance(field.form, RowsForm):
            return field.form.what
        block = next(one for one in self.worksheet.all_blocks if one.key == key)
        try:
            block.clean(_given(field))
        except ValueError as problem:
            return field.form.cell_of(problem)
        return field.form.cell_of(ValueError())


def worksheet_form(
    template: Template,
    *,
    days: Sequence[date] = (),
    audiences: Mapping[Audience, str] | None = None,
    preset: Audience = Audience.PRIVATE,
) -> type[WorksheetForm]:
    """Build the form of a worksheet.

    Args:
        template: From the library.
        days: Days one may write about, the first preset; with fewer than two nothing is asked.
        audiences: Whom the author may choose as readers, with the words for each.
        preset: Which of them is chosen at first.
    """
    fields: dict[str, Any] = {}
    if audiences:
        fields["audience"] = RadioField(
            "Who may read what you write here?",
            choices=[SelectChoice(one.value, words) for one, words in audiences.items()],
            default=preset.value,
            validators=[InputRequired("Choose who may read it.")],
        )
    if len(days) > 1:
        fields["for_day"] = RadioField(
            "Which day is it about?",
            choices=[SelectChoice(day.isoformat(), _day_words(day, days[0])) for day in days],
            default=days[0].isoformat(),
            validators=[InputRequired("Choose a day.")],
        )
    fields |= block_fields(template.all_blocks)
    return type("WorksheetForm", (WorksheetForm,), {**fields, "worksheet": template})


def block_fields(blocks: Iterable[Block]) -> dict[str, Field]:
    """Return a control for each block, under the name that its answer has in a form."""
    return {PREFIX + block.key: _field_for(block) for block in blocks}


def _given(field: Any) -> object:
    """Return what stands in a control, as its block takes it."""
    rows = isinstance(field, FormField) and isinstance(field.form, RowsForm)
    return field.form.raw() if rows else field.data


def _field_for(block: Block) -> Field:
    return next(make(block) for kind, make in FIELDS.items() if isinstance(block, kind))


def _day_words(day: date, newest: date) -> str:
    names = {0: "Today", 1: "Yesterday"}
    return f"{names[(newest - day).days]}, {weekday_in_words(day)}"


def _text(block: Any) -> Field:
    return TextAreaField(block.prompt, description=block.hint)


def _rating(block: Any) -> Field:
    numbers = [SelectChoice(str(n), str(n)) for n in range(block.low, block.high + 1)]
    return RadioField(block.prompt, description=block.hint, choices=numbers, validate_choice=False)


def _choice(block: Any) -> Field:
    options = [SelectChoice(option.key, option.label) for option in block.options]
    return RadioField(block.prompt, description=block.hint, choices=options, validate_choice=False)


def _checklist(block: Any) -> Field:
    return SelectMultipleField(
        block.prompt,
        description=block.hint,
        choices=[SelectChoice(option.key, option.label) for option in block.options],
        validate_choice=False,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )


def _plan(block: Any) -> Field:
    return FormField(PlanForm, label=block.prompt, description=block.hint)


def _agreement(block: Any) -> Field:
    return StringField(block.prompt, description=block.hint, widget=DateInput())


FIELDS: dict[type[Block], Callable[[Any], Field]] = {
    TextBlock: _text,
    RatingBlock: _rating,
    ChoiceBlock: _choice,
    ChecklistBlock: _checklist,
    ListBlock: _text,
    PlanBlock: _plan,
    LogBlock: log_field,
    TrackerBlock: tracker_field,
    AgreementBlock: _agreement,
    CardBlock: _text,
}
"""Which control asks which kind of question. What counts as an answer is the block's business."""
