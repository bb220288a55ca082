"""The form of a worksheet of the practice's own: questions are numbered rows that can be moved."""

import re
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from wtforms import (
    Form,
    FormField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from practice.domain.homework.own import MOST_QUESTIONS, Sheet, smaller_ones
from practice.domain.homework.own_questions import EDITABLE, Question, a_turn
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.texts import tidy
from practice.domain.visibility import Audience
from practice.services.errors import Invalid
from practice.web.exercise_words import rule_sentence
from practice.web.fields import FieldList
from practice.web.once import OnceForm

NEEDED, OPEN = "yes", "no"
_ROW_ACT = re.compile(r"(up|down|remove)-([0-9]{1,3})")


def _readable(typed: str | None) -> str | None:
    """Leave out what no page could show again (``practice.domain.texts.tidy``)."""
    return tidy(typed) if typed else typed


_Line = partial(StringField, filters=[_readable])
_Text = partial(TextAreaField, filters=[_readable])


class QuestionForm(Form):  # type: ignore[misc]  # the library is untyped
    """One question. Every part stays in the form whatever its kind: nothing typed is lost."""

    kind = SelectField(
        "What kind of answer",
        choices=[SelectChoice(kind, words) for kind, words in EDITABLE.items()],
        validate_choice=False,
        filters=[_readable],
    )
    prompt = _Line("The question")
    hint = _Line("A line of help below it")
    required = SelectField(
        "Does a finished page need an answer?",
        choices=[SelectChoice(OPEN, "No, it may stay open"), SelectChoice(NEEDED, "Yes")],
    )
    lines = _Line("How many lines or rows")
    low = _Line("Lowest number")
    low_label = _Line("What the lowest means")
    high = _Line("Highest number")
    high_label = _Line("What the highest means")
    options = _Text("Answers to choose from, or what a row asks; one a line")
    title = _Line("Title of the card")

    def question(self) -> Question:
        """Return what was typed."""
        typed = {name: self[name].data or "" for name in _TYPED}
        return Question(required=self.required.data == NEEDED, **typed)


_TYPED = (
    "kind",
    "prompt",
    "hint",
    "lines",
    "low",
    "low_label",
    "high",
    "high_label",
    "options",
    "title",
)


class Rows(FieldList):
    """Rows that can be moved and removed with all that was typed into them."""

    def move(self, place: int, to: int) -> int:
        """Move a row, within the list; return where it stands now."""
        to = min(max(to, 0), len(self.entries) - 1)
        self.entries.insert(to, self.entries.pop(place))
        self._compact_indices()
        return to


class WorksheetForm(OnceForm):
    """A worksheet as somebody of the practice writes it."""

    # Text that is not shown: unlike a hidden field it is kept with a half-finished form, which
    # therefore knows later which version it began with.
    version = _Line(default="0", widget=HiddenInput())
    title = _Line("Title", description="As the couple will see it. Never anybody's name.")
    purpose = _Line("What it is good for, in a line")
    minutes = _Line("About how many minutes", description="One go, talk included.")
    steps = _Text(
        "How it goes, one step a line",
        description="Lines that two tired people can follow.",
    )
    example = _Text("For example", description="Invented; never what a couple told you.")
    not_when = _Text(
        "When to leave it",
        description="When another way is better, for instance where one is afraid of the other. "
        "You and the couple read it.",
    )
    source = _Line("Whose method it follows")
    for_whom = RadioField(
        "Who does it?",
        choices=[
            SelectChoice(GivenTo.EACH.value, "Each of them, with an entry of their own"),
            SelectChoice(GivenTo.TOGETHER.value, "Together, with one entry between them"),
            SelectChoice(GivenTo.ONE.value, "One of them alone"),
        ],
    )
    frequency = SelectField(
        "How often", choices=[SelectChoice(one.value, one.label) for one in Frequency]
    )
    times_per_week = SelectField(
        "Times a week",
        description="Counts only for “several times a week”.",
        choices=[SelectChoice(str(n), str(n)) for n in range(1, 8)],
    )
    default_audience = RadioField(
        "Who reads what they write?",
        description="As it is proposed; you choose each time you give it, and they may always "
        "keep an entry to fewer people.",
        choices=[SelectChoice(one.value, rule_sentence(one, 3)) for one in Audience],
    )
    skills = SelectMultipleField(
        "What it trains",
        choices=[SelectChoice(one.value, one.label.capitalize()) for one in Skill],
        validate_choice=False,  # the library's message would repeat what was sent
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    patterns = SelectMultipleField(
        "What it is an answer to",
        choices=[SelectChoice(one.value, one.label.capitalize()) for one in InteractionPattern],
        validate_choice=False,  # the library's message would repeat what was sent
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    goals = SelectMultipleField(
        "What a goal that it serves is about",
        choices=[SelectChoice(one.value, one.label) for one in ProblemGroup],
        validate_choice=False,  # the library's message would repeat what was sent
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    needs_both_safe = SelectField(
        "Do they do it with or towards each other?",
        description="Then it warns you while work together is not cleared.",
        choices=[
            SelectChoice(NEEDED, "Yes, so both must be safe"),
            SelectChoice(OPEN, "No, each does it for oneself alone"),
        ],
    )
    smaller = SelectField(
        "Where it is too much",
        description="What it is made smaller to, apart from being asked for less often.",
        choices=[
            SelectChoice("", "Nothing of the library"),
            *(
                SelectChoice(one.key, f"{one.title} ({one.minutes} min)")
                for one in sorted(smaller_ones(), key=lambda one: (one.minutes, one.title))
            ),
        ],
        validate_choice=False,  # the library's message would repeat what was sent
    )
    questions = Rows(FormField(QuestionForm), "Question", max_entries=MOST_QUESTIONS)

    @property
    def shown_version(self) -> int:
        """The version that was changed; 0 if that was tampered with."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0

    def sheet(self) -> Sheet:
        """Return what was typed."""
        typed = {name: self[name].data or "" for name in _PARTS}
        return Sheet(
            skills=tuple(self.skills.data or ()),
            patterns=tuple(self.patterns.data or ()),
            goals=tuple(self.goals.data or ()),
            needs_both_safe=self.needs_both_safe.data != OPEN,
            questions=tuple(entry.form.question() for entry in self.questions),
            **typed,
        )

    def rearrange(self, act: str) -> int | None:
        """Add, move or remove a question; return the row to go on with, None for another act.

        Args:
            act: ``add`` or ``add-turn``, or ``up``, ``down`` or ``remove`` with the place of a
                row: ``up-2``.
        """
        if act == "add":
            return self._add([Question()])
        if act == "add-turn":
            return self._add(a_turn())
        found = _ROW_ACT.fullmatch(act)
        if found is None:
            return None
        place, count = int(found[2]), len(self.questions)
        if place >= count:
            return max(count - 1, 0)
        if found[1] == "remove":
            self.questions.pop_entry(place)
            return max(min(place, count - 2), 0)
        return int(self.questions.move(place, place + (1 if found[1] == "down" else -1)))

    def show(self, problem: Invalid) -> None:
        """Put what the service found beside its fields, those of a question too."""
        for name, message in problem.errors.items():
            area, _, rest = name.partition("-")
            number, _, part = rest.partition("-")
            if part:
                field = self.questions[int(number)].form[part]
                field.errors = [*field.errors, message]
            elif name in self and name != "questions":
                self[name].errors = [*self[name].errors, message]
            else:
                self.form_errors.append(message)
        self.questions.errors = [entry.errors for entry in self.questions if entry.errors]

    def _add(self, questions: Sequence[Question]) -> int:
        """Add questions at the end; return the first of them."""
        first = len(self.questions)
        if first + len(questions) > MOST_QUESTIONS:
            self.form_errors.append(f"There is room for {MOST_QUESTIONS} questions.")
            return first - 1
        for question in questions:
            self.questions.append_entry(_row(question))
        return first


_PARTS = (
    "title",
    "purpose",
    "minutes",
    "steps",
    "example",
    "not_when",
    "source",
    "for_whom",
    "frequency",
    "times_per_week",
    "default_audience",
    "smaller",
)


def worksheet_form(sheet: Sheet, version: int = 0) -> WorksheetForm:
    """Return the form with a worksheet in it, or with what was sent.

    Args:
        sheet: What the fields show at first.
        version: Of what is shown; 0 for a new one.
    """
    data = asdict(sheet) | {"version": str(version)}
    data["needs_both_safe"] = NEEDED if sheet.needs_both_safe else OPEN
    data["questions"] = [_row(one) for one in sheet.questions]
    return WorksheetForm(data=data)


def _row(question: Question) -> dict[str, Any]:
    return asdict(question) | {"required": NEEDED if question.required else OPEN}
