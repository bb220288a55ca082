"""Who the demo couples are and how it goes with them. All invented; likeness is chance."""

from dataclasses import dataclass
from typing import Literal

from practice.domain.couples import RelationshipStatus
from practice.domain.homework.terms import GivenTo
from practice.domain.sessions import Attendance
from practice.domain.visibility import Audience

Totals = tuple[int | None, ...]
"""CSI-16 totals of one member, one for each of ``Story.measured_at``; None: not answered."""

Invited = Literal["account", "open", "none"]


@dataclass(frozen=True, slots=True)
class Task:
    """A homework assignment of a story."""

    template: str
    to: GivenTo
    session: int
    """Given at the end of this session, counted from 1."""

    weeks: int
    diligence: tuple[float, ...]
    """Share of the occasions that each member does, 0 to 1, in the couple's order."""

    audience: Audience
    only: int = 0
    """Whose it is with ``GivenTo.ONE``, counted from 1."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal of a story."""

    title: str
    levels: tuple[str, str, str, str, str]
    ratings: tuple[tuple[int, ...], ...]
    """Per rating round: each member's view and last the therapist's."""

    only: int = 0
    """Whose own goal it is, counted from 1; 0: a joint goal."""

    shared: bool = True
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Story:
    """One demo couple."""

    names: tuple[str, ...]
    status: RelationshipStatus
    weeks: int
    """Weeks since the first session."""

    sessions: int
    """Sessions so far, one a week, later every second week if there are fewer than weeks."""

    measured_at: tuple[int, ...]
    """Before which sessions the CSI-16 was given; 0: at intake."""

    totals: tuple[Totals, ...]
    ratings: tuple[tuple[tuple[int, int, int, int], tuple[int, int, int, int]], ...]
    """Per member: first and last (satisfaction, communication, conflict, trust)."""

    agreed: str
    problems: tuple[str, ...]
    shares: tuple[bool, ...]
    """Who opens their CSI-16 responses to the couple."""

    tasks: tuple[Task, ...] = ()
    aims: tuple[Aim, ...] = ()
    missed: tuple[tuple[int, int, Attendance], ...] = ()
    """(session, member, attendance) where somebody did not simply attend."""

    individual: tuple[tuple[int, int], ...] = ()
    """(after session, member): an individual session in between."""

    invited: tuple[Invited, ...] = ()
    """Sign-in of each member; all have an account if left out."""

    parted: tuple[int, bool] | None = None
    """(weeks ago, stated goal) if the relationship ended."""

    between: bool = False
    """They signed, promised and hung up something with each other."""

    ended: bool = False
    """The episode of care is over."""

    every_weeks: int = 0
    """Weeks from one session to the next; 0: spread evenly up to last week."""

    next_planned: bool = True
    drafts: int = 0
    """How many of the last notes are still drafts."""

    therapist: int = 1


_BOTH = GivenTo.EACH
_TOGETHER = GivenTo.TOGETHER
_LATE, _NO = Attendance.LATE, Attendance.DID_NOT_ATTEND
_CANCELLED, _LATE_CANCELLATION = Attendance.CANCELLED, Attendance.LATE_CANCELLATION

QUARREL = Aim(
    "Come back to a quarrel within the day",
    (
        "Quarrels are left for days; nobody comes back to them",
        "One of us comes back, after two days or more",
        "One of us comes back within the day, most times",
        "Either of us comes back within the day, nearly always",
        "We come back within the hour and it ends kindly",
    ),
    ((-1, -1, -1), (0, 0, 0), (1, 0, 1)),
    weight=2,
)
SCREENS = Aim(
    "One evening a week without screens",
    (
        "No evening together in a month",
        "One evening in a month",
        "One evening a week, three weeks of four",
        "One evening every week",
        "One every week, and we look forward to it",
    ),
    ((-2, -1, -1), (-1, -1, -1)),
)
MONEY = Aim(
    "Talk about money without a row",
    (
        "Every talk about money ends in a row",
        "Most do",
        "Half of them end with a plan",
        "Most end with a plan",
        "All do, and we start them ourselves",
    ),
    ((-2, -1, -2), (0, 0, -1), (1, 1, 0)),
)
STAY = Aim(
    "Stay in the room when it gets loud",
    (
        "I leave without a word, most times",
        "I leave, and say that I will be back",
        "I stay, or come back within half an hour",
        "I stay and say what I feel once",
        "I stay and can listen too",
    ),
    ((-1, 0), (0, 0)),
    only=2,
    shared=False,
)
TRUTH = Aim(
    "Say where I am before I am asked",
    (
        "Only when found out",
        "When asked twice",
        "When asked once, and truthfully",
        "Before being asked, most days",
        "Every day, as a matter of course",
    ),
    ((-2, -1, -1), (-1, 0, -1), (0, 1, 0)),
)

