"""What of a couple's record needs the therapist's attention, and why, in words.

Each rule names the least it needs to know before it speaks; a new couple, or one score, worries
nobody. A reason is about the record or about a task, never about how somebody behaves.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from practice.domain.course import Level, Signal, SignalKind
from practice.domain.series import Judgement, Series

DRAFT_DAYS = 1
"""A note saved today or yesterday is being written; older ones wait."""

UNTOUCHED_DAYS = 14
"""Two weeks: shorter silences are ordinary."""

UNANSWERED_DAYS = 7
INVITATION_DAYS = 3
"""By then an invitation has run out."""


class Concern(StrEnum):
    """What a reason is about, in the order in which reasons are said."""

    RISK = "risk"
    PRIVATE_ANSWER = "private_answer"
    TIME_ALONE = "time_alone"
    LETTER = "letter"
    NOT_ON_TRACK = "not_on_track"
    WORSENING = "worsening"
    EARLY_SIGN = "early_sign"
    DRAFT_NOTE = "draft_note"
    NOT_RECORDED = "not_recorded"
    NO_NEXT_SESSION = "no_next_session"
    ASK_PRIVATELY = "ask_privately"
    SAFE_CONTACT = "safe_contact"
    MAIL = "mail"
    HOMEWORK = "homework"
    MEASURE = "measure"
    INVITATION = "invitation"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing to look at; ``words`` can be followed by "since" and the day."""

    concern: Concern
    words: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class RunningTask:
    """Homework that one person can do today."""

    open_since: date
    last_entry_on: date | None
    """The day of the last entry the therapist may know of; None: not begun."""

    @property
    def untouched_since(self) -> date:
        return max(self.open_since, self.last_entry_on or self.open_since)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSituation:
    """What the rules need to know of one present member."""

    first_name: str
    person_id: UUID | None = None
    """To find what the rules of thumb say of this person."""

    satisfaction: Series | None = None
    """Scores on one satisfaction scale."""

    tasks: tuple[RunningTask, ...] = ()
    unanswered_since: date | None = None
    """Since when the oldest measure that can still be answered waits.

    What was given by hand, from that day on; what the schedule asks, from the day it was meant for.
    """

    silent_since: date | None = None
    """Since when everything that the schedule asked went by; None if anything was answered."""

    invited_on: date | None = None
    """When an invitation that was not taken up was made; None if there is none to wait for."""

    risk_waits: bool = False
    """Whether an answer was given that the therapist must see at once, and nobody dealt with it."""

    private_answer_since: date | None = None
    """Since when an answer to the private questions waits; None to all but the lead."""

    time_alone_since: date | None = None
    """Since when they wait for an answer to asking for time alone."""

    letter_since: date | None = None
    """Since when a letter of theirs is unread."""

    ask_privately_since: date | None = None
    """Since when it is time to put the private questions again; None to all but the lead."""

    contact_due_since: date | None = None
    """Since when it is time to ask anew how they may be reached."""

    mail_stuck_since: date | None = None
    """Since when no e-mail to them could be sent; None where none was given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoupleSituation:
    """What the rules need to know of one couple whose episode of care is open."""

    people: tuple[PersonSituation, ...]
    next_session_on: date | None = None
    unrecorded_since: date | None = None
    """Day of the oldest session that is past and still planned."""

    draft_since: date | None = None
    """When the oldest unsigned note was last saved."""

    signals: tuple[Signal, ...] = ()
    """What the rules of thumb say of the course."""


def reasons_for(couple: CoupleSituation, today: date) -> tuple[Reason, ...]:
    """Return everything that needs attention, most pressing first; empty is the good case."""
    return tuple(reason for rule in _rules() for reason in rule(couple, today))


def risk(couple: CoupleSituation, today: date) -> Iterator[Reason]:
    """An answer may speak of danger. Needs nothing more, and never waits for a second one."""
    for person in couple.people:
        if person.risk_waits:
            yield Reason(Concern.RISK, f"{person.first_name}: an answer to read today")


def private_answer(couple: CoupleSituation, today: date) -> Iterator[Reason]:
    """An answer to the private questions waits. Says nothing of it: a client may see the screen."""
    for person in couple.people:
        if person.private_answer_since is not None:
            yield Reason(
                Concern.PRIVATE_ANSWER,
                f"{person.first_name}: private answers to read",
                person.private_answer_since,
            )


def time_alone(couple: CoupleSituation, today: date) -> Iterator[Reason]:
    """Somebody waits for an answer about time alone. Says no more: a client may see the screen."""
    for person in couple.people:
        if person.time_alone_since is not None:
            yield Reason(
                Concern.TIME_ALONE,
                f"{person.first_name}: something asked of you, to answer",
                person.time_alone_since,
            )


def letter(couple: CoupleSituation, today: date) -> Iterator[Reason]:
    """A letter is unread. Says nothing of it, nor whether it was for the therapist alone."""
    for person in couple.people:
        if person.letter_since is not None:
            yield Reason(
                Concern.LETTER, f"{person.first_name}: a letter to read", person.letter_since
            )


def not_on_track(couple: CoupleSituation, today: date) -> Iterator[Reason]:
    """A rule of thumb is red or amber; ``practice.domain.course`` names the least each needs.

    Little gain is not said of somebody whose satisfaction fell: ``worsening`` says that.
    """
    for signal in couple.signals:
        if signal.level in (Level.RED, Level.AMBER) and not _said_as_worsening(couple, signal):
            yield _rule_of_thumb(Concern.NOT_ON_TRACK, signal)


def early_sign(couple: CoupleSituation, today: date) -> Iterator[Reason]:
    """A slow slide or a split alliance; ``practice.domain.course`` names the least each needs."""
    for signal in couple.signals:
        if signal.level is Level.EARLY:
            yield _rule_of_thumb(Concern.EARLY_SIGN, signal)


def worsening(couple: CoupleSituation, today: date) -> Iterator[Reason]:
    """Satisfaction fell by more than errors of measurement explain.

    Needs two scores of one person on one scale whose reliable change is known. Silent where a
    rule of thumb has said so already.
    """
    said = {one.person_id for one in couple.signals if one.kind is SignalKind.WORSE}
    for person in couple.people:
        series = person.satisfaction
        if series is None or not _is_worse(person):
            continue
        if person.person_id is not None and person.person_id in said:
            continue
        points, first = series.difference, series.first
        if points is not None and first is not None:
            words = f"{person.first_name}: satisfaction {'rose' if points > 0 else 'fell'} by "
            yield Reason(
                Concern.WORSENING,
                f"{words}{abs(points):g} points, a reliable change for the worse,",
                first.on,
            )


def draft_note(couple: CoupleSituation, today: date) -> Iterator[Reason]:
    """A note was saved and not signed. Needs a draft last saved before yesterday."""
    if _older(couple.draft_since, today, DRAFT_DAYS):
        yield Reason(Concern.DRAFT_NOTE, "Note in draft, unsigned", couple.draft_since)


def not_recorded(couple: CoupleSituation, today: date) -> Iterator[Reason]:
    """A session has passed and is still called planned. Needs its day to be over."""
    if _older(couple.unrecorded_since, today, 0):
        yield Reason(
            Concern.NOT_RECORDED, "A session waits to be recorded", couple.unrecorded_since
        )


def no_next_session(couple: CoupleSituation, today: date) -> Iterator[Reason]:
    """Nothing is planned. Needs nothing more: the episode of care is open."""
    if couple.next_session_on is None:
        yield Reason(Concern.NO_NEXT_SESSION, "No next session planned")


def ask_privately(couple: CoupleSituation, today: date) -> Iterator[Reason]:
    """It is time to put the private questions again. Needs an earlier answer, and the day."""
    for person in couple.people:
        if _older(person.ask_privately_since, today, -1):
            yield Reason(
                Concern.ASK_PRIVATELY,
                f"{person.first_name}: time to ask the private questions again",
                person.ask_privately_since,
            )


def safe_contact(couple: CoupleSituation, today: date) -> Iterator[Reason]:
    """What is known of how to reach somebody is old. Needs an earlier statement, and the day."""
    for person in couple.people:
        if _older(person.contact_due_since, today, -1):
            yield Reason(
                Concern.SAFE_CONTACT,
                f"{person.first_name}: ask again how to reach them",
                person.contact_due_since,
            )


def mail(couple: CoupleSituation, today: date) -> Iterator[Reason]:
    """An e-mail was given up. Needs one that was tried for half a day, or refused for good."""
    for person in couple.people:
        if person.mail_stuck_since is not None:
            yield Reason(
                Concern.MAIL,
                f"{person.first_name}: e-mails could not be sent",
                person.mail_stuck_since,
            )


def homework(couple: CoupleSituation, today: date) -> Iterator[Reason]:
    """A running task has had no entry for two weeks. Needs it to have been open for as long."""
    for person in couple.people:
        waiting = [
            task.untouched_since
            for task in person.tasks
            if _older(task.untouched_since, today, UNTOUCHED_DAYS - 1)
        ]
        if waiting:
            yield Reason(
                Concern.HOMEWORK, f"{person.first_name}: homework not touched", min(waiting)
            )


def measure(couple: CoupleSituation, today: date) -> Iterator[Reason]:
    """A measure has no answer. Needs a week to have passed, or several occasions in a row."""
    for person in couple.people:
        if person.silent_since is not None:
            yield Reason(
                Concern.MEASURE,
                f"{person.first_name}: nothing that was asked at a fixed time was answered",
                person.silent_since,
            )
        elif _older(person.unanswered_since, today, UNANSWERED_DAYS - 1):
            yield Reason(
                Concern.MEASURE,
                f"{person.first_name}: a questionnaire waits for an answer",
                person.unanswered_since,
            )


def invitation(couple: CoupleSituation, today: date) -> Iterator[Reason]:
    """An invitation was made and not taken up. Needs its three days to be over."""
    for person in couple.people:
        if _older(person.invited_on, today, INVITATION_DAYS - 1):
            yield Reason(
                Concern.INVITATION,
                f"{person.first_name}: invitation not taken up",
                person.invited_on,
            )


def _rules() -> tuple[Callable[[CoupleSituation, date], Iterator[Reason]], ...]:
    return (
        risk,
        private_answer,
        time_alone,
        letter,
        not_on_track,
        worsening,
        early_sign,
        draft_note,
        not_recorded,
        no_next_session,
        ask_privately,
        safe_contact,
        mail,
        homework,
        measure,
        invitation,
    )


def _is_worse(person: PersonSituation) -> bool:
    series = person.satisfaction
    return series is not None and series.judgement is Judgement.WORSENING


def _said_as_worsening(couple: CoupleSituation, signal: Signal) -> bool:
    """Whether little gain is said of somebody of whom a reliable fall is said as well."""
    if signal.kind is not SignalKind.LITTLE_GAIN or signal.person_id is None:
        return False
    return any(one.person_id == signal.person_id and _is_worse(one) for one in couple.people)


def _rule_of_thumb(concern: Concern, signal: Signal) -> Reason:
    return Reason(concern, f"{signal.words.rstrip(',')} (rule of thumb),", signal.since)


def _older(day: date | None, today: date, days: int) -> bool:
    """Whether ``day`` lies more than ``days`` days back."""
    return day is not None and today - day > timedelta(days=days)
