"""Showing later, taking back, locking away: what the author finds, and what the others do."""

from datetime import timedelta
from uuid import uuid4

import pytest

from practice.db import db
from practice.domain.homework.terms import GivenTo
from practice.domain.reports import Edition
from practice.domain.visibility import Audience
from practice.models.homework import HomeworkEntry
from practice.models.responses import Response
from practice.services import (
    clock,
    corrections,
    goals,
    homework,
    intake,
    intake_record,
    journal,
    letters,
    own_entries,
    paper,
    portal_todo,
    reports,
    responses,
)
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.goals import hopes
from practice.services.letters import time_requests
from practice.services.own_entries import EntryKind
from tests import exercises
from tests.builders import leave
from tests.measure_builders import answer, choose, csi16
from tests.worlds import portal as portal_world

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

ACTS = (own_entries.take_back, own_entries.lock_away, own_entries.open_again)


@pytest.fixture
def entries(inside):
    """One entry of Ben's of each kind, opened to Ada; by kind."""
    task = exercises.give(inside)
    goal = exercises.set_goal(inside)
    together = exercises.give(inside, given_to=GivenTo.TOGETHER, audience=Audience.COUPLE)
    for author in (inside.ada, inside.ben):
        entry = exercises.write(author, task, Audience.WHEN_ALL_DONE, noticed=author.first_name)
        rating = exercises.rate(author, goal, 1, Audience.COUPLE, comment=author.first_name)
        progress = exercises.say_progress(author, goal, 6, Audience.COUPLE)
    return {
        EntryKind.ANSWERS: answer(inside, inside.ben, "csi16", csi16(40), Audience.COUPLE),
        EntryKind.HOMEWORK: entry,
        EntryKind.RATING: rating,
        EntryKind.PROGRESS: progress,
        EntryKind.HOPE: hope_for(inside, inside.ben, "A garden")[0],
        EntryKind.INTAKE: section_shown(inside, inside.ben),
        EntryKind.JOURNAL: portal_world.page(inside.ben, "A hard evening"),
        EntryKind.LETTER: letter_of(inside, inside.ben),
        EntryKind.TIME_ALONE: asking_of(inside, inside.ben),
        EntryKind.VIEW: exercises.say(inside.ben, together, Audience.THERAPIST),
        "together": together,
        "task": task,
        "goal": goal,
    }


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


def test_everything_is_open_to_begin_with(inside, entries):
    assert seen_by(inside, inside.ada, entries) == SHOWN
    assert seen_by(inside, inside.ben, entries) == set(EntryKind)


@pytest.mark.parametrize("kind", sorted(SHOWN))
def test_what_is_taken_back_is_gone_for_the_other_and_stays_for_its_author(inside, entries, kind):
    own_entries.take_back(actor=inside.ben, kind=kind, record_id=entries[kind])
    assert seen_by(inside, inside.ada, entries) == SHOWN - {kind}
    assert seen_by(inside, inside.ben, entries) == set(EntryKind)
    shown = own_entries.own_entry(actor=inside.ben, kind=kind, record_id=entries[kind])
    assert shown.seen_by == "You and Tess"
    assert not shown.is_open


@pytest.mark.parametrize("kind", sorted(SHOWN))
def test_it_can_be_shown_again(inside, entries, kind):
    own_entries.take_back(actor=inside.ben, kind=kind, record_id=entries[kind])
    shown = own_entries.own_entry(actor=inside.ben, kind=kind, record_id=entries[kind])
    widest, words = shown.wider[-1]
    assert "Ben" not in words
    assert "Ada" in words
    own_entries.show(actor=inside.ben, kind=kind, record_id=entries[kind], audience=widest)
    assert seen_by(inside, inside.ada, entries) == SHOWN


def test_a_task_that_opened_closes_for_both_when_one_takes_theirs_back(inside, entries):
    """As if that one had not written: nobody goes on reading by a rule that does not hold."""
    kind = EntryKind.HOMEWORK
    own_entries.take_back(actor=inside.ben, kind=kind, record_id=entries[kind])
    mine = homework.portal_assignment(actor=inside.ada, assignment_id=entries["task"])
    assert [line.badge for line in mine.lines] == ["You and Tess; Ben too, once both have written"]
    bens = homework.portal_assignment(actor=inside.ben, assignment_id=entries["task"])
    assert [line.author for line in bens.lines] == ["Ben"]