STORIES: tuple[Story, ...] = (
    Story(
        ("Ada Lind", "Ben Morrow"),
        RelationshipStatus.MARRIED,
        weeks=34,
        sessions=19,
        measured_at=(0, 4, 10, 16, 19),
        totals=((34, 36, 45, 52, 58), (41, 39, 43, 46, 49)),
        ratings=(((3, 3, 7, 4), (7, 7, 3, 7)), ((4, 4, 6, 6), (6, 6, 4, 7))),
        agreed="We want to stop living side by side, and to quarrel without losing the week.",
        problems=(
            "Feels alone in the marriage since the second child; says things twice, then louder.",
            "Feels he can do nothing right at home; goes quiet to keep the peace.",
        ),
        shares=(True, True),
        tasks=(
            Task("gratitude", _BOTH, 2, 6, (0.85, 0.6), Audience.WHEN_ALL_DONE),
            Task("speaker_listener", _TOGETHER, 5, 8, (0.7, 0.0), Audience.COUPLE),
            Task("quality_time", _BOTH, 8, 10, (0.8, 0.7), Audience.WHEN_ALL_DONE),
            Task("i_statement", GivenTo.ONE, 11, 3, (0.0, 0.7), Audience.THERAPIST, only=2),
            Task("daily_check_in", _BOTH, 18, 3, (0.8, 0.5), Audience.WHEN_ALL_DONE),
        ),
        aims=(QUARREL, SCREENS, STAY),
        missed=((6, 2, _LATE_CANCELLATION), (11, 1, _LATE), (14, 2, _LATE)),
        individual=((12, 2),),
        between=True,
        drafts=1,
    ),
    Story(
        ("Priya Nair", "Tom Whitfield"),
        RelationshipStatus.COHABITING,
        weeks=46,
        sessions=14,
        measured_at=(0, 4, 10, 14),
        totals=((38, 42, 53, 61), (36, 44, 55, 59)),
        ratings=(((4, 3, 6, 5), (8, 8, 2, 8)), ((4, 4, 6, 6), (8, 7, 3, 8))),
        agreed="We want to hear each other before we answer.",
        problems=("Feels talked over.", "Feels every talk turns into a verdict."),
        shares=(True, True),
        tasks=(
            Task("speaker_listener", _TOGETHER, 1, 8, (0.8, 0.0), Audience.COUPLE),
            Task("i_statement", _BOTH, 5, 4, (0.8, 0.7), Audience.COUPLE),
        ),
        aims=(MONEY, QUARREL),
        ended=True,
        every_weeks=2,
        next_planned=False,
    ),
    Story(
        ("Grace Holloway", "Idris Bello"),
        RelationshipStatus.MARRIED,
        weeks=22,
        sessions=12,
        measured_at=(0, 4, 10),
        totals=((33, 42, 54), (47, 45, 48)),
        ratings=(((3, 3, 7, 4), (7, 6, 4, 6)), ((5, 5, 5, 6), (5, 5, 5, 6))),
        agreed="We want to find our way back to each other after two hard years.",
        problems=("Lonely, and tired of asking.", "Worried about work; here because she asked."),
        shares=(True, False),
        tasks=(
            Task("gratitude", _BOTH, 3, 5, (0.9, 0.3), Audience.WHEN_ALL_DONE),
            Task("quality_time", _BOTH, 9, 5, (0.8, 0.3), Audience.COUPLE),
        ),
        aims=(SCREENS,),
        missed=((7, 2, _CANCELLED),),
    ),
    Story(
        ("Marta Kowalska", "Sean Duffy"),
        RelationshipStatus.MARRIED,
        weeks=15,
        sessions=9,
        measured_at=(0, 4, 9),
        totals=((40, 33, 26), (44, 41, 35)),
        ratings=(((4, 4, 6, 4), (2, 2, 9, 2)), ((5, 4, 6, 5), (3, 3, 8, 3))),
        agreed="We want to know whether we can trust each other again.",
        problems=("Found messages in the spring; cannot stop checking.", "Ashamed; shuts down."),
        shares=(False, False),
        tasks=(Task("repair_attempts", _BOTH, 4, 5, (0.3, 0.2), Audience.THERAPIST),),
        aims=(TRUTH,),
        missed=((5, 2, _NO), (8, 1, _LATE_CANCELLATION)),
        individual=((3, 1), (6, 2)),
    ),
    Story(
        ("Helen Fry", "Marcus Obi"),
        RelationshipStatus.SEPARATED,
        weeks=30,
        sessions=11,
        measured_at=(0, 4, 10),
        totals=((29, 27, 30), (35, 30, 28)),
        ratings=(((2, 3, 7, 3), (4, 5, 4, 4)), ((3, 3, 7, 4), (4, 5, 4, 5))),
        agreed="We want to part without harming the children.",
        problems=("Has decided, and feels guilty.", "Still hopes, and is angry at hoping."),
        shares=(False, True),
        tasks=(Task("speaker_listener", _TOGETHER, 2, 5, (0.5, 0.0), Audience.COUPLE),),
        aims=(QUARREL,),
        parted=(9, True),
    ),
    Story(
        ("Robin Vale", "Jules Hart", "Sam Okoro"),
        RelationshipStatus.COHABITING,
        weeks=18,
        sessions=10,
        measured_at=(0, 4, 10),
        totals=((42, 47, 55), (39, 44, 50), (45, 44, 46)),
        ratings=(
            ((4, 4, 5, 6), (7, 7, 3, 7)),
            ((4, 3, 6, 5), (6, 6, 4, 6)),
            ((5, 5, 5, 6), (5, 5, 5, 6)),
        ),
        agreed="The three of us want plans that nobody hears of last.",
        problems=("Always the one who plans.", "Feels like the newcomer.", "Caught in between."),
        shares=(True, True, True),
        tasks=(Task("daily_check_in", _BOTH, 4, 4, (0.8, 0.7, 0.5), Audience.WHEN_ALL_DONE),),
        aims=(
            Aim(
                "All three know the week's plans by Sunday evening",
                ("Never", "Once a month", "Two weeks of four", "Three weeks of four", "Always"),
                ((-1, -2, -1, -1), (0, 0, 0, 0), (1, 1, 0, 1)),
            ),
        ),
        missed=((6, 3, _LATE),),
    ),
    Story(
        ("Noor Haddad", "Elias Sand"),
        RelationshipStatus.DATING,
        weeks=1,
        sessions=1,
        measured_at=(0,),
        totals=((46,), (None,)),
        ratings=(((5, 5, 5, 6), (5, 5, 5, 6)), ((5, 5, 5, 5), (5, 5, 5, 5))),
        agreed="",
        problems=("Unsure whether to move in together.", ""),
        shares=(False, False),
        tasks=(Task("gratitude", _BOTH, 1, 3, (0.6, 0.0), Audience.WHEN_ALL_DONE),),
        invited=("account", "open"),
        drafts=1,
    ),
    Story(
        ("Chloe Barnes", "Will Ashdown"),
        RelationshipStatus.MARRIED,
        weeks=26,
        sessions=13,
        measured_at=(0, 4, 10),
        totals=((44, 46, 43), (48, 47, 50)),
        ratings=(((4, 5, 5, 6), (5, 5, 5, 6)), ((5, 5, 5, 6), (5, 5, 4, 6))),
        agreed="We want to be more than a well-run household.",
        problems=("Bored, and scared of saying so.", "Thinks it is a phase."),
        shares=(True, True),
        tasks=(Task("quality_time", _BOTH, 6, 8, (0.5, 0.5), Audience.COUPLE),),
        aims=(SCREENS,),
    ),
    Story(
        ("Fiona MacRae", "Callum Reid"),
        RelationshipStatus.CIVIL_PARTNERSHIP,
        weeks=20,
        sessions=10,
        measured_at=(0, 4, 10),
        totals=((36, 43, 49), (52, 46, 39)),
        ratings=(((3, 4, 6, 5), (6, 6, 4, 6)), ((6, 6, 4, 7), (4, 4, 6, 5))),
        agreed="We want to decide together about the move north.",
        problems=("Gave up a post to come here.", "Feels the price is now being named."),
        shares=(False, False),
        tasks=(Task("i_statement", _BOTH, 3, 6, (0.7, 0.4), Audience.THERAPIST),),
        aims=(MONEY,),
        next_planned=False,
    ),
    Story(
        ("Aisha Rahman", "Omar Siddiq"),
        RelationshipStatus.MARRIED,
        weeks=60,
        sessions=24,
        measured_at=(0, 4, 10, 16, 22, 24),
        totals=((31, 35, 38, 44, 46, 48), (37, 40, 44, 52, 56, 57)),
        ratings=(((3, 3, 7, 4), (6, 6, 4, 7)), ((4, 4, 6, 5), (7, 7, 3, 8))),
        agreed="We want a home that is calm when the parents visit.",
        problems=("Stands between two families.", "Hears of plans when they are made."),
        shares=(True, True),
        tasks=(
            Task("daily_check_in", _BOTH, 3, 4, (0.7, 0.8), Audience.WHEN_ALL_DONE),
            Task("repair_attempts", _BOTH, 10, 6, (0.5, 0.6), Audience.COUPLE),
        ),
        aims=(QUARREL, MONEY),
        missed=((9, 2, _CANCELLED), (17, 1, _CANCELLED)),
        ended=True,
        every_weeks=2,
        next_planned=False,
    ),
    Story(
        ("June Pemberton", "Arthur Pemberton"),
        RelationshipStatus.MARRIED,
        weeks=12,
        sessions=7,
        measured_at=(0, 4),
        totals=((49, 53), (None, None)),
        ratings=(((5, 4, 4, 7), (6, 6, 3, 8)), ((5, 5, 4, 7), (5, 5, 4, 7))),
        agreed="We want to enjoy the years we have.",
        problems=("Retirement came sooner than a plan.", "Does not hold with forms."),
        shares=(True, False),
        tasks=(Task("quality_time", _BOTH, 2, 8, (0.7, 0.0), Audience.COUPLE),),
        invited=("account", "none"),
        missed=((4, 2, _NO),),
    ),
    Story(
        ("Lucy Tran", "Daniel Cole"),
        RelationshipStatus.COHABITING,
        weeks=17,
        sessions=3,
        measured_at=(0,),
        totals=((41,), (38,)),
        ratings=(((4, 4, 6, 5), (4, 4, 6, 5)), ((4, 4, 6, 5), (4, 4, 6, 5))),
        agreed="We want to argue less about the small things.",
        problems=("Feels nagged for nagging.", "Feels watched."),
        shares=(False, False),
        missed=((3, 2, _NO),),
        every_weeks=1,
        next_planned=False,
    ),
    Story(
        ("Wendy Archer", "Carl Lindqvist"),
        RelationshipStatus.MARRIED,
        weeks=9,
        sessions=6,
        measured_at=(0, 4),
        totals=((43, 47), (45, 50)),
        ratings=(((4, 4, 5, 6), (6, 6, 4, 6)), ((5, 5, 5, 6), (6, 6, 4, 7))),
        agreed="We want to sleep in one room again.",
        problems=("Light sleeper, heavy heart.", "Snores and apologises."),
        shares=(True, True),
        aims=(SCREENS,),
        therapist=2,
    ),
)
