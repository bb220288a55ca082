"""The one form of a session's notes, and the smaller ones around it."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID, uuid4

from flask import request
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from practice.domain.homework.review import (
    HIGHEST,
    LONGEST_WORDS,
    LOWEST,
    Barrier,
    HomeworkReview,
    Reviewed,
    Scale,
    View,
)
from practice.domain.note_formats import (
    RESPONSES,
    SECTIONS,
    NoteContent,
    NoteFormat,
    Pattern,
    Repair,
    plain,
)
from practice.services.notes import (
    JOINT,
    LONGEST_NOTE,
    NoteKind,
    NotesPage,
    OpenTask,
    Part,
    Typed,
    review_field,
)
from practice.services.people import Member
from practice.web.once import OnceForm
from practice.web.typed import KeepingMeta

TEMPLATE = "template:"
_NOT_KEPT = frozenset({"csrf_token", "page"})
_NUMBERS = tuple(str(number) for number in range(LOWEST, HIGHEST + 1))
Choice = TypeVar("Choice", bound=StrEnum)


class _Ticks(SelectMultipleField):  # type: ignore[misc]  # the library is untyped
    """Any number of choices as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class NotesForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """Everything one author writes about a session; ``notes_form`` adds the fields of its parts."""

    class Meta(KeepingMeta):
        """What came too late is shown again."""

    page = HiddenField(default=lambda: str(uuid4()))
    parts: tuple[Part, ...]
    present: tuple[Member, ...]
    tasks: Mapping[Part, tuple[OpenTask, ...]]

    @property
    def page_id(self) -> UUID | None:
        """Which page this was typed on; None if that was tampered with."""
        try:
            return UUID(self.page.data or "")
        except ValueError:
            return None

    def typed(self) -> dict[Part, Typed]:
        """Return every part that the form has, as it was filled in."""
        return {
            part: Typed(
                self._joint() if part == JOINT else self._plain(part),
                version_number(self[f"{part.key}_version"].data),
            )
            for part in self.parts
        }

    def kept(self) -> dict[str, str]:
        """Return what was typed or chosen by field, as it is put aside."""
        return {
            field.name: ",".join(field.data or ()) if isinstance(field, _Ticks) else field.data
            for field in self
            if field.name not in _NOT_KEPT and field.data
        }

    def content_of(self, part: Part) -> NoteContent:
        """Return what a part would say."""
        return self.typed()[part].content

    def responses(self) -> list[tuple[Member, Any]]:
        """Return each member with the field of their response."""
        return [(one, self[f"joint_response_{one.person_id.hex}"]) for one in self.present]

    def reviews(self, part: Part) -> list["ReviewFields"]:
        """Return the fields of each task that can be reviewed in a part."""
        return [ReviewFields(self, part, task) for task in self.tasks.get(part, ())]

    def to_make_smaller(self, sent: str) -> UUID | None:
        """Return the task whose button was pressed, if it stands in this form."""
        tasks = (task.id for one in self.tasks.values() for task in one if task.can_be_smaller)
        return next((task_id for task_id in tasks if str(task_id) == sent), None)

    def names_fear(self, task_id: UUID) -> bool:
        """Whether somebody was afraid of how the other would take this task: safety first."""
        reviews = (self._reviewed(part).get(task_id) for part in self.parts if part in self.tasks)
        barriers = (one.view.barrier for one in reviews if one is not None)
        return any(one is not None and one.asks_for_safety for one in barriers)

    def about_members(self) -> list[tuple[Part, Member, Any]]:
        """Return each part and member with the field of an individual addendum."""
        known = {one.person_id: one for one in self.present}
        return [
            (part, known[part.about_id], self[part.field])
            for part in self.parts
            if part.kind is NoteKind.MEMBER and part.about_id in known
        ]

    @property
    def has_joint(self) -> bool:
        return JOINT in self.parts

    @property
    def layout_choice(self) -> tuple[NoteFormat, UUID | None]:
        """The chosen format, and the template if it is one of the practice's."""
        chosen = self["joint_layout"].data or NoteFormat.FREE.value
        for template_id, note_format in self.formats.items():
            if chosen == f"{TEMPLATE}{template_id}":
                return note_format, template_id
        known = {one.value for one in NoteFormat}
        return NoteFormat(chosen if chosen in known else NoteFormat.FREE), None

    formats: Mapping[UUID, NoteFormat]
    """The formats of the templates that can be chosen, by version."""

    def _joint(self) -> NoteContent:
        note_format, template_id = self.layout_choice
        return NoteContent(
            format=note_format,
            template_id=template_id,
            sections={
                key: text
                for key in SECTIONS
                if key != RESPONSES and (text := self[f"joint_{key}"].data)
            },
            responses={one.person_id: field.data for one, field in self.responses() if field.data},
            patterns=frozenset(Pattern(one) for one in self["joint_ticks_patterns"].data or ()),
            repairs=frozenset(Repair(one) for one in self["joint_ticks_repair"].data or ()),
            homework=self._reviewed(JOINT),
        )

    def _plain(self, part: Part) -> NoteContent:
        return replace(plain(self[part.field].data or ""), homework=self._reviewed(part))

    def _reviewed(self, part: Part) -> dict[UUID, HomeworkReview]:
        found = {fields.task.id: fields.review() for fields in self.reviews(part)}
        return {task_id: one for task_id, one in found.items() if not one.is_empty}