def test_a_locked_entry_opens_nothing_whatever_stands_on_it(inside):
    """Locking takes back as well; should a row ever say otherwise, it still never was."""
    task = exercises.give(inside)
    entry = exercises.write(inside.ben, task, Audience.WHEN_ALL_DONE)
    exercises.write(inside.ada, task, Audience.WHEN_ALL_DONE)
    db.session.get_one(HomeworkEntry, entry).locked_at = clock.now()
    db.session.flush()
    sheet = homework.portal_assignment(actor=inside.ada, assignment_id=task)
    assert [line.badge for line in sheet.lines] == ["You and Tess; Ben too, once both have written"]


def test_what_was_kept_for_oneself_can_be_shown_step_by_step(inside):
    task = exercises.give(inside, audience=Audience.COUPLE)
    entry = exercises.write(inside.ben, task, Audience.PRIVATE)
    shown = own_entries.own_entry(actor=inside.ben, kind=EntryKind.HOMEWORK, record_id=entry)
    assert shown.seen_by == "You alone"
    assert [words for _, words in shown.wider] == [
        "You and Tess",
        "You and Tess; Ada too, once both have written",
        "You, Tess and Ada",
    ]
    to = {"actor": inside.ben, "kind": EntryKind.HOMEWORK, "record_id": entry}
    own_entries.show(**to, audience=Audience.THERAPIST)
    with pytest.raises(Invalid):
        own_entries.show(**to, audience=Audience.PRIVATE)
    own_entries.take_back(**to)
    assert own_entries.own_entry(**to).audience is Audience.THERAPIST


def test_what_was_agreed_for_one_person_is_never_offered_to_the_other(inside):
    task = exercises.give(inside, audience=Audience.THERAPIST)
    entry = exercises.write(inside.ben, task, Audience.THERAPIST)
    shown = own_entries.own_entry(actor=inside.ben, kind=EntryKind.HOMEWORK, record_id=entry)
    assert shown.wider == ()
    with pytest.raises(Refused):
        own_entries.show(
            actor=inside.ben,
            kind=EntryKind.HOMEWORK,
            record_id=entry,
            audience=Audience.COUPLE,
        )
    health = answer(inside, inside.ben, "phq9", choose("phq9"))
    shown = own_entries.own_entry(actor=inside.ben, kind=EntryKind.ANSWERS, record_id=health)
    assert shown.wider == ()


@pytest.mark.parametrize("kind", EntryKind)
def test_what_is_locked_away_is_gone_for_both(inside, entries, kind):
    own_entries.lock_away(actor=inside.ben, kind=kind, record_id=entries[kind])
    assert seen_by(inside, inside.ada, entries) == SHOWN - {kind}
    assert seen_by(inside, inside.ben, entries) == set(EntryKind) - {kind}
    with pytest.raises(NotFound):
        own_entries.own_entry(actor=inside.ben, kind=kind, record_id=entries[kind])
    (locked,) = own_entries.locked_entries(actor=inside.ben)
    assert (locked.kind, locked.record_id) == (kind, entries[kind])
    assert locked.lines
    assert own_entries.locked_entries(actor=inside.ada) == ()


@pytest.mark.parametrize("kind", EntryKind)
def test_opened_again_it_is_back_for_its_author_alone(inside, entries, kind):
    own_entries.lock_away(actor=inside.ben, kind=kind, record_id=entries[kind])
    own_entries.open_again(actor=inside.ben, kind=kind, record_id=entries[kind])
    assert seen_by(inside, inside.ben, entries) == set(EntryKind)
    assert seen_by(inside, inside.ada, entries) == SHOWN - {kind}


