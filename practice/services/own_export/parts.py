"""What a person's file holds, kind by kind. Own words whole; of what is joint, no other's part."""

from collections.abc import Callable
from dataclasses import dataclass

from practice.models.agreements import (
    ConsentEvent,
    JointPassage,
    Permission,
    SecretsPolicyTold,
)
from practice.models.between import EntryEnding, EntrySignature, TrackerMark
from practice.models.couples import AgendaRecord, Membership
from practice.models.drafts import Draft
from practice.models.events import CourseEvent
from practice.models.goals import Goal, GoalProgress, GoalRating, Hope
from practice.models.homework import HomeworkEntry, HomeworkView
from practice.models.intake import IntakeEntry
from practice.models.journal import JournalPage
from practice.models.letters import Message, TimeRequest, TogetherWish
from practice.models.notes import MemberNote
from practice.models.releases import Authorisation, ReleaseCase
from practice.models.reminders import Reminder, ReminderCause, ReminderOptOut
from practice.models.resources import ResourceGiven
from practice.models.responses import MeasureRequest, Response
from practice.models.safety import SafeContactRecord, SafetyPlan, Screening
from practice.models.sessions import AttendanceRecord
from practice.services.own_export import (
    agreements,
    between,
    identity,
    letters,
    noted,
    portal,
    words,
)
from practice.services.own_export.subject import Record, Subject


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of thing in the file."""

    key: str
    """Its name in the JSON file."""

    title: str
    about: str
    """What it holds, for the description that lies in the file."""

    collect: Callable[[Subject], list[Record]]
    only_at_desk: bool = False


PARTS: tuple[Part, ...] = (
    Part("person", "You", "Name, date of birth, sign-in name.", identity.person),
    Part("memberships", "Your place in the record", "From when until when.", identity.memberships),
    Part(
        "agreed",
        "What was agreed to work on",
        "In the words that all members read.",
        identity.agreed,
    ),
    Part(
        "sessions",
        "Sessions",
        "Those you may know of, with your own attendance.",
        identity.sessions,
    ),
    Part("goals", "Goals", "Joint goals and your own, with their levels.", words.goals),
    Part(
        "goal_ratings",
        "Your ratings of goals",
        "Each with its words and readers.",
        words.goal_ratings,
    ),
    Part(
        "goal_progress", "How far you saw goals", "Each 0 to 10, with its day.", words.goal_progress
    ),
    Part("hopes", "What you hope for", "In your own words.", words.hopes),
    Part("homework", "Homework", "What you were given, and everything you wrote.", words.homework),
    Part("responses", "Your answers", "Every answer, score and correction.", words.responses),
    Part("asked", "What you were asked", "Questionnaires, answered or not.", words.asked),
    Part(
        "authorisations",
        "What you were asked to let go",
        "Each with your own answer to it.",
        agreements.authorisations,
    ),
    Part("intake", "Your intake", "Every section as you wrote or told it.", words.intake),
    Part(
        "journal",
        "Your journal",
        "Every page; those that are for you alone in your own file only.",
        portal.journal,
    ),
    Part(
        "resources",
        "What you were given to read",
        "Each with the words that came with it.",
        portal.resources,
    ),
    Part(
        "consents", "What you agreed to", "Each text with its wording and day.", agreements.consents
    ),
    Part(
        "signed_together",
        "What you signed with each other",
        "Each as you read it, with the days on which you signed and ended it.",
        between.signed_together,
    ),
    Part(
        "promise_marks",
        "What you said of promises",
        "Your own, and those of others where you said so.",
        between.promise_marks,
    ),
    Part(
        "permissions",
        "What you allowed to be moved",
        "Into the joint record, and what was moved.",
        agreements.permissions,
    ),
    Part(
        "rules_on_secrets",
        "The rule about secrets",
        "Which one you were told of, and when.",
        agreements.rules_on_secrets,
    ),
    Part(
        "contact",
        "How you may be reached",
        "As you said it, every version; without the code word.",
        identity.contact,
    ),
    Part(
        "letters",
        "Your letters",
        "Between you and whoever treats you, answers included; of what was written together, your "
        "own.",
        letters.letters,
    ),
    Part("time_alone", "Asking for time alone", "What you asked, and the answer.", letters.asked),
    Part(
        "letters_together",
        "Asking for letters to all",
        "When you asked for them, and took it back.",
        letters.together,
    ),
    Part(
        "reminders",
        "E-mails you were sent",
        "When, and whether it worked. They all say the same.",
        identity.reminders,
    ),
    Part(
        "reminder_choices",
        "What you want no e-mails about",
        "As you chose it; in your own file only.",
        identity.reminder_choices,
    ),
    Part("own_requests", "What you asked for", "Copies and erasure.", agreements.own_requests),
    Part(
        "drafts", "Begun and not sent", "Half-finished forms; in your own file only.", words.drafts
    ),
    Part(
        "noted_about",
        "What your therapist noted about you alone",
        "Only where your therapist chose to add it.",
        noted.noted_about,
        only_at_desk=True,
    ),
    Part(
        "private_questions",
        "What you answered alone",
        "Only where you asked for it when you were alone with your therapist.",
        noted.private_questions,
        only_at_desk=True,
    ),
)
"""In the order of the file."""

NOT_EXPORTED = {
    "calendar_feed": "a secret address; the appointments themselves are in sessions",
    "invitation": "spent secrets, of no meaning to the person",
    "risk_flag": "the therapist's note about an answer; it is for whoever treats the couple",
    "attendance": "in sessions",
    "assignment_receiver": "in homework",
    "account": "in person; never a secret of it",
    "authorisation_request": "in authorisations",
    "therapy_session": "in sessions",
    "intake_request": "what was answered is in intake",
    "screening_request": "whether somebody was asked is told by word of mouth alone",
    "message_party": "to whom own letters to all went: in letters",
    "message_reading": "that letters were read: in letters",
    "step_request": "what the schedule asks beside measures; what was said stands in its own part",
}
"""Tables that point at a client and have no part of their own: where they stand, or why not."""

EXPORTED = {
    AgendaRecord.__tablename__,
    Authorisation.__tablename__,
    ConsentEvent.__tablename__,
    CourseEvent.__tablename__,
    Draft.__tablename__,
    EntryEnding.__tablename__,
    EntrySignature.__tablename__,
    Goal.__tablename__,
    GoalProgress.__tablename__,
    GoalRating.__tablename__,
    Hope.__tablename__,
    IntakeEntry.__tablename__,
    JointPassage.__tablename__,
    JournalPage.__tablename__,
    HomeworkEntry.__tablename__,
    HomeworkView.__tablename__,
    Message.__tablename__,
    TimeRequest.__tablename__,
    TogetherWish.__tablename__,
    MeasureRequest.__tablename__,
    MemberNote.__tablename__,
    Membership.__tablename__,
    Permission.__tablename__,
    ReleaseCase.__tablename__,
    ResourceGiven.__tablename__,
    Reminder.__tablename__,
    ReminderCause.__tablename__,
    ReminderOptOut.__tablename__,
    Response.__tablename__,
    SafeContactRecord.__tablename__,
    SafetyPlan.__tablename__,
    Screening.__tablename__,
    SecretsPolicyTold.__tablename__,
    AttendanceRecord.__tablename__,
    TrackerMark.__tablename__,
}
"""Tables that point at a client and are read above."""
