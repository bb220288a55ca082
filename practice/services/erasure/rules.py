"""What becomes of every column that can hold something of a person who is erased.

Every column that points at a person, and every sealed one, must stand in one of these lists. A new
one that does not makes a test fail, and an erasure is refused until somebody has decided.
"""

from enum import StrEnum

from practice.models import Base
from practice.models.agreements import SecretsPolicy
from practice.models.couples import Care, Couple, Membership
from practice.models.events import CourseEvent
from practice.models.goals import Goal
from practice.models.homework import Assignment, AssignmentVersion
from practice.models.notes import JointNoteVersion, ProcessNoteVersion
from practice.models.releases import (
    AgreedReleaseRule,
    Authorisation,
    AuthorisationRequest,
    PassageDecision,
    ReleaseBundle,
    ReleaseCase,
)
from practice.models.resources import ResourceGiven
from practice.models.retention import LegalHold
from practice.models.safety import ClearanceDecision, SafeguardingEntry
from practice.models.sessions import Addendum, JointNote, ProcessNote, TherapySession


class Fate(StrEnum):
    """What becomes of a row by a column that names the person."""

    GONE = "gone"
    """The row goes, with all that hangs on it."""

    NAMELESS = "nameless"
    """The row stays, pointing at somebody without a name."""

    STAFF = "staff"
    """It names somebody of the practice; a client is never in it."""


