"""Who may see what: the only place where this is decided. Deny by default.

A record states its ``Facts``; ``decide`` walks ``RULES`` in order. A rule answers yes, no or
nothing; its name is the reason that goes to the access log. ``docs/privacy.md`` explains each
rule; ``docs/access/records.csv`` is the written matrix of who reads and does what, from which the
tests are made, and ``script/visibility-table`` prints the outcome of every case. What somebody may
*do* with a record is decided in ``practice.domain.acts``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from practice.domain.people import Reader, Standing


class Audience(StrEnum):
    """Whom the author of a record wrote it for. Narrowest first."""

    PRIVATE = "private"
    """The author alone."""

    THERAPIST = "therapist"
    """The author and the treating therapist."""

    IN_SESSION = "in_session"
    """The treating therapist at once; the other members once it was opened in a joint session."""

    WHEN_ALL_DONE = "when_all_done"
    """The treating therapist at once; the other members when everybody asked has done it."""

    COUPLE = "couple"
    """The treating therapist and every member, at once."""


class Kind(StrEnum):
    """What kind of record it is."""

    SESSION = "session"
    DIARY = "diary"
    """When a session is and with whom; nothing of what it is about."""

    JOINT_NOTE = "joint_note"
    MEMBER_NOTE = "member_note"
    """The addendum about one member to the note of a session."""

    PROCESS_NOTE = "process_note"
    PROBLEM = "problem"
    GOAL = "goal"
    GOAL_RATING = "goal_rating"
    HOPE = "hope"
    ASSIGNMENT = "assignment"
    HOMEWORK_ENTRY = "homework_entry"
    SIGNATURE = "signature"
    """Who signed an agreement between members, and who ended it."""

    PROMISE_MARK = "promise_mark"
    """What somebody says of a promise: kept, in part, not yet."""
    HOMEWORK_VIEW = "homework_view"
    """How one member saw what they did together; never for the others."""

    MEASURE_REQUEST = "measure_request"
    STEP_REQUEST = "step_request"
    RESPONSE = "response"
    RISK_FLAG = "risk_flag"
    EVENT = "event"
    AGENDA = "agenda"
    INTAKE = "intake"
    """What one member wrote or told for the intake, apart from the others."""

    SCREENING = "screening"
    """Answers about violence and fear, and that they were ever asked for."""

    CLEARANCE = "clearance"
    """The decision whether joint work is safe."""

    SAFETY_PLAN = "safety_plan"
    SAFEGUARDING = "safeguarding"
    SAFE_CONTACT = "safe_contact"
    SECRETS_POLICY = "secrets_policy"
    PERMISSION = "permission"
    """What one member allowed to be moved into the joint record."""

    JOINT_PASSAGE = "joint_passage"
    """Words of one member that stand in the joint record by their permission."""

    CONSENT = "consent"
    CASE = "case"
    """A request for a record from outside or from a member."""

    AUTHORISATION = "authorisation"
    BUNDLE = "bundle"
    REPORT = "report"
    """An outcome report as it was issued. The joint edition is written for the couple."""

    LEGAL_HOLD = "legal_hold"
    """That nothing may be erased for now, and why."""

    JOURNAL = "journal"
    """A page of one member's journal: for themselves, or shown to the therapist alone."""

    RESOURCE = "resource"
    """Something to read or look at that the therapist gave."""
    MESSAGE = "message"
    """A letter of one member and whoever treats them, or of all who write together."""

    TOGETHER_WISH = "together_wish"
    """That one member asked for letters to all."""

    TIME_REQUEST = "time_request"
    """That one member asked to see the therapist alone."""

    IDENTITY = "identity"
    """Names, and who belongs to the couple from when until when."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the policy needs to know of a record; nothing of its content."""

    couple_id: UUID
    author_id: UUID
    """Whose words or answers these are, not whoever typed them in."""

    kind: Kind
    audience: Audience
    concerns: frozenset[UUID] = field(default_factory=frozenset)
    """The only members it concerns (an individual session, goal or task); empty: all of them."""

    all_done: bool = False
    """Everybody who was asked has submitted theirs (for ``Audience.WHEN_ALL_DONE``)."""

    opened: bool = False
    """Whoever treats the couple opened it in a session (for ``Audience.IN_SESSION``)."""

    sealed: bool = False
    """Its author has locked it away: for the other members it was never there."""

    final: bool = True
    """Signed, or of a kind that is never signed; False: a draft."""

    @property
    def is_open(self) -> bool:
        """Whether whom it was written for takes in the other members, now."""
        waits = {Audience.WHEN_ALL_DONE: self.all_done, Audience.IN_SESSION: self.opened}
        return waits.get(self.audience, self.audience is Audience.COUPLE)


