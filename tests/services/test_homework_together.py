"""Homework that is read together in a session, on both engines."""

from datetime import timedelta
from uuid import uuid4

import pytest

from practice.db import db
from practice.domain.homework.terms import GivenTo
from practice.domain.people import Role
from practice.domain.sessions import Attendance, SessionKind, SessionStatus
from practice.domain.visibility import Audience
from practice.models.homework import HomeworkEntry
from practice.services import clock, homework, own_entries
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.own_entries import EntryKind
from tests.builders import leave, make_couple, make_person
from tests.exercises import give, write
from tests.records import make_session

PRIVATE, THERAPIST, IN_SESSION, WAITS, COUPLE = Audience
CAME, LATE, AWAY = Attendance.ATTENDED, Attendance.LATE, Attendance.DID_NOT_ATTEND
WAITING = "You and Tess; in a session Tess can open it for Ben too"


@pytest.fixture
def task(inside):
    return give(inside, audience=IN_SESSION)


def session(cast, **overrides):
    """A joint session of this moment to which both came."""
    came = {cast.ada: CAME, cast.ben: LATE}
    return make_session(
        cast.couple, cast.tess, **({"starts_at": clock.now(), "attendance": came} | overrides)
    )


def open_it(cast, task, session_id):
    return homework.open_in_session(actor=cast.tess, assignment_id=task, session_id=session_id)


def seen_by(actor, task):
    return {line.id for line in homework.portal_assignment(actor=actor, assignment_id=task).lines}


def own(actor, entry):
    return {"actor": actor, "kind": EntryKind.HOMEWORK, "record_id": entry}


def test_until_it_is_opened_its_author_and_the_therapist_read_it(inside, task):
    hers = write(inside.ada, task, IN_SESSION)
    his = write(inside.ben, task, IN_SESSION)
    assert seen_by(inside.ada, task) == {hers}
    assert seen_by(inside.ben, task) == {his}
    (line,) = homework.portal_assignment(actor=inside.ada, assignment_id=task).lines
    assert line.badge == WAITING
    read = homework.assignment_page(actor=inside.tess, assignment_id=task).page.entries
    assert {one.line.id for one in read} == {hers, his}


def test_opened_in_a_session_everybody_it_was_given_to_reads_it(inside, task):
    hers, his = (write(person, task, IN_SESSION) for person in (inside.ada, inside.ben))
    kept = write(inside.ben, task, THERAPIST)
    met = session(inside)
    (offer,) = homework.openings_in(actor=inside.tess, session_id=met)
    assert (offer.authors, offer.pages, offer.for_whom) == ("Ada and Ben", 2, "both")
    assert offer.readers == "You, Ada and Ben"
    assert open_it(inside, task, met) == 2
    assert open_it(inside, task, met) == 0, "a second press does nothing more"
    assert seen_by(inside.ada, task) == {hers, his}
    assert seen_by(inside.ben, task) == {hers, his, kept}
    (line,) = (
        one
        for one in homework.portal_assignment(actor=inside.ada, assignment_id=task).lines
        if one.id == his
    )
    assert line.badge == "You, Tess and Ben"
    assert homework.openings_in(actor=inside.tess, session_id=met) == ()
    row = db.session.get_one(HomeworkEntry, hers)
    assert row.opened_in == met
    assert row.opened_at is not None


@pytest.mark.parametrize(
    "unfit",
    [
        {"kind": SessionKind.INDIVIDUAL},
        {"status": SessionStatus.CANCELLED, "attendance": {}},
        {"days": 1, "status": SessionStatus.PLANNED, "attendance": {}},
        {"days": -1, "status": SessionStatus.PLANNED, "attendance": {}},
        {"ben": AWAY},
        {"ada": Attendance.LATE_CANCELLATION},
        {"days": -1},  # held before it was written
    ],
)
def test_a_session_that_is_not_one_with_all_of_them_opens_nothing(inside, task, unfit):
    entry = write(inside.ada, task, IN_SESSION)
    options = dict(unfit)
    came = {inside.ada: options.pop("ada", CAME), inside.ben: options.pop("ben", CAME)}
    options.setdefault("attendance", came)
    options["starts_at"] = clock.now() + timedelta(days=options.pop("days", 0))
    if options.get("kind") is SessionKind.INDIVIDUAL:
        options |= {"person_id": inside.ada.person_id, "attendance": {inside.ada: CAME}}
    met = session(inside, **options)
    assert homework.openings_in(actor=inside.tess, session_id=met) == ()
    assert homework.assignment_page(actor=inside.tess, assignment_id=task).life.openings == ()
    with pytest.raises(Refused, match="joint session"):
        open_it(inside, task, met)
    assert seen_by(inside.ben, task) == set()
    assert db.session.get_one(HomeworkEntry, entry).opened_at is None


def test_it_can_be_opened_in_a_session_that_is_planned_for_today(inside, task):
    write(inside.ada, task, IN_SESSION)
    met = session(inside, status=SessionStatus.PLANNED, attendance={})
    (offer,) = homework.assignment_page(actor=inside.tess, assignment_id=task).life.openings
    assert offer.session_id == met
    assert open_it(inside, task, met) == 1


@pytest.mark.parametrize("who", ["ada", "ben"])
def test_where_one_has_left_nothing_is_opened(inside, task, who):
    """Neither for the one who stays, nor of the one who stays."""
    write(inside.ada, task, IN_SESSION)
    met = session(inside)
    leave(inside.couple, getattr(inside, who), on=clock.today())
    assert homework.openings_in(actor=inside.tess, session_id=met) == ()
    with pytest.raises(Refused):
        open_it(inside, task, met)