def test_the_therapist_keeps_what_was_for_the_therapist(inside, entries):
    for kind in EntryKind:
        own_entries.lock_away(actor=inside.ben, kind=kind, record_id=entries[kind])
    page = responses.response_page(actor=inside.tess, response_id=entries[EntryKind.ANSWERS])
    assert page.badge == "You and Ben"
    _, goal = goals.goal_page(actor=inside.tess, goal_id=entries["goal"])
    assert {one.rater for one in goal.history} == {"Ada", "Ben"}
    sheet = homework.assignment_page(actor=inside.tess, assignment_id=entries["task"])
    assert {one.line.author for one in sheet.page.entries} == {"Ada", "Ben"}
    hoped = goals.couple_goals(actor=inside.tess, couple_id=inside.couple).hopes
    assert [one.words for one in hoped] == ["A garden"]
    assert record_of(inside, "brings").own.id == entries[EntryKind.INTAKE]
    whose = {"couple_id": inside.couple, "person_id": inside.ben.person_id}
    thread = letters.person_thread(actor=inside.tess, **whose)
    assert [one.body for one in thread.letters.shown] == ["For Tess."]
    asking = entries[EntryKind.TIME_ALONE]
    assert time_requests.asked_time(actor=inside.tess, request_id=asking).asking.about == "A word."


def test_a_joint_report_follows_at_once(inside, entries):
    def values():
        found = reports.outcome_findings(
            actor=inside.tess, couple_id=inside.couple, edition=Edition.JOINT
        )
        return found.scales, [rating.rater for goal in found.goals for rating in goal.ratings]

    scales, raters = values()
    assert scales
    assert len(raters) == 2
    own_entries.lock_away(
        actor=inside.ben, kind=EntryKind.ANSWERS, record_id=entries[EntryKind.ANSWERS]
    )
    own_entries.take_back(
        actor=inside.ben, kind=EntryKind.RATING, record_id=entries[EntryKind.RATING]
    )
    scales, raters = values()
    assert not scales
    assert len(raters) == 1


def test_locked_answers_leave_no_page_that_thanks_for_them(inside, entries):
    request = db.session.get_one(Response, entries[EntryKind.ANSWERS]).request_id
    responses.questions(actor=inside.ben, request_id=request)
    own_entries.lock_away(
        actor=inside.ben, kind=EntryKind.ANSWERS, record_id=entries[EntryKind.ANSWERS]
    )
    with pytest.raises(NotFound):
        responses.questions(actor=inside.ben, request_id=request)
    assert responses.portal_requests(actor=inside.ben) == ()


def test_a_correction_of_what_is_locked_stays_locked(inside):
    typed_in = paper.enter_answers(
        actor=inside.tess,
        couple_id=inside.couple,
        person_id=inside.ben.person_id,
        measure_key="csi16",
        new_id=uuid4(),
        day=clock.today(),
        answers=csi16(20),
    )
    own_entries.lock_away(actor=inside.ben, kind=EntryKind.ANSWERS, record_id=typed_in)
    corrections.correct_typed_in(
        actor=inside.tess,
        response_id=typed_in,
        new_id=uuid4(),
        day=clock.today(),
        answers=csi16(30),
        reason="A slip.",
    )
    assert responses.own_answers(actor=inside.ben).own == ()
    (locked,) = own_entries.locked_entries(actor=inside.ben)
    own_entries.open_again(actor=inside.ben, kind=EntryKind.ANSWERS, record_id=locked.record_id)
    (own,) = responses.own_answers(actor=inside.ben).own
    assert len(own.earlier) == 1


def test_own_figures_forget_what_is_locked(inside):
    task = exercises.give(inside)
    entry = exercises.write(inside.ben, task, Audience.THERAPIST)
    yesterday = clock.today() - timedelta(days=1)
    exercises.write(inside.ben, task, Audience.THERAPIST, day=yesterday)
    before = homework.portal_assignment(actor=inside.ben, assignment_id=task).task
    assert (before.done, before.days_written) == (1, 2)
    own_entries.lock_away(actor=inside.ben, kind=EntryKind.HOMEWORK, record_id=entry)
    after = homework.portal_assignment(actor=inside.ben, assignment_id=task).task
    assert (after.done, after.days_written) == (0, 1)