DESK_KINDS = frozenset({Kind.DIARY, Kind.IDENTITY, Kind.SAFE_CONTACT})
"""All that reception needs: who comes when, and how to reach them safely."""

OWNER_KINDS = frozenset({Kind.IDENTITY, Kind.CASE})
"""What whoever runs the practice sees of couples they do not treat."""

SUPERVISED_KINDS = frozenset(
    {
        Kind.SESSION,
        Kind.DIARY,
        Kind.JOINT_NOTE,
        Kind.MEMBER_NOTE,
        Kind.GOAL,
        Kind.CLEARANCE,
        Kind.SAFEGUARDING,
    }
)
"""What supervision is about: the therapist's work, not the members' names or own answers."""

THERAPISTS_PAPERS = frozenset(
    {
        Kind.JOINT_NOTE,
        Kind.MEMBER_NOTE,
        Kind.AGENDA,
        Kind.CLEARANCE,
        Kind.SAFEGUARDING,
        Kind.CASE,
        Kind.BUNDLE,
        Kind.REPORT,
        Kind.LEGAL_HOLD,
    }
)
"""What no choice of audience can open on a member's screen. It leaves by the release desk alone."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict, and the name of the rule that gave it."""

    allowed: bool
    reason: str


Rule = Callable[[Reader, Facts], bool | None]


def other_couples_are_invisible(reader: Reader, record: Facts) -> bool | None:
    """Nobody outside a couple, or in another couple, sees anything of it."""
    outside = reader.standing is Standing.NONE or reader.couple_id != record.couple_id
    return False if outside else None


def process_notes_stay_with_their_author(reader: Reader, record: Facts) -> bool | None:
    """A process note is seen by whoever wrote it and by nobody else, ever."""
    if record.kind is not Kind.PROCESS_NOTE:
        return None
    return reader.person_id == record.author_id


def screening_is_for_the_treating_therapist(reader: Reader, record: Facts) -> bool | None:
    """Answers about violence reach the therapist with the lead, and never come back to a screen.

    Not even to whoever gave them: somebody may be made to open their portal.
    """
    if record.kind is not Kind.SCREENING:
        return None
    return reader.standing is Standing.TREATING


def risk_flags_are_for_the_therapist(reader: Reader, record: Facts) -> bool | None:
    """A risk flag and what the therapist did about it are seen by whoever treats the couple."""
    if record.kind is not Kind.RISK_FLAG:
        return None
    return reader.standing.treats


def reception_sees_diary_and_contact(reader: Reader, record: Facts) -> bool | None:
    """The front desk sees who comes when and how to reach them; nothing of what it is about."""
    if reader.standing is not Standing.RECEPTION:
        return None
    return record.kind in DESK_KINDS


def owners_see_no_clinical_record(reader: Reader, record: Facts) -> bool | None:
    """Running the practice opens names and requests from outside, no clinical record."""
    if reader.standing is not Standing.OWNER:
        return None
    return record.kind in OWNER_KINDS