@pytest.mark.parametrize("act", [own_entries.take_back, own_entries.lock_away])
def test_what_its_author_takes_back_or_locks_away_before_is_not_opened(inside, task, act):
    entry = write(inside.ada, task, IN_SESSION)
    act(**own(inside.ada, entry))
    met = session(inside)
    with pytest.raises(Refused):
        open_it(inside, task, met)
    write(inside.ben, task, IN_SESSION)
    assert open_it(inside, task, met) == 1
    assert entry not in seen_by(inside.ben, task)


@pytest.mark.parametrize("act", [own_entries.take_back, own_entries.lock_away])
def test_taken_back_after_it_was_opened_it_waits_to_be_opened_anew(inside, task, act):
    entry = write(inside.ada, task, IN_SESSION)
    first, later = session(inside), session(inside, starts_at=clock.now() - timedelta(minutes=1))
    open_it(inside, task, first)
    assert seen_by(inside.ben, task) == {entry}
    act(**own(inside.ada, entry))
    assert seen_by(inside.ben, task) == set()
    if act is own_entries.lock_away:
        own_entries.open_again(**own(inside.ada, entry))
    assert seen_by(inside.ben, task) == set()
    own_entries.show(**own(inside.ada, entry), audience=IN_SESSION)
    assert seen_by(inside.ben, task) == set(), "nobody opens it but the therapist, in a session"
    assert open_it(inside, task, later) == 1
    assert seen_by(inside.ben, task) == {entry}


def test_its_author_can_give_it_to_a_session_later_and_wider_nobody(inside, task):
    entry = write(inside.ada, task, PRIVATE)
    shown = own_entries.own_entry(**own(inside.ada, entry))
    assert [words for _, words in shown.wider] == ["You and Tess", WAITING]
    for audience in (WAITS, COUPLE):
        with pytest.raises(Invalid):
            own_entries.show(**own(inside.ada, entry), audience=audience)
    for somebody in (inside.tess, inside.ben):
        with pytest.raises(NotFound):
            own_entries.show(**own(somebody, entry), audience=IN_SESSION)
    own_entries.show(**own(inside.ada, entry), audience=IN_SESSION)
    waiting = own_entries.own_entry(**own(inside.ada, entry))
    assert (waiting.is_open, waiting.waits_for_session, waiting.wider) == (True, True, ())
    open_it(inside, task, session(inside))
    assert own_entries.own_entry(**own(inside.ada, entry)).waits_for_session is False


def test_what_is_written_after_the_opening_waits_for_another(inside, task):
    write(inside.ada, task, IN_SESSION)
    open_it(inside, task, session(inside))
    second = write(inside.ada, task, IN_SESSION)
    assert second not in seen_by(inside.ben, task)


def test_nothing_is_opened_that_was_written_under_another_rule(inside):
    met = session(inside)
    for rule in (PRIVATE, THERAPIST, WAITS, COUPLE):
        task = give(inside, audience=rule)
        write(inside.ada, task, rule)
        with pytest.raises(Refused):
            open_it(inside, task, met)
    assert homework.openings_in(actor=inside.tess, session_id=met) == ()


def test_one_page_between_them_can_be_read_together(inside):
    task = give(inside, given_to=GivenTo.TOGETHER, audience=IN_SESSION)
    entry = write(inside.ben, task, IN_SESSION)
    assert seen_by(inside.ada, task) == set()
    open_it(inside, task, session(inside))
    assert seen_by(inside.ada, task) == {entry}


def test_what_is_for_one_alone_is_never_read_together(inside):
    with pytest.raises(Invalid):
        give(inside, given_to=GivenTo.ONE, person_id=inside.ada.person_id, audience=IN_SESSION)


def test_nobody_opens_what_is_not_theirs_to_open(inside, task):
    write(inside.ada, task, IN_SESSION)
    met = session(inside)
    for stranger in (inside.otto, inside.ada, inside.ben, inside.cleo):
        with pytest.raises(NotFound):
            homework.open_in_session(actor=stranger, assignment_id=task, session_id=met)
        with pytest.raises(NotFound):
            homework.openings_in(actor=stranger, session_id=met)
    elsewhere = make_session(inside.other_couple, inside.otto, starts_at=clock.now())
    for assignment, where in ((task, uuid4()), (uuid4(), met), (task, elsewhere)):
        with pytest.raises(NotFound):
            open_it(inside, assignment, where)


def test_two_of_three_read_together_and_the_third_knows_of_nothing(inside):
    people = [make_person(name, Role.PARTNER) for name in ("Ida Mor", "Jon Bly", "Kit Orr")]
    ida, jon, kit = people
    couple = make_couple(inside.tess, people)
    pair = [ida.person_id, jon.person_id]
    task = give(inside, couple_id=couple, person_ids=pair, audience=IN_SESSION)
    everybody = give(inside, couple_id=couple, audience=IN_SESSION)
    entry = write(ida, task, IN_SESSION)
    write(ida, everybody, IN_SESSION)
    met = make_session(
        couple, inside.tess, starts_at=clock.now(), attendance={ida: CAME, jon: CAME, kit: AWAY}
    )
    (offer,) = homework.openings_in(actor=inside.tess, session_id=met)
    assert (offer.assignment_id, offer.for_whom) == (task, "Ida and Jon")
    assert offer.readers == "You, Ida and Jon"
    open_it(inside, task, met)
    assert seen_by(jon, task) == {entry}
    with pytest.raises(NotFound):
        homework.portal_entry(actor=kit, entry_id=entry)
    with pytest.raises(Refused):
        open_it(inside, everybody, met)