@pytest.mark.parametrize("kind", EntryKind)
@pytest.mark.parametrize("person", ["ada", "finn", "cleo", "tess"])
def test_nobody_does_it_for_somebody_else(inside, entries, kind, person):
    somebody = getattr(inside, person)
    for act in ACTS:
        with pytest.raises(NotFound):
            act(actor=somebody, kind=kind, record_id=entries[kind])
    with pytest.raises(NotFound):
        own_entries.show(
            actor=somebody, kind=kind, record_id=entries[kind], audience=Audience.COUPLE
        )
    assert seen_by(inside, inside.ada, entries) == SHOWN


@pytest.mark.parametrize("kind", sorted(SHOWN))
def test_who_has_left_takes_back_and_locks_and_shares_nothing_more(inside, entries, kind):
    leave(inside.couple, inside.ben, on=clock.today())
    to = {"actor": inside.ben, "kind": kind, "record_id": entries[kind]}
    assert own_entries.own_entry(**to).wider == ()
    own_entries.take_back(**to)
    with pytest.raises(Refused):
        own_entries.show(**to, audience=Audience.COUPLE)
    own_entries.lock_away(**to)
    assert [one.kind for one in own_entries.locked_entries(actor=inside.ben)] == [kind]
    own_entries.open_again(**to)


# ---- what somebody hopes for ---------------------------------------------------------------


def lock(cast, kind, record_id):
    own_entries.lock_away(actor=cast.ben, kind=kind, record_id=record_id)


def put_back(cast, kind, record_id):
    own_entries.open_again(actor=cast.ben, kind=kind, record_id=record_id)


def test_a_hope_is_locked_away_and_never_shown_or_taken_back(inside):
    (hope,) = hope_for(inside, inside.ben, "A garden")
    to = {"actor": inside.ben, "kind": EntryKind.HOPE, "record_id": hope}
    shown = own_entries.own_entry(**to)
    assert (shown.wider, shown.is_open, shown.others) == ((), False, ())
    assert shown.seen_by == "You and Tess"
    with pytest.raises(Refused):
        own_entries.show(**to, audience=Audience.COUPLE)
    with pytest.raises(NotFound):
        own_entries.take_back(**to)
    leave(inside.couple, inside.ben, on=clock.today())
    own_entries.lock_away(**to)
    (locked,) = own_entries.locked_entries(actor=inside.ben)
    assert (locked.title, locked.lines) == ("What you hope for", ("A garden",))
    own_entries.open_again(**to)
    assert [one.words for one in goals.own_hopes(actor=inside.ben)] == ["A garden"]


def test_the_place_of_a_locked_hope_is_free_and_another_is_found_for_it(inside):
    first, *_ = hope_for(inside, inside.ben, "A garden", "More talks")
    lock(inside, EntryKind.HOPE, first)
    places = hopes.places_of(inside.couple, inside.ben.person_id)
    assert [place.words for place in places] == ["", "More talks", ""]
    hope_for(inside, inside.ben, "Fewer quarrels")
    put_back(inside, EntryKind.HOPE, first)
    own = goals.own_hopes(actor=inside.ben)
    assert [(one.place, one.words) for one in own] == [
        (1, "Fewer quarrels"),
        (2, "More talks"),
        (3, "A garden"),
    ]


def test_a_fourth_hope_stays_locked_until_there_is_room(inside):
    first, *_ = hope_for(inside, inside.ben, "A garden")
    lock(inside, EntryKind.HOPE, first)
    _, second, _ = hope_for(inside, inside.ben, "One", "Two", "Three")
    with pytest.raises(Refused, match="room for three"):
        put_back(inside, EntryKind.HOPE, first)
    lock(inside, EntryKind.HOPE, second)
    put_back(inside, EntryKind.HOPE, first)
    assert [one.words for one in goals.own_hopes(actor=inside.ben)] == ["One", "A garden", "Three"]


# ---- sections of the intake ----------------------------------------------------------------


def of_ben(cast, key="brings"):
    """Return a section as Ben finds it."""
    (mine,) = intake.my_intake(actor=cast.ben).own
    return next(one for one in mine.sections if one.section.key == key)


