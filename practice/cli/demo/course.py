"""What happens beside the sessions: who wants what, events, sheets of paper, signs, a risk answer.

By the first name of the couple's first member, so that ``stories`` stays the length of a page.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from practice.domain.couples import Agenda, Modality
from practice.domain.events import EventKind
from practice.domain.measures.definition import Choice
from practice.domain.measures.own import OwnDefinition, OwnItem
from practice.domain.visibility import Audience

IMPROVE, CLARIFY, OUT = Agenda.IMPROVE, Agenda.CLARIFY, Agenda.LEANING_OUT


@dataclass(frozen=True, slots=True)
class Happening:
    """An event on the time line."""

    session: int
    """A few days before this session, counted from 1."""

    kind: EventKind
    words: str
    audience: Audience = Audience.THERAPIST
    about: int = 0
    """The only member whom it concerns, counted from 1; 0: all of them."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the therapist types in on the day of a session."""

    session: int
    member: int
    """Counted from 1."""

    measure: str
    total: int
    """For a measure of answers: what the answers add up to."""

    answered: bool = False
    """Whether there is a sheet with every answer, not only a total."""

    corrected: int | None = None
    """What it is corrected to on the next day."""


@dataclass(frozen=True, slots=True)
class Risk:
    """PHQ-9 answers in the member's own portal, question 9 among them."""

    session: int
    """On the evening before it, counted from 1; 0: last evening."""

    member: int
    total: int
    ninth: int
    done: str = ""
    """What the therapist wrote down on the next day; empty: it waits to be read."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A measure given before some sessions, with the share of its range answered, 0 to 1."""

    measure: str
    """Key in the catalogue; ``EVENINGS`` for the practice's own, as it was worded then."""

    sessions: tuple[int, ...]
    shares: tuple[tuple[float, ...], ...]
    """Per member: one share for each session."""


EVENINGS = "evenings"
"""The practice's own measure."""

EVENINGS_CHANGE_AT = 8
"""Before this session of the couple that answers it, one of its questions is worded anew."""

MODALITIES: Mapping[str, Modality] = {
    "Ada": Modality.EFT,
    "Priya": Modality.EFT,
    "Grace": Modality.GOTTMAN,
    "Marta": Modality.IBCT,
    "Helen": Modality.DISCERNMENT,
    "Robin": Modality.SYSTEMIC,
    "Chloe": Modality.GOTTMAN,
    "Fiona": Modality.IBCT,
    "Aisha": Modality.EFT,
    "Lucy": Modality.CBCT,
    "Wendy": Modality.EFT,
}

AGENDAS: Mapping[str, tuple[tuple[int, int, Agenda], ...]] = {
    # (session, member, what they want)
    "Ada": ((1, 1, IMPROVE), (1, 2, IMPROVE), (5, 1, IMPROVE), (5, 2, IMPROVE), (12, 1, IMPROVE)),
    "Priya": ((1, 1, IMPROVE), (1, 2, IMPROVE)),
    "Grace": ((1, 1, IMPROVE), (1, 2, CLARIFY)),
    "Marta": ((1, 1, CLARIFY), (1, 2, IMPROVE), (4, 1, CLARIFY), (7, 1, OUT), (7, 2, IMPROVE)),
    "Helen": ((1, 1, OUT), (1, 2, IMPROVE), (9, 1, OUT), (9, 2, CLARIFY)),
    "Chloe": ((1, 1, CLARIFY), (1, 2, IMPROVE)),
    "Fiona": ((1, 1, IMPROVE), (1, 2, CLARIFY)),
}

COMMITMENTS: Mapping[str, Mapping[tuple[int, int], int]] = {
    # (session, member): as told with the agenda, from 0 to 10
    "Ada": {(1, 2): 6, (5, 1): 8, (5, 2): 7, (12, 1): 9},
    "Marta": {(1, 1): 4, (1, 2): 9, (4, 1): 3, (7, 1): 2, (7, 2): 8},
    "Helen": {(1, 1): 3, (1, 2): 9, (9, 1): 2, (9, 2): 5},
}

EVENTS: Mapping[str, tuple[Happening, ...]] = {
    "Ada": (
        Happening(7, EventKind.SETBACK, "the weekend at her parents’"),
        Happening(13, EventKind.HOLIDAY, "two weeks by the sea", Audience.COUPLE),
    ),
    "Marta": (Happening(3, EventKind.DISCLOSURE, "the messages", Audience.PRIVATE),),
    "Helen": (Happening(8, EventKind.MOVED_OUT, "Marcus, to his brother’s", Audience.COUPLE),),
    "Aisha": (Happening(9, EventKind.BIRTH, "their second", Audience.COUPLE),),
    "Grace": (Happening(7, EventKind.LOSS, "his father", about=2),),
}