class ReviewFields:
    """The fields in which one task is reviewed in one part."""

    def __init__(self, form: NotesForm, part: Part, task: OpenTask) -> None:
        def field(what: str = "") -> Any:
            return form[review_field(part, task.id, what)]

        self.task = task
        self.outcome = field()
        self.scales = {scale: field(scale.value) for scale in Scale}
        self.barrier, self.words = field("barrier"), field("words")

    @property
    def all(self) -> tuple[Any, ...]:
        return (self.outcome, *self.scales.values(), self.barrier, self.words)

    @property
    def is_touched(self) -> bool:
        """Whether anything is filled in, or needs another look."""
        return any(field.data or field.errors for field in self.all)

    @property
    def is_open(self) -> bool:
        """Whether more than how far it came is filled in, or needs another look."""
        return any(field.data or field.errors for field in self.all[1:])

    def review(self) -> HomeworkReview:
        """Return what was filled in; what nobody could choose counts as left out."""
        numbers = {scale.value: _number(field.data) for scale, field in self.scales.items()}
        barrier, outcome = _one_of(Barrier, self.barrier.data), _one_of(Reviewed, self.outcome.data)
        view = View(**numbers, barrier=barrier, words=self.words.data or "")
        return HomeworkReview(self.task.title, outcome, view)


def _number(text: str | None) -> int | None:
    """Return a number of a scale; None where none, or none that could be chosen, was sent."""
    return int(text) if text in _NUMBERS else None


def _one_of(kind: type[Choice], text: str | None) -> Choice | None:
    return kind(text) if text in {one.value for one in kind} else None


def version_number(text: str | None) -> int:
    """Return a version, 0 if it was tampered with: such a save is refused as stale."""
    found = text or ""
    return int(found) if found.isascii() and found.isdecimal() and len(found) < 9 else 0


def notes_form(page: NotesPage, **options: Any) -> NotesForm:
    """Build the form of what can be written about a session now, or was when it was opened.

    Args:
        page: The session's notes.
        options: For the form itself, e.g. ``formdata=None``.
    """
    parts = tuple(part for part in _parts(page) if part in page.writable or _was_sent(part))
    fields: dict[str, Any] = {
        "parts": parts,
        "present": page.present,
        "tasks": page.homework,
        "formats": {one.id: one.details.format for one in page.templates},
    }
    data: dict[str, Any] = {}
    for part in parts:
        stored = page.notes.own(part)
        fields[f"{part.key}_version"] = HiddenField(default="0")
        data[f"{part.key}_version"] = str(stored.version if stored else 0)
        if part == JOINT:
            fields |= _joint_fields(page)
            data |= data_of_joint(stored.content if stored else page.preset)
        else:
            fields[part.field] = _words(_label(part, page.present))
            data[part.field] = stored.content.text if stored else ""
            data |= _data_of_reviews(part, stored.content) if stored else {}
        fields |= _review_fields(page, part)
    build = type("NotesForm", (NotesForm,), fields)
    form: NotesForm = build(data=data | _unsaved(page, fields), **options)
    return form


def data_of_joint(content: NoteContent) -> dict[str, Any]:
    """Return what the fields of the joint note show of a content."""
    chosen = f"{TEMPLATE}{content.template_id}" if content.template_id else content.format.value
    return {
        "joint_layout": chosen,
        "joint_ticks_patterns": sorted(content.patterns),
        "joint_ticks_repair": sorted(content.repairs),
        **{f"joint_{key}": text for key, text in content.sections.items()},
        **{f"joint_response_{who.hex}": text for who, text in content.responses.items()},
        **_data_of_reviews(JOINT, content),
    }


def _data_of_reviews(part: Part, content: NoteContent) -> dict[str, str]:
    """Return what the fields of a part show of the homework that is reviewed in it."""
    found: dict[str, str] = {}
    for task_id, one in content.homework.items():
        said: dict[str, str] = {
            "": one.outcome.value if one.outcome else "",
            **{scale.value: str(number) for scale, number in one.view.numbers.items()},
            "barrier": one.view.barrier.value if one.view.barrier else "",
            "words": one.view.words,
        }
        found |= {review_field(part, task_id, what): text for what, text in said.items() if text}
    return found