PERSON_COLUMNS: dict[str, Fate] = {
    "account.person_id": Fate.GONE,
    "addendum.author_id": Fate.STAFF,
    "agenda_record.person_id": Fate.GONE,
    "agenda_record.recorded_by": Fate.STAFF,
    "agreed_release_rule.set_by": Fate.STAFF,
    "assignment.given_by": Fate.STAFF,
    "assignment_pause.paused_by": Fate.STAFF,
    "assignment_version.changed_by": Fate.STAFF,
    # Nameless, not gone: what was to open when everybody has done it must not open by this.
    "assignment_receiver.person_id": Fate.NAMELESS,
    "attendance.person_id": Fate.NAMELESS,
    "authorisation.person_id": Fate.NAMELESS,
    "authorisation.recorded_by": Fate.STAFF,
    "authorisation_request.asked_by": Fate.STAFF,
    "authorisation_request.person_id": Fate.NAMELESS,
    "battery_setting.set_by": Fate.STAFF,
    "calendar_feed.person_id": Fate.GONE,
    "care.therapist_id": Fate.STAFF,
    "case_check.done_by": Fate.STAFF,
    "clearance_decision.decided_by": Fate.STAFF,
    "course_event.about_id": Fate.GONE,
    "course_event.author_id": Fate.STAFF,
    "draft.person_id": Fate.GONE,
    "erasure.erased_by": Fate.STAFF,
    "goal.person_id": Fate.GONE,
    "goal.set_by": Fate.STAFF,
    "goal_progress.rater_id": Fate.GONE,
    "goal_rating.rater_id": Fate.GONE,
    "homework_entry.author_id": Fate.GONE,
    "homework_view.author_id": Fate.GONE,
    "hope.person_id": Fate.GONE,
    "invitation.created_by": Fate.STAFF,
    "invitation.person_id": Fate.GONE,
    "issued_report.issued_by": Fate.STAFF,
    "joint_note.author_id": Fate.STAFF,
    "legal_hold.lifted_by": Fate.STAFF,
    "legal_hold.set_by": Fate.STAFF,
    "measure_request.given_by": Fate.STAFF,
    "measure_request.person_id": Fate.GONE,
    "measure_request.withdrawn_by": Fate.STAFF,
    "membership.person_id": Fate.NAMELESS,
    "passage_decision.decided_by": Fate.STAFF,
    "practice_measure.created_by": Fate.STAFF,
    "practice_setting.set_by": Fate.STAFF,
    "process_note.author_id": Fate.STAFF,
    "release_bundle.issued_by": Fate.STAFF,
    "release_bundle.made_by": Fate.STAFF,
    "release_case.about_id": Fate.NAMELESS,
    "release_case.decided_by": Fate.STAFF,
    "release_case.opened_by": Fate.NAMELESS,
    "reminder.person_id": Fate.GONE,
    "reminder_cause.person_id": Fate.GONE,
    "reminder_opt_out.person_id": Fate.GONE,
    "response.author_id": Fate.GONE,
    "response.entered_by": Fate.STAFF,
    "risk_flag.person_id": Fate.GONE,
    "risk_flag.seen_by": Fate.STAFF,
    "safe_contact.person_id": Fate.GONE,
    "safe_contact.written_by": Fate.GONE,
    "safeguarding_entry.written_by": Fate.STAFF,
    "safety_plan.person_id": Fate.GONE,
    "safety_plan.written_by": Fate.STAFF,
    "scale_figures.set_by": Fate.STAFF,
    "screening.entered_by": Fate.STAFF,
    "screening.person_id": Fate.GONE,
    "screening.seen_by": Fate.STAFF,
    "screening_request.asked_by": Fate.STAFF,
    "screening_request.person_id": Fate.GONE,
    "step_request.given_by": Fate.STAFF,
    "step_request.person_id": Fate.GONE,
    "step_request.withdrawn_by": Fate.STAFF,
    "supervision.supervisor_id": Fate.STAFF,
    "supervision.therapist_id": Fate.STAFF,
    "therapy_session.person_id": Fate.GONE,
    "therapy_session.therapist_id": Fate.STAFF,
    "agreement_text.set_by": Fate.STAFF,
    "care.begun_by": Fate.STAFF,
    "consent_event.person_id": Fate.GONE,
    "consent_event.recorded_by": Fate.STAFF,
    "countersignature.supervisor_id": Fate.STAFF,
    "intake_entry.noted_by": Fate.STAFF,
    "intake_entry.person_id": Fate.GONE,
    "intake_request.asked_by": Fate.STAFF,
    "intake_request.person_id": Fate.GONE,
    "joint_note_version.author_id": Fate.STAFF,
    "joint_passage.added_by": Fate.STAFF,
    "joint_passage.person_id": Fate.GONE,
    "member_note.about_id": Fate.GONE,
    "member_note.author_id": Fate.STAFF,
    "member_note_addendum.author_id": Fate.STAFF,
    "member_note_version.author_id": Fate.STAFF,
    "note_template.created_by": Fate.STAFF,
    "permission.asked_by": Fate.STAFF,
    "permission.person_id": Fate.GONE,
    "permission.recorded_by": Fate.STAFF,
    "permission.withdrawn_by": Fate.GONE,
    "process_note_version.author_id": Fate.STAFF,
    "secrets_policy.chosen_by": Fate.STAFF,
    "secrets_policy_told.person_id": Fate.NAMELESS,
    # Nameless, not gone: what has ended does not hold again because somebody was erased.
    "entry_ending.person_id": Fate.NAMELESS,
    "entry_signature.person_id": Fate.GONE,
    "tracker_mark.person_id": Fate.GONE,
    "worksheet.created_by": Fate.STAFF,
    "journal_page.author_id": Fate.GONE,
    "resource.added_by": Fate.STAFF,
    "resource.approved_by": Fate.STAFF,
    "resource_given.given_by": Fate.STAFF,
    "resource_given.person_id": Fate.GONE,
    "message.author_id": Fate.GONE,
    "message.person_id": Fate.GONE,
    # Nameless, not gone: what all wrote must not become a letter to the one who stays.
    "message_party.person_id": Fate.NAMELESS,
    "message_reading.person_id": Fate.GONE,
    "time_request.person_id": Fate.GONE,
    "time_request.seen_by": Fate.STAFF,
    "together_wish.person_id": Fate.GONE,
}
"""By ``table.column``, for every foreign key to a person."""

GOES_ALONG = frozenset({"countersignature.joint_note_id", "countersignature.member_note_id"})
"""References that may be empty and whose rows mean nothing without what they point at."""

RENAMED: tuple[tuple[type[Base], str], ...] = (
    (Couple, "agreed_problem"),
    (TherapySession, "next_steps"),
    (JointNote, "body"),
    (ProcessNote, "body"),
    (Addendum, "body"),
    (Goal, "title"),
    (Goal, "levels"),
    (Assignment, "instructions"),
    (Assignment, "end_words"),
    (AssignmentVersion, "instructions"),
    (CourseEvent, "words"),
    (ReleaseCase, "requester"),
    (ReleaseCase, "wanted"),
    (ReleaseCase, "names"),
    (ReleaseCase, "reason"),
    (ReleaseCase, "sent"),
    (AgreedReleaseRule, "reason"),
    (AuthorisationRequest, "recipient"),
    (AuthorisationRequest, "purpose"),
    (PassageDecision, "reason"),
    (ReleaseBundle, "recipient"),
    (LegalHold, "reason"),
    (LegalHold, "lift_reason"),
    (ClearanceDecision, "reason"),
    (SafeguardingEntry, "known_facts"),
    (SafeguardingEntry, "consulted"),
    (SafeguardingEntry, "decision"),
    (SafeguardingEntry, "reason"),
    (Care, "reason"),
    (SecretsPolicy, "reason"),
    (JointNote, "content"),
    (JointNoteVersion, "body"),
    (JointNoteVersion, "content"),
    (ProcessNoteVersion, "body"),
    (ResourceGiven, "words"),
)
"""Texts of the practice that stay because they are the others' record, too: the name goes."""

