"""What somebody may do with a record: read, write, share, seal, sign, release.

``practice.domain.visibility`` decides who reads. Here stands what goes beyond it, again as an
ordered tuple of rules of which the first with an answer decides, and nothing is allowed by
default. The written matrix is ``docs/access/records.csv``.
"""

from collections.abc import Callable
from enum import StrEnum

from practice.domain.people import Reader, Standing
from practice.domain.visibility import Audience, Decision, Facts, Kind, decide


class Operation(StrEnum):
    """Something that can be done with a record."""

    READ = "read"
    WRITE = "write"
    """Put it down or change it."""

    SHARE = "share"
    """Open it to the couple."""

    WITHDRAW = "withdraw"
    """Take back what was opened."""

    OPEN = "open"
    """Open in a session, to those it was given to, what its author wrote for that."""

    SEAL = "seal"
    """Lock it away, or open it again."""

    SIGN = "sign"
    COUNTERSIGN = "countersign"
    RELEASE = "release"
    """Let it leave the practice."""


MEMBERS_OWN_WORDS = frozenset(
    {
        Kind.GOAL_RATING,
        Kind.HOPE,
        Kind.HOMEWORK_ENTRY,
        Kind.SIGNATURE,
        Kind.PROMISE_MARK,
        Kind.HOMEWORK_VIEW,
        Kind.RESPONSE,
        Kind.INTAKE,
        Kind.SCREENING,
        Kind.SAFE_CONTACT,
        Kind.CONSENT,
        Kind.PERMISSION,
        Kind.AUTHORISATION,
        Kind.JOURNAL,
        Kind.TIME_REQUEST,
    }
)
"""What a member says; nobody else can say it for them, only write down what they said."""

SHAREABLE = frozenset(
    {Kind.GOAL_RATING, Kind.HOMEWORK_ENTRY, Kind.RESPONSE, Kind.INTAKE, Kind.JOURNAL}
)
"""What its author can share and take back; a page of a journal with the therapist alone."""

SEALABLE = SHAREABLE | {Kind.HOPE, Kind.HOMEWORK_VIEW, Kind.TIME_REQUEST}
"""What its author can lock away. Some of it is never shared, but stands on its author's pages."""

SIGNED_BY_MEMBERS = frozenset({Kind.CONSENT, Kind.PERMISSION, Kind.AUTHORISATION, Kind.SIGNATURE})
SIGNED_BY_THERAPISTS = frozenset({Kind.JOINT_NOTE, Kind.MEMBER_NOTE, Kind.PROCESS_NOTE})
COUNTERSIGNED = frozenset({Kind.JOINT_NOTE, Kind.MEMBER_NOTE})

RELEASABLE = frozenset(
    {
        Kind.SESSION,
        Kind.JOINT_NOTE,
        Kind.MEMBER_NOTE,
        Kind.PROBLEM,
        Kind.GOAL,
        Kind.GOAL_RATING,
        Kind.ASSIGNMENT,
        Kind.HOMEWORK_ENTRY,
        Kind.RESPONSE,
        Kind.EVENT,
        Kind.AGENDA,
        Kind.INTAKE,
        Kind.SECRETS_POLICY,
        Kind.PERMISSION,
        Kind.JOINT_PASSAGE,
        Kind.CONSENT,
        Kind.AUTHORISATION,
        Kind.BUNDLE,
        Kind.REPORT,
    }
)
"""What a bundle can hold, where it is authorised.

Not the author's own thoughts, and nothing that could put somebody in danger: process notes,
screening, risk flags, the decision on joint work, safety plans, safeguarding, safe contact. Nor
letters and requests for time alone: they leave with their person's own data (decision 0046).
"""

OWN_NAME_ONLY = frozenset({Kind.MESSAGE, Kind.TOGETHER_WISH})
"""What nobody puts down for another, not even as something they were told."""

WRITTEN_AT_THE_DESK = frozenset({Kind.DIARY})

Rule = Callable[[Reader, Facts, Operation], bool | None]


def letters_go_out_in_ones_own_name(
    reader: Reader, record: Facts, operation: Operation
) -> bool | None:
    """Present members and whoever treats them write letters, and nobody in another's name."""
    if operation is not Operation.WRITE or record.kind not in OWN_NAME_ONLY:
        return None
    belongs = reader.standing is Standing.MEMBER or reader.standing.treats
    return belongs and reader.person_id == record.author_id


def members_write_their_own_words(
    reader: Reader, record: Facts, operation: Operation
) -> bool | None:
    """A present member writes what they say themselves, in their own name alone."""
    if operation is not Operation.WRITE or reader.standing is not Standing.MEMBER:
        return None
    return record.kind in MEMBERS_OWN_WORDS and reader.person_id == record.author_id


def nobody_acts_on_what_they_cannot_read(
    reader: Reader, record: Facts, operation: Operation
) -> bool | None:
    """Whoever cannot see a record cannot do anything with it."""
    return None if decide(reader, record).allowed else False


def process_notes_are_written_by_their_author(
    reader: Reader, record: Facts, operation: Operation
) -> bool | None:
    """A process note is written and signed by its author, and never leaves."""
    if record.kind is not Kind.PROCESS_NOTE:
        return None
    return operation in {Operation.WRITE, Operation.SIGN} and reader.person_id == record.author_id


def journals_are_their_authors(reader: Reader, record: Facts, operation: Operation) -> bool | None:
    """Nobody but its author writes in a journal, and no page of it leaves the practice."""
    if record.kind is not Kind.JOURNAL or operation not in {Operation.WRITE, Operation.RELEASE}:
        return None
    return False


