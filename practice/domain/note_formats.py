"""What a note of a session is made of: formats, their sections, and what couples add to each.

A format is an order of headings over fields that every note has. Changing it moves nothing and
loses nothing: a heading in which something is written stays in sight in whatever format.
To add a format, add it to ``NoteFormat`` and give its headings in ``_HEADINGS``.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from practice.domain.homework.review import HomeworkReview, Reviewed
from practice.domain.homework.review import as_stored as view_as_stored
from practice.domain.homework.review import from_stored as view_from_stored


class NoteFormat(StrEnum):
    """An order of headings that counsellors know by its letters."""

    FREE = "free"
    SOAP = "soap"
    DAP = "dap"
    BIRP = "birp"
    GIRP = "girp"

    @property
    def label(self) -> str:
        return "Free text" if self is NoteFormat.FREE else self.value.upper()


class Pattern(StrEnum):
    """A way of quarrelling that was seen; who did it to whom is left to words."""

    CRITICISM = "criticism"
    CONTEMPT = "contempt"
    DEFENSIVENESS = "defensiveness"
    STONEWALLING = "stonewalling"
    DEMAND_WITHDRAW = "demand_withdraw"
    AVOIDANCE = "avoidance"

    @property
    def label(self) -> str:
        return "Demand and withdraw" if self is Pattern.DEMAND_WITHDRAW else self.value.capitalize()


class Repair(StrEnum):
    """How far an attempt at repair came."""

    MADE = "made"
    NOTICED = "noticed"
    ACCEPTED = "accepted"

    @property
    def label(self) -> str:
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of a note with its field."""

    key: str
    title: str
    hint: str


TEXT, RESPONSES, PATTERNS, REPAIR = "text", "responses", "patterns", "repair"
INTERVENTIONS, HOMEWORK, RISK, PLAN = "interventions", "homework", "risk", "plan"

SECTIONS: Mapping[str, Section] = {
    one.key: one
    for one in (
        Section(TEXT, "Note", "What was seen and said."),
        Section("subjective", "Subjective", "What each of them reports, in their own words."),
        Section("objective", "Objective", "What you saw and heard; scores, if there are new ones."),
        Section("assessment", "Assessment", "How you understand it; where the goals stand."),
        Section("data", "Data", "What was reported and what you saw."),
        Section("behaviour", "Behaviour", "What each of them did and said; the concern it shows."),
        Section("goal", "Goal", "Which goal of the plan the session worked on."),
        Section(RESPONSES, "Each partner’s response", "What each did with it, side by side."),
        Section(PATTERNS, "Interaction patterns", "Who to whom, and when, in words."),
        Section(REPAIR, "Repair attempts", "By whom, how, and what the other did with it."),
        Section(INTERVENTIONS, "Interventions", "What you did, and what they practised."),
        Section(HOMEWORK, "Homework review", "What helped, what stood in the way."),
        Section(RISK, "Risk", "What you asked and heard about safety, of each of them."),
        Section(PLAN, "Plan", "What is next: homework, next session, what you agreed."),
    )
}

COUPLE_SECTIONS = (RESPONSES, PATTERNS, REPAIR, INTERVENTIONS, HOMEWORK, RISK, PLAN)
"""What every format has, since two people sat in the room."""

_HEADINGS: Mapping[NoteFormat, tuple[str, ...]] = {
    NoteFormat.FREE: (TEXT,),
    NoteFormat.SOAP: ("subjective", "objective", "assessment", PLAN),
    NoteFormat.DAP: ("data", "assessment", PLAN),
    NoteFormat.BIRP: ("behaviour", INTERVENTIONS, RESPONSES, PLAN),
    NoteFormat.GIRP: ("goal", INTERVENTIONS, RESPONSES, PLAN),
}


