"""The form of a template for notes: its sections follow from its format."""

from typing import Any

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired

from practice.domain.note_formats import SECTIONS, NoteFormat
from practice.services.note_templates import TemplateDetails, sections_of
from practice.web.once import OnceForm


class TemplateForm(OnceForm):
    """Name, and for each section of the format a hint and the words it begins with."""

    name = StringField("Name", validators=[InputRequired("Give it a name.")])
    version = HiddenField(default="0")
    format: NoteFormat

    @property
    def shown_version(self) -> int:
        """The version that was changed; 0 if that was tampered with."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0

    def sections(self) -> list[tuple[str, Any, Any]]:
        """Return each section with its two fields: hint, opening words."""
        return [(key, self[f"hint_{key}"], self[f"text_{key}"]) for key in sections_of(self.format)]

    def details(self) -> TemplateDetails:
        """Return what was entered."""
        return TemplateDetails(
            name=self.name.data or "",
            format=self.format,
            hints={key: hint.data or "" for key, hint, _ in self.sections()},
            texts={key: text.data or "" for key, _, text in self.sections()},
        )


def template_form(
    note_format: NoteFormat, details: TemplateDetails | None = None, version: int = 0
) -> TemplateForm:
    """Build the form of a template.

    Args:
        note_format: Whose sections it has.
        details: What the fields show; None for a new template.
        version: Of what is shown.
    """
    fields: dict[str, Any] = {"format": note_format}
    data: dict[str, Any] = {"version": str(version), "name": details.name if details else ""}
    for key in sections_of(note_format):
        title = SECTIONS[key].title
        fields[f"hint_{key}"] = StringField(f"{title}: hint")
        fields[f"text_{key}"] = TextAreaField(f"{title}: opening words")
        data[f"hint_{key}"] = details.hints.get(key, "") if details else ""
        data[f"text_{key}"] = details.texts.get(key, "") if details else ""
    form: TemplateForm = type("TemplateForm", (TemplateForm,), fields)(data=data)
    return form