def whoever_treats_the_couple_writes_the_record(
    reader: Reader, record: Facts, operation: Operation
) -> bool | None:
    """Those who treat the couple keep the record, and put down what a member told them."""
    return True if operation is Operation.WRITE and reader.standing.treats else None


def reception_keeps_the_diary(reader: Reader, record: Facts, operation: Operation) -> bool | None:
    """The front desk plans and moves sessions."""
    if operation is not Operation.WRITE or reader.standing is not Standing.RECEPTION:
        return None
    return record.kind in WRITTEN_AT_THE_DESK


def owners_answer_requests(reader: Reader, record: Facts, operation: Operation) -> bool | None:
    """Whoever runs the practice keeps the cases of requests from outside."""
    if operation is not Operation.WRITE or reader.standing is not Standing.OWNER:
        return None
    return record.kind is Kind.CASE


def authors_open_and_close_their_own(
    reader: Reader, record: Facts, operation: Operation
) -> bool | None:
    """Sharing later, taking back and sealing is its author's alone.

    Who has left the couple may still take back and seal, and shares nothing any more.
    """
    if operation not in {Operation.SHARE, Operation.WITHDRAW, Operation.SEAL}:
        return None
    allowed = {Standing.MEMBER}
    if operation is not Operation.SHARE:
        allowed.add(Standing.FORMER)
    kinds = SEALABLE if operation is Operation.SEAL else SHAREABLE
    return (
        record.kind in kinds and reader.standing in allowed and reader.person_id == record.author_id
    )


def what_waits_for_a_session_is_opened_by_the_therapist(
    reader: Reader, record: Facts, operation: Operation
) -> bool | None:
    """Whoever treats the couple opens what its author wrote to be read together, and no more.

    The rule under which it was written is the author's leave; in which session, ``homework``
    decides (``practice.domain.homework.together``).
    """
    if operation is not Operation.OPEN:
        return None
    waits = record.kind is Kind.HOMEWORK_ENTRY and record.audience is Audience.IN_SESSION
    return reader.standing.treats and waits and not record.sealed


def letters_are_put_away_by_whom_they_are_of(
    reader: Reader, record: Facts, operation: Operation
) -> bool | None:
    """Of letters, those of one member alone can be locked away, by that member, answers included.

    What was written together stays: everybody has read it, and nobody can unsay it for the others.
    """
    if operation is not Operation.SEAL or record.kind is not Kind.MESSAGE:
        return None
    return record.concerns == {reader.person_id}


def plans_are_put_away_by_whom_they_are_for(
    reader: Reader, record: Facts, operation: Operation
) -> bool | None:
    """Whoever finds their safety plan on their own pages can take it off them; nobody else can."""
    if operation is not Operation.WITHDRAW or record.kind is not Kind.SAFETY_PLAN:
        return None
    return reader.person_id in record.concerns


def people_sign_for_themselves(reader: Reader, record: Facts, operation: Operation) -> bool | None:
    """A therapist signs their own note; a member signs what they agree to. Nobody for another."""
    if operation is not Operation.SIGN:
        return None
    signed = SIGNED_BY_THERAPISTS if reader.standing.treats else SIGNED_BY_MEMBERS
    return record.kind in signed and reader.person_id == record.author_id


def supervisors_countersign(reader: Reader, record: Facts, operation: Operation) -> bool | None:
    """A supervisor countersigns a signed note of whom they supervise."""
    if operation is not Operation.COUNTERSIGN:
        return None
    return reader.standing is Standing.SUPERVISING and record.kind in COUNTERSIGNED


def the_clinicians_edition_never_leaves(
    reader: Reader, record: Facts, operation: Operation
) -> bool | None:
    """Of reports, the joint edition can leave by the release desk; the clinician's cannot."""
    if operation is not Operation.RELEASE or record.kind is not Kind.REPORT:
        return None
    return None if record.audience is Audience.COUPLE else False


def the_lead_releases(reader: Reader, record: Facts, operation: Operation) -> bool | None:
    """What leaves the practice is finished, and leaves by the hand of whoever has the lead."""
    if operation is not Operation.RELEASE or reader.standing is not Standing.TREATING:
        return None
    return record.final and record.kind in RELEASABLE


ACT_RULES: tuple[Rule, ...] = (
    letters_go_out_in_ones_own_name,
    members_write_their_own_words,
    nobody_acts_on_what_they_cannot_read,
    process_notes_are_written_by_their_author,
    journals_are_their_authors,
    whoever_treats_the_couple_writes_the_record,
    reception_keeps_the_diary,
    owners_answer_requests,
    plans_are_put_away_by_whom_they_are_for,
    what_waits_for_a_session_is_opened_by_the_therapist,
    letters_are_put_away_by_whom_they_are_of,
    authors_open_and_close_their_own,
    people_sign_for_themselves,
    supervisors_countersign,
    the_clinicians_edition_never_leaves,
    the_lead_releases,
)


def may(reader: Reader, record: Facts, operation: Operation) -> Decision:
    """Say whether ``reader`` may do ``operation`` with ``record``, and which rule said so."""
    if operation is Operation.READ:
        return decide(reader, record)
    for rule in ACT_RULES:
        verdict = rule(reader, record, operation)
        if verdict is not None:
            return Decision(verdict, rule.__name__)
    return Decision(False, "not_allowed_by_default")
