"""Showing later, taking back, locking away: what the author finds, and what the others do."""

from datetime import timedelta
from uuid import uuid4

import pytest

from practice.db import db
from practice.domain.reports import Edition
from practice.domain.visibility import Audience
from practice.models.homework import HomeworkEntry
from practice.models.responses import Response
from practice.services import (
    clock,
    corrections,
    goals,
    homework,
    letters,
    own_entries,
    paper,
    reports,
    responses,
)
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.letters import time_requests
from practice.services.own_entries import EntryKind
from tests import exercises
from tests.builders import leave
from tests.measure_builders import answer, choose, csi16
from tests.own_entry_builders import SHOWN, record_of, seen_by

ACTS = (own_entries.take_back, own_entries.lock_away, own_entries.open_again)


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


@pytest.mark.parametrize("person", ["ada", "finn", "cleo", "tess"])
def test_nobody_does_it_for_somebody_else(inside, entries, person):
    somebody = getattr(inside, person)
    for kind in EntryKind:
        to = {"actor": somebody, "kind": kind, "record_id": entries[kind]}
        for act in ACTS:
            with pytest.raises(NotFound):
                act(**to)
        with pytest.raises(NotFound):
            own_entries.show(**to, audience=Audience.COUPLE)
    assert seen_by(inside, inside.ada, entries) == SHOWN
    assert seen_by(inside, inside.ben, entries) == set(EntryKind)


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