def therapists_papers_stay_off_members_screens(reader: Reader, record: Facts) -> bool | None:
    """Notes, decisions and cases of the practice never open to members, whatever they are for."""
    if record.kind not in THERAPISTS_PAPERS:
        return None
    return False if reader.standing in {Standing.MEMBER, Standing.FORMER} else None


def authors_see_their_own(reader: Reader, record: Facts) -> bool | None:
    """People see what they wrote, also after they have left the couple."""
    return True if reader.person_id == record.author_id else None


def private_entries_stay_with_their_author(reader: Reader, record: Facts) -> bool | None:
    """What was written for oneself is seen by nobody else, the therapist included."""
    return False if record.audience is Audience.PRIVATE else None


def letters_to_one_are_theirs(reader: Reader, record: Facts) -> bool | None:
    """A letter to one member alone is theirs to read, also after they have left the couple."""
    if record.kind is not Kind.MESSAGE:
        return None
    return True if record.concerns == {reader.person_id} else None


def supervisors_see_what_is_signed(reader: Reader, record: Facts) -> bool | None:
    """A supervisor reads the therapist's finished work; no draft, and nothing a member answered."""
    if reader.standing is not Standing.SUPERVISING:
        return None
    return record.final and record.kind in SUPERVISED_KINDS


def the_treating_therapist_sees_the_rest(reader: Reader, record: Facts) -> bool | None:
    """Whoever treats the couple sees every record that is not private."""
    return True if reader.standing.treats else None


def former_members_keep_only_their_own(reader: Reader, record: Facts) -> bool | None:
    """Whoever has left the couple sees nothing of it but their own words."""
    return False if reader.standing is Standing.FORMER else None


def sealed_entries_never_were(reader: Reader, record: Facts) -> bool | None:
    """What its author has sealed does not exist for the other members, shared before or not."""
    return False if record.sealed else None


def what_concerns_one_member_stays_there(reader: Reader, record: Facts) -> bool | None:
    """An individual session, goal or task does not exist for the other members."""
    return False if record.concerns and reader.person_id not in record.concerns else None


def members_see_what_was_shared(reader: Reader, record: Facts) -> bool | None:
    """Members see what was shared with the couple."""
    return True if record.audience is Audience.COUPLE else None


def members_see_it_once_everybody_is_done(reader: Reader, record: Facts) -> bool | None:
    """What opens when all have done it opens for all at the same moment."""
    return True if record.audience is Audience.WHEN_ALL_DONE and record.all_done else None


def members_see_it_once_opened_in_session(reader: Reader, record: Facts) -> bool | None:
    """What was kept to be read together opens in a joint session, by the therapist's hand."""
    return True if record.audience is Audience.IN_SESSION and record.opened else None


RULES: tuple[Rule, ...] = (
    other_couples_are_invisible,
    process_notes_stay_with_their_author,
    screening_is_for_the_treating_therapist,
    risk_flags_are_for_the_therapist,
    reception_sees_diary_and_contact,
    owners_see_no_clinical_record,
    therapists_papers_stay_off_members_screens,
    authors_see_their_own,
    private_entries_stay_with_their_author,
    letters_to_one_are_theirs,
    supervisors_see_what_is_signed,
    the_treating_therapist_sees_the_rest,
    former_members_keep_only_their_own,
    sealed_entries_never_were,
    what_concerns_one_member_stays_there,
    members_see_what_was_shared,
    members_see_it_once_everybody_is_done,
    members_see_it_once_opened_in_session,
)


def decide(reader: Reader, record: Facts) -> Decision:
    """Say whether ``reader`` may see ``record``, and which rule said so."""
    for rule in RULES:
        verdict = rule(reader, record)
        if verdict is not None:
            return Decision(verdict, rule.__name__)
    return Decision(False, "hidden_by_default")


def seen_by_all(readers: Iterable[Reader], record: Facts) -> bool:
    """Whether every one of ``readers`` may see ``record``: the rule of a joint report."""
    return all(decide(reader, record).allowed for reader in readers)
