"""The form of one section of the intake, built from its questions."""

from collections.abc import Mapping
from typing import Any

from flask import request
from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired

from practice.domain.homework.blocks import JSON, Block
from practice.domain.intake import Section, SeverityBlock
from practice.domain.presenting_problems import Severity
from practice.domain.visibility import Audience
from practice.services.errors import Invalid
from practice.web.forms import add_errors
from practice.web.once import OnceForm
from practice.web.worksheets import PREFIX, block_fields


class SectionForm(OnceForm):
    """One section; built by ``section_form``."""

    section: Section

    def questions(self) -> list[tuple[Block, Any]]:
        """Return every question with its field, in the order of the page."""
        return [(block, self[PREFIX + block.key]) for block in self.section.blocks]

    def raw(self) -> dict[str, object]:
        """Return the answers by question, as ``Section.clean`` takes them."""
        return {block.key: field.data for block, field in self.questions()}

    def chosen(self) -> dict[str, str]:
        """Return what was written so far, by field name; for a form that need not be complete."""
        names = [PREFIX + block.key for block in self.section.blocks]
        if "audience" in self:
            names.append("audience")
        return {name: str(self[name].data) for name in names if self[name].data}

    def audience_chosen(self) -> Audience:
        """Return whom it is for; the therapist where there is no choice."""
        return Audience(self["audience"].data) if "audience" in self else Audience.THERAPIST

    def add_problem(self, problem: Invalid) -> None:
        """Put what the service found beside the questions; the rest goes on top."""
        named = {
            PREFIX + key if PREFIX + key in self else key: message
            for key, message in problem.errors.items()
        }
        add_errors(self, Invalid(named))


def section_form(
    section: Section,
    *,
    content: Mapping[str, JSON],
    audiences: Mapping[Audience, str] | None = None,
    preset: Audience = Audience.THERAPIST,
    kept: Mapping[str, str] | None = None,
) -> SectionForm:
    """Build the form of a section, filled with what was written or begun.

    Args:
        section: Which.
        content: What was written last, by question.
        audiences: Whom its author may choose, with the words for each; with fewer than two
            nothing is asked.
        preset: Which of them is chosen at first.
        kept: A half-written form, by field name; over ``content``.
    """
    fields: dict[str, Any] = {}
    if audiences and len(audiences) > 1:
        fields["audience"] = RadioField(
            "Who may read what you write here?",
            choices=[SelectChoice(one.value, words) for one, words in audiences.items()],
            default=preset.value,
            validators=[InputRequired("Choose who may read it.")],
        )
    fields |= block_fields(section.blocks)
    for block in section.severities:
        fields[PREFIX + block.key] = _severity(block)
    # A sent form says all that it says: what is missing in it is not taken from what is stored.
    known = {PREFIX + key: str(value) for key, value in content.items()} | dict(kept or {})
    data = known if request.method == "GET" else {}
    built = type("SectionForm", (SectionForm,), {**fields, "section": section})
    form: SectionForm = built(data=data)
    return form


def _severity(block: SeverityBlock) -> RadioField:
    return RadioField(
        block.prompt,
        choices=[SelectChoice(str(one.value), one.label) for one in Severity],
        validate_choice=False,
    )
