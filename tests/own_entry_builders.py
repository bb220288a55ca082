"""Entries of one’s own in tests: one of each kind, and who finds them."""

from uuid import uuid4

from practice.domain.visibility import Audience
from practice.services import (
    goals,
    homework,
    intake,
    intake_record,
    journal,
    letters,
    own_entries,
    responses,
)
from practice.services.goals import hopes
from practice.services.letters import time_requests
from practice.services.own_entries import EntryKind

ALONE = {
    EntryKind.HOPE,
    EntryKind.JOURNAL,
    EntryKind.LETTER,
    EntryKind.TIME_ALONE,
    EntryKind.VIEW,
}
"""For its author and the therapist at most, whatever happens."""


SHOWN = set(EntryKind) - ALONE
"""What Ada finds when nothing is taken back."""


def letter_of(cast, person):
    """Let somebody write to Tess."""
    new_id, thread = uuid4(), letters.thread_id_of(cast.couple, person.person_id)
    letters.send(actor=person, thread_id=thread, new_id=new_id, body="For Tess.")
    return new_id


def asking_of(cast, person):
    """Let somebody ask for time alone."""
    new_id, time_id = uuid4(), time_requests.time_id_of(cast.couple, person.person_id)
    time_requests.ask(actor=person, time_id=time_id, new_id=new_id, about="A word.", when="")
    return new_id


def hope_for(cast, person, *words):
    """Let somebody write what they hope for, and return the ids."""
    hopes.write(cast.couple, person.person_id, dict(enumerate(words, start=1)))
    return [one.id for one in goals.own_hopes(actor=person)]


def record_of(cast, key):
    """Return a section of Ben's as Tess reads it."""
    found = intake_record.couple_intake(actor=cast.tess, couple_id=cast.couple)
    (ben,) = [one for one in found.members if one.member.first_name == "Ben"]
    return ben.sections[key]


def section_shown(cast, person, key="brings", **raw):
    """Let somebody write a section of their intake and show it."""
    entry = section(cast, person, key, **raw)
    intake.share(actor=person, entry_id=entry)
    return entry


def section(cast, person, key="brings", audience=Audience.THERAPIST, **raw):
    """Let somebody write a section of their intake."""
    new_id = uuid4()
    intake.save(
        actor=person,
        section_id=intake.section_id_of(cast.couple, person.person_id, key),
        new_id=new_id,
        raw=raw or {"brings": "The quarrels."},
        audience=audience,
    )
    return new_id


def seen_by(cast, person, entries):
    """Return what somebody finds in the portal of Ben's entries."""
    goal = goals.portal_goal(actor=person, goal_id=entries["goal"]).goal
    sheet = homework.portal_assignment(actor=person, assignment_id=entries["task"])
    mine = responses.own_answers(actor=person)
    ids = {one.id for one in (*goal.history, *goal.progress)} | {line.id for line in sheet.lines}
    ids |= {one.response_id for one in mine.own}
    ids |= {one.id for one in goals.own_hopes(actor=person)}
    about = intake.my_intake(actor=person)
    ids |= {one.view.id for one in about.shown}
    ids |= {one.entry.id for own in about.own for one in own.sections if one.entry}
    ids |= {one.id for one in journal.own_journal(actor=person).pages}
    views = homework.view_page(actor=person, assignment_id=entries["together"])
    ids |= {one.id for one in views.own}
    thread = letters.thread_id_of(cast.couple, person.person_id)
    ids |= {one.id for one in letters.own_thread(actor=person, thread_id=thread).letters.shown}
    asked = time_requests.own_time(
        actor=person, time_id=time_requests.time_id_of(cast.couple, person.person_id)
    )
    ids |= {asked.open.id} if asked.open else set()
    found = {kind for kind in EntryKind if entries[kind] in ids}
    if any(one.name == "Ben" for one in mine.shared):
        found.add(EntryKind.ANSWERS)
    return found


def lock(cast, kind, record_id):
    own_entries.lock_away(actor=cast.ben, kind=kind, record_id=record_id)


def put_back(cast, kind, record_id):
    own_entries.open_again(actor=cast.ben, kind=kind, record_id=record_id)