def test_a_locked_section_is_as_if_never_written_and_asks_again(inside):
    intake_record.ask(actor=inside.tess, couple_id=inside.couple, person_id=inside.ben.person_id)
    before = portal_todo.own_todo(actor=inside.ben)
    section(inside, inside.ben, brings="First.")
    entry = section(inside, inside.ben, brings="Second.")
    lock(inside, EntryKind.INTAKE, entry)
    assert of_ben(inside).entry is None, "what stood there before is locked too"
    address = intake.section_id_of(inside.couple, inside.ben.person_id, "brings")
    assert intake.section_page(actor=inside.ben, section_id=address).content == {}
    assert portal_todo.own_todo(actor=inside.ben) == before
    for act in (intake.share, intake.unshare):
        with pytest.raises(NotFound):
            act(actor=inside.ben, entry_id=entry)
    (locked,) = own_entries.locked_entries(actor=inside.ben)
    assert locked.lines == ("What brings you here? Second.",)


def test_what_was_begun_and_not_saved_goes_with_what_is_locked(inside):
    """It holds the words that are locked, and would show them on the form."""
    entry = section(inside, inside.ben)
    address = intake.section_id_of(inside.couple, inside.ben.person_id, "brings")
    other = intake.section_id_of(inside.couple, inside.ben.person_id, "story")
    for about in (address, other):
        intake.keep_for_later(
            actor=inside.ben, section_id=about, fields={"answer_brings": "The quarrels. And"}
        )
    lock(inside, EntryKind.INTAKE, entry)
    assert intake.section_page(actor=inside.ben, section_id=address).kept is None
    assert intake.section_page(actor=inside.ben, section_id=other).kept is not None


def test_what_is_written_since_stands_and_the_locked_one_waits(inside):
    entry = section(inside, inside.ben, "concerns", pp_trust="3")
    lock(inside, EntryKind.INTAKE, entry)
    anew = section(inside, inside.ben, "concerns", pp_trust="1")
    assert of_ben(inside, "concerns").entry.id == anew
    found = record_of(inside, "concerns")
    assert (found.own.id, [one.id for one in found.earlier]) == (anew, [entry])
    page = intake_record.couple_intake(actor=inside.tess, couple_id=inside.couple)
    (weighed,) = [row for row in page.problems if row.problem.key == "trust"]
    assert 1 in [severity for severity, _ in weighed.views], "the newest counts"
    with pytest.raises(Refused, match="anew"):
        put_back(inside, EntryKind.INTAKE, entry)
    lock(inside, EntryKind.INTAKE, anew)
    put_back(inside, EntryKind.INTAKE, entry)
    assert of_ben(inside, "concerns").entry.id == entry


def test_what_the_therapist_notes_in_place_of_a_locked_note_stays_locked(inside):
    def note(words):
        new_id = uuid4()
        intake_record.note(
            actor=inside.tess,
            couple_id=inside.couple,
            person_id=inside.ben.person_id,
            key="brings",
            new_id=new_id,
            raw={"brings": words},
        )
        return new_id

    first = note("Told.")
    assert (
        own_entries.own_entry(actor=inside.ben, kind=EntryKind.INTAKE, record_id=first).wider == ()
    )
    lock(inside, EntryKind.INTAKE, first)
    second = note("Told better.")
    assert of_ben(inside).noted is None
    (locked,) = own_entries.locked_entries(actor=inside.ben)
    assert locked.record_id == second
    put_back(inside, EntryKind.INTAKE, second)
    assert of_ben(inside).noted.id == second


def test_what_was_private_is_shown_step_by_step(inside):
    entry = section(inside, inside.ben, "background", Audience.PRIVATE, unsaid="It.")
    to = {"actor": inside.ben, "kind": EntryKind.INTAKE, "record_id": entry}
    wider = own_entries.own_entry(**to).wider
    assert [audience for audience, _ in wider] == [Audience.THERAPIST, Audience.COUPLE]
    own_entries.show(**to, audience=Audience.COUPLE)
    (shown,) = intake.my_intake(actor=inside.ada).shown
    assert shown.view.id == entry
    own_entries.take_back(**to)
    assert intake.my_intake(actor=inside.ada).shown == ()