CLEARED: tuple[tuple[type[Base], str, str], ...] = (
    (Membership, "person_id", "problem"),
    (Authorisation, "person_id", "signed_name"),
    (ReleaseCase, "opened_by", "wanted"),
)
"""Texts in rows that stay nameless, which are this person's own: emptied. Class, whose, which."""

UNTOUCHED = {
    "homework_entry.content_sealed": "another member's own words, also where they name this person",
    "goal.area_sealed": "what a joint goal is about, by a fixed key; it names nobody",
    "homework_view.content_sealed": "another member's own view",
    "goal_rating.comment_sealed": "another member's own words, or the therapist's on a joint goal",
    "response.answers_sealed": "another member's own answers",
    "response.reason_sealed": "another member's own words",
    "risk_flag.note_sealed": "what was done about another member's answer",
    "draft.content_sealed": "another person's own draft",
    "issued_report.pdf_sealed": "every issued report of the couple goes",
    "release_bundle.content_sealed": "every file of a release goes; its line stays",
    "consent_event.name_sealed": "another member's own signature",
    "consent_event.words_sealed": "another member's own words",
    "entry_signature.signed_sealed": "another member's own copy of what they signed",
    "intake_entry.content_sealed": "another member's own words",
    "joint_passage.text_sealed": "another member's own words",
    "member_note.body_sealed": "a note about another member alone",
    "member_note.content_sealed": "a note about another member alone",
    "member_note_addendum.body_sealed": "a note about another member alone",
    "member_note_version.body_sealed": "a note about another member alone",
    "member_note_version.content_sealed": "a note about another member alone",
    "permission.purpose_sealed": "what another member was asked",
    "permission.words_sealed": "another member's own words",
    "journal_page.words_sealed": "another member's own words",
    "hope.words_sealed": "another member's own words",
    "safe_contact.details_sealed": "how another member may be reached",
    "safety_plan.parts_sealed": "another member's plan",
    "screening.answers_sealed": "another member's answers",
    "screening.note_sealed": "what was done about another member's answers",
    "message.body_sealed": "another member's own letters, and what the others wrote together",
    "time_request.about_sealed": "another member's own words",
    "time_request.when_sealed": "another member's own words",
    "time_request.answer_sealed": "what was written to another member alone",
    "person.born_on_sealed": "the entry of another person",
    "membership.problem_sealed": "what brings another member",
}
"""Sealed columns whose rows go with this person, and which are otherwise another person's own."""

PUT_FOR_NAME = "[a former member]"

TITLES = {
    "account": "their sign-in",
    "addendum": "additions to those notes",
    "agenda_record": "notes of what they wanted of the therapy",
    "assignment": "homework given to them alone",
    "consent_event": "agreements they signed",
    "course_event": "events that concern them alone",
    "entry_signature": "agreements they signed with the others",
    "goal": "goals of their own",
    "goal_progress": "how far they saw goals",
    "goal_rating": "ratings of goals",
    "homework_entry": "homework entries",
    "homework_view": "how they saw what was done together",
    "hope": "hopes they wrote down",
    "issued_report": "outcome reports as they were issued",
    "intake_entry": "what they wrote for the intake",
    "joint_note": "notes of those sessions",
    "member_note": "notes about them alone",
    "release_bundle": "files of earlier releases",
    "resource_given": "things to read that were given to them alone",
    "response": "answers to questionnaires",
    "therapy_session": "sessions with them alone",
}
"""What the rows of a table are called on the page that asks and on the certificate.

Everything else goes uncounted, together with what somebody kept to themselves. A certificate may
lie about at home: that there were private questions, an alert or a safety plan is nothing that it
may tell. The page that asks may not tell a therapist that there is something private or half
finished, nor that a colleague has process notes.
"""


def undecided_columns() -> tuple[str, ...]:
    """Return columns that point at a person and of which nobody has said what becomes of them."""
    return tuple(
        sorted(
            f"{table.name}.{column.name}"
            for table in Base.metadata.tables.values()
            for column in table.columns
            if any(key.column.table.name == "person" for key in column.foreign_keys)
            and f"{table.name}.{column.name}" not in PERSON_COLUMNS
        )
    )