@dataclass(frozen=True, slots=True)
class NoteContent:
    """What is written in one note.

    An individual addendum has ``text`` and ``homework`` alone, a process note ``text`` alone.
    """

    format: NoteFormat = NoteFormat.FREE
    sections: Mapping[str, str] = field(default_factory=dict)
    """Words by section; a section without words is not in it."""

    responses: Mapping[UUID, str] = field(default_factory=dict)
    """How each member took it, by person."""

    patterns: frozenset[Pattern] = frozenset()
    repairs: frozenset[Repair] = frozenset()
    homework: Mapping[UUID, HomeworkReview] = field(default_factory=dict)
    """What came of each assignment, by its id."""

    template_id: UUID | None = None
    """The version of the practice's template whose hints are shown."""

    @property
    def text(self) -> str:
        return self.sections.get(TEXT, "")

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written or ticked."""
        return not (
            any(self.sections.values())
            or any(self.responses.values())
            or self.patterns
            or self.repairs
            or self.homework
        )

    @property
    def names_fear(self) -> bool:
        """Whether homework is reviewed in it that somebody was afraid of: safety comes first."""
        barriers = (one.view.barrier for one in self.homework.values())
        return any(one is not None and one.asks_for_safety for one in barriers)

    @property
    def written(self) -> frozenset[str]:
        """The sections in which something is written or ticked."""
        found = {key for key, text in self.sections.items() if text}
        ticked = {
            RESPONSES: any(self.responses.values()),
            PATTERNS: self.patterns,
            REPAIR: self.repairs,
            HOMEWORK: self.homework,
        }
        return frozenset(found | {key for key, any_of_it in ticked.items() if any_of_it})


def plain(text: str) -> NoteContent:
    """Return the content of a note that is words and nothing else."""
    return NoteContent(sections={TEXT: text} if text else {})


@dataclass(frozen=True, slots=True)
class Layout:
    """Which sections a note shows, in order; together every one that holds something."""

    main: tuple[str, ...]
    """The headings of the format."""

    kept: tuple[str, ...]
    """Headings of another format in which something was written."""

    couple: tuple[str, ...]
    """What every format has and this one does not have among its headings."""

    @property
    def all(self) -> tuple[str, ...]:
        return self.main + self.kept + self.couple


def layout(note_format: NoteFormat, written: Collection[str] = ()) -> Layout:
    """Return the sections of a format.

    Args:
        note_format: Whose headings come first.
        written: Sections that hold something; none of them is left out.
    """
    main = _HEADINGS[note_format]
    couple = tuple(key for key in COUPLE_SECTIONS if key not in main)
    shown = {*main, *couple}
    kept = tuple(key for key in SECTIONS if key in written and key not in shown)
    return Layout(main, kept, couple)


@dataclass(frozen=True, slots=True)
class Passage:
    """One heading as it is read, with what stands below it."""

    key: str
    title: str
    text: str
    about_id: UUID | None = None
    """The one member it speaks of, where it speaks of one alone."""


def passages(content: NoteContent, names: Mapping[UUID, str]) -> tuple[Passage, ...]:
    """Return a note as it is read, in the order of its format, without empty headings.

    Args:
        content: What was written.
        names: First names of members by id, in the order in which they are shown.
    """
    found: list[Passage] = []
    for key in layout(content.format, content.written).all:
        if key == RESPONSES:
            found += _responses(content, names)
        elif key in content.written:
            title = SECTIONS[key].title
            found.append(Passage(key, title, _text_of(key, content)))
    return tuple(found)


def in_one_text(found: Collection[Passage]) -> str:
    """Return passages as plain text; a note of words alone is its words."""
    if all(one.key == TEXT for one in found):
        return "\n\n".join(one.text for one in found)
    return "\n\n".join(f"{one.title}\n{one.text}" for one in found)


def _responses(content: NoteContent, names: Mapping[UUID, str]) -> list[Passage]:
    known = [who for who in names if content.responses.get(who)]
    others = [who for who, text in content.responses.items() if text and who not in names]
    return [
        Passage(RESPONSES, f"{names.get(who, 'A member')}’s response", content.responses[who], who)
        for who in known + others
    ]


def _text_of(key: str, content: NoteContent) -> str:
    ticked = {
        PATTERNS: ", ".join(one.label for one in Pattern if one in content.patterns),
        REPAIR: ", ".join(one.label for one in Repair if one in content.repairs),
        HOMEWORK: "\n".join(one.text for one in content.homework.values()),
    }.get(key, "")
    return "\n".join(part for part in (ticked, content.sections.get(key, "")) if part)


def as_stored(content: NoteContent) -> dict[str, Any]:
    """Return all but the format and the free text, which have columns of their own."""
    return {
        "sections": {k: text for k, text in content.sections.items() if text and k != TEXT},
        "responses": {str(who): text for who, text in content.responses.items() if text},
        "patterns": sorted(content.patterns),
        "repairs": sorted(content.repairs),
        "homework": {
            str(task): {
                "title": one.title,
                "outcome": one.outcome.value if one.outcome else "",
                **view_as_stored(one.view),
            }
            for task, one in content.homework.items()
        },
        "template": str(content.template_id) if content.template_id else None,
    }


def from_stored(
    note_format: NoteFormat, text: str, stored: Mapping[str, Any] | None
) -> NoteContent:
    """Return the content of a stored note; one from before formats has its text alone."""
    found = stored or {}
    sections = dict(found.get("sections", {}))
    if text:
        sections[TEXT] = text
    return NoteContent(
        format=note_format,
        sections=sections,
        responses={UUID(who): words for who, words in found.get("responses", {}).items()},
        patterns=frozenset(Pattern(one) for one in found.get("patterns", ())),
        repairs=frozenset(Repair(one) for one in found.get("repairs", ())),
        homework={
            UUID(task): HomeworkReview(
                one["title"],
                Reviewed(one["outcome"]) if one["outcome"] else None,
                view_from_stored(one),
            )
            for task, one in found.get("homework", {}).items()
        },
        template_id=UUID(found["template"]) if found.get("template") else None,
    )