def _parts(page: NotesPage) -> tuple[Part, ...]:
    about = (Part(NoteKind.MEMBER, one.person_id) for one in page.present)
    return (JOINT, *about, Part(NoteKind.PROCESS))


def _was_sent(part: Part) -> bool:
    return request.method == "POST" and f"{part.key}_version" in request.form


def _unsaved(page: NotesPage, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return what its author had typed and not saved, where it still has its field."""
    if page.unsaved is None or request.method != "GET":
        return {}
    found: dict[str, Any] = dict.fromkeys((name for name in fields if _is_words(name)), "")
    found |= {"joint_ticks_patterns": [], "joint_ticks_repair": []}
    for name, value in page.unsaved.fields.items():
        found[name] = value.split(",") if name.startswith("joint_ticks_") else value
    begun = {name.rpartition("_version")[0] for name in page.unsaved.fields if "_version" in name}
    # A part that the draft knows nothing of shows what is stored.
    return {
        name: value
        for name, value in found.items()
        if name in fields and any(name.startswith(key) for key in begun)
    }


def _is_words(name: str) -> bool:
    return name.startswith(("joint_", "member_", "process")) and not name.endswith(
        ("_version", "_layout")
    )


def _joint_fields(page: NotesPage) -> dict[str, Any]:
    formats = [SelectChoice(one.value, one.label) for one in NoteFormat]
    own = [SelectChoice(f"{TEMPLATE}{one.id}", one.name) for one in page.templates]
    return {
        "joint_layout": SelectField("Format", choices=formats + own),
        **{
            f"joint_{key}": _words(section.title)
            for key, section in SECTIONS.items()
            if key != RESPONSES
        },
        **{
            f"joint_response_{one.person_id.hex}": _words(f"{one.first_name}’s response")
            for one in page.present
        },
        "joint_ticks_patterns": _Ticks(
            SECTIONS["patterns"].title, choices=[SelectChoice(p.value, p.label) for p in Pattern]
        ),
        "joint_ticks_repair": _Ticks(
            SECTIONS["repair"].title, choices=[SelectChoice(r.value, r.label) for r in Repair]
        ),
    }


def _review_fields(page: NotesPage, part: Part) -> dict[str, Any]:
    stored = page.notes.own(part)
    reviewed = stored.content.homework if stored else {}
    found: dict[str, Any] = {}
    for task in page.homework.get(part, ()):
        now = reviewed[task.id].outcome if task.id in reviewed else None
        fields = {
            "": RadioField(
                task.title,
                choices=[
                    SelectChoice("", "Not talked about"),
                    *(
                        SelectChoice(one.value, one.label)
                        for one in Reviewed
                        if one.is_offered or one is now
                    ),
                ],
                default="",
            ),
            **{
                scale.value: SelectField(
                    scale.label,
                    choices=[
                        SelectChoice("", "Not said"),
                        *(SelectChoice(number, scale.choice(int(number))) for number in _NUMBERS),
                    ],
                    default="",
                )
                for scale in Scale
            },
            "barrier": SelectField(
                "What got in the way",
                choices=[
                    SelectChoice("", "Nothing named"),
                    *(SelectChoice(one.value, one.label) for one in page.barriers.get(part, ())),
                ],
                default="",
            ),
            "words": TextAreaField("In words", validators=[Length(max=LONGEST_WORDS)]),
        }
        found |= {review_field(part, task.id, what): field for what, field in fields.items()}
    return found


def _words(label: str) -> TextAreaField:
    return TextAreaField(label, validators=[Length(max=LONGEST_NOTE)])


def _label(part: Part, present: tuple[Member, ...]) -> str:
    names = {one.person_id: one.first_name for one in present}
    if part.kind is NoteKind.MEMBER and part.about_id:
        return f"Individual addendum: {names.get(part.about_id, 'a member')}"
    return "Process note"


class SigningForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """The question asked once before notes are signed."""

    def shown(self, parts: tuple[Part, ...]) -> dict[Part, int]:
        """Return the version that was shown of each part that is to be signed."""
        return {
            part: version_number(request.form.get(f"{part.key}_version"))
            for part in parts
            if f"{part.key}_version" in request.form
            and (part.kind is not NoteKind.PROCESS or request.form.get("with_process"))
        }


class AddendumForm(OnceForm):
    """An addendum to a signed note."""

    body = TextAreaField("Addendum to the signed note", validators=[Length(max=LONGEST_NOTE)])