SHEETS: Mapping[str, tuple[Sheet, ...]] = {
    "June": (Sheet(4, 2, "csi16", 50, answered=True),),
    "Chloe": (
        Sheet(1, 1, "rdas", 43),
        Sheet(1, 2, "rdas", 45, corrected=46),
        Sheet(10, 1, "rdas", 44),
        Sheet(10, 2, "rdas", 50),
    ),
}

RISKS: Mapping[str, tuple[Risk, ...]] = {
    "Marta": (
        Risk(
            4,
            2,
            12,
            1,
            "Rang Sean the same afternoon. Passing thoughts, no plan, no means at hand. Crisis "
            "line and his GP’s number written down together; asked again in session, and better.",
        ),
        Risk(0, 1, 14, 1),
    ),
}

GIVEN: Mapping[str, tuple[Asked, ...]] = {
    "Ada": (Asked("warning_signs", (4, 16), ((0.65, 0.35), (0.55, 0.45))),),
    "Chloe": (Asked("warning_signs", (4, 10), ((0.4, 0.5), (0.45, 0.35))),),
    "Marta": (Asked("phq9", (1, 6), ((0.35, 0.5), (0.4, 0.3))),),
    "Grace": (
        Asked(EVENINGS, (2, 4, 6, 9, 11), ((0.2, 0.3, 0.5, 0.4, 0.6), (0.6, 0.5, 0.5, 0.4, 0.4))),
    ),
}


def evenings(*, reworded: bool) -> OwnDefinition:
    """Return the practice's own measure, before or after one question was worded anew."""
    second = "We talked about more than who does what." if reworded else "We talked."
    return OwnDefinition(
        title="Our evenings",
        short_title="Evenings",
        purpose="How your evenings with each other were.",
        minutes=1,
        instruction="Think of the past week.",
        items=(
            OwnItem("We had an hour without screens."),
            OwnItem(second),
            OwnItem("I went to bed annoyed.", reverse=True),
        ),
        answers=tuple(
            Choice(value, label)
            for value, label in enumerate(("Never", "Once", "A few times", "Most evenings"))
        ),
        low=0,
        high=9,
        step=1,
        higher_is_better=True,
        licence="Written by this practice.",
        shareable=True,
    )


@dataclass(frozen=True, slots=True)
class Earlier:
    """A couple of former years: only their CSI-16 totals were kept."""

    names: tuple[str, str]
    years: float
    """Since their care began."""

    before: tuple[int, int]
    after: tuple[int, int]
    modality: Modality
    therapist: int = 2


_EFT, _IBCT, _GOTTMAN = Modality.EFT, Modality.IBCT, Modality.GOTTMAN
# fmt: off
EARLIER: tuple[Earlier, ...] = (
    Earlier(("Amy Flint", "Joe Flint"),         1.2, (38, 42), (56, 60), _EFT, 1),
    Earlier(("Leila Nasser", "Paul Quick"),     1.4, (33, 37), (47, 45), _IBCT, 1),
    Earlier(("Bea Sharp", "Ron Sharp"),         1.7, (41, 39), (44, 40), _EFT, 1),
    Earlier(("Dora Finch", "Alan Peel"),        1.9, (36, 44), (55, 47), _GOTTMAN, 1),
    Earlier(("Nina Frost", "Karl Frost"),       0.9, (35, 40), (54, 58), _EFT),
    Earlier(("Ruth Abel", "Simon Abel"),        1.0, (42, 38), (53, 49), _EFT),
    Earlier(("Zadie Cole", "Mo Farouk"),        1.1, (30, 34), (33, 31), _IBCT),
    Earlier(("Ivy Lunn", "Peter Lunn"),         1.3, (44, 46), (60, 62), _EFT),
    Earlier(("Kim Soto", "Lou Soto"),           1.5, (39, 41), (50, 39), _IBCT),
    Earlier(("Ella Byrne", "Dan Byrne"),        1.6, (37, 36), (25, 29), _GOTTMAN),
    Earlier(("Hana Mori", "Guy Petit"),         1.8, (40, 45), (57, 59), _EFT),
    Earlier(("Tilly Rowe", "Max Rowe"),         2.0, (43, 40), (45, 43), _GOTTMAN),
    Earlier(("Olga Wren", "Ned Wren"),          2.1, (32, 38), (48, 50), _EFT),
    Earlier(("Pia Holm", "Axel Holm"),          2.3, (36, 33), (53, 40), _IBCT),
    Earlier(("Sue Dale", "Bill Dale"),          2.5, (45, 44), (46, 52), _EFT),
    Earlier(("Maya Gold", "Ari Gold"),          2.7, (38, 35), (55, 54), _GOTTMAN),
)
# fmt: on
