"""What must be so before anybody is erased, and what the practice keeps of it."""

import re
from datetime import timedelta

import pytest

from practice.db import db
from practice.domain.homework.terms import GivenTo
from practice.domain.releases.cases import Outcome, RequestKind
from practice.domain.visibility import Audience
from practice.models.people import Person
from practice.models.retention import Erasure
from practice.models.safety import Screening
from practice.services import (
    clock,
    couples,
    retention,
)
from practice.services.erasure import desk, rules
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.releases import cases
from tests import exercises, measure_builders, release_record
from tests.erasure_builders import erase, ready
from tests.reports.pdf_checks import text_of
from tests.world import World
from tests.worlds.releases import open_case, tick_all
from tests.worlds.safety import make_safety


def test_what_would_be_gone_is_counted_before(cast):
    exercises.write(cast.ada, exercises.give(cast), Audience.THERAPIST)
    exercises.give(
        cast,
        given_to=GivenTo.ONE,
        person_id=cast.ada.person_id,
        audience=Audience.THERAPIST,
    )
    measure_builders.answer(cast, cast.ada, "csi4")
    release_record.note(cast, release_record.session(cast, person=cast.ada), "Alone.")
    goes = desk.what_goes(actor=cast.tess, case_id=ready(cast, cast.ada))
    counts = dict(goes.counts)
    for title, count in {
        "homework entries": 1,
        "homework given to them alone": 1,
        "answers to questionnaires": 1,
        "sessions with them alone": 1,
        "notes of those sessions": 1,
        "their sign-in": 1,
    }.items():
        assert counts[title] == count, title
    assert goes.obstacles == ()
    assert goes.others == ("Ben", "Finn")


def test_neither_counts_nor_the_clock_tell_the_therapist_of_anything_private(cast):
    goal, task = exercises.set_goal(cast), exercises.give(cast)
    exercises.write(cast.ada, task, Audience.THERAPIST, day=clock.today() - timedelta(days=1))
    release_record.note(cast, release_record.session(cast, person=cast.ada), "Alone.")
    case = ready(cast, cast.ada)

    def seen():
        clocks = [one.clock for one in retention.kept_of(actor=cast.tess, couple_id=cast.couple)]
        return desk.what_goes(actor=cast.tess, case_id=case).counts, clocks

    before = seen()
    assert before[0]
    with clock.pretend(clock.now() + timedelta(days=3)):
        exercises.write(cast.ada, task, Audience.PRIVATE)
    assert seen() == before
    exercises.rate(cast.ada, goal, 1, Audience.THERAPIST)
    assert seen() != before


@pytest.mark.parametrize("obstacle", ["hold", "checks", "name", "closed"])
def test_nothing_is_erased_while_something_stands_in_its_way(cast, obstacle):
    case = open_case(cast, RequestKind.ERASURE, about=cast.ada)
    if obstacle != "checks":
        tick_all(cast, case)
    if obstacle == "hold":
        retention.set_hold(actor=cast.tess, couple_id=cast.couple, reason="A complaint.")
    if obstacle == "closed":
        cases.decide(actor=cast.tess, case_id=case, outcome=Outcome.REFUSED, reason="No.", sent="")
    name = "Ada Lynd" if obstacle == "name" else "Ada Lind"
    with pytest.raises(Invalid if obstacle == "name" else Refused):
        desk.erase(actor=cast.tess, case_id=case, typed_name=name)
    assert db.session.get(Person, cast.ada.person_id) is not None


def test_a_lifted_hold_lets_it_happen(cast):
    retention.set_hold(actor=cast.tess, couple_id=cast.couple, reason="A complaint.")
    retention.lift_hold(actor=cast.tess, couple_id=cast.couple, reason="It is settled.")
    erase(cast, cast.ada)
    assert db.session.get(Person, cast.ada.person_id) is None


def test_only_the_lead_erases(cast):
    release_record.join_care(cast, cast.otto)
    case = ready(cast, cast.ada)
    for actor in (cast.otto, cast.cleo, cast.ben):
        with pytest.raises(NotFound):
            desk.what_goes(actor=actor, case_id=case)
        with pytest.raises(NotFound):
            desk.erase(actor=actor, case_id=case, typed_name="Ada Lind")


def test_the_certificate_says_what_went_and_names_nobody(cast):
    measure_builders.answer(cast, cast.ada, "csi4")
    erasure = erase(cast, cast.ada)
    assert desk.write_anew(actor=cast.tess, erasure_id=erasure)
    found = desk.certificate(actor=cast.tess, erasure_id=erasure)
    assert found.gone["answers to questionnaires"] == 1
    assert found.person_gone
    assert found.rewritten_at is not None
    assert found.backups_gone_on == clock.today() + timedelta(days=35)
    # Even where something of every kind went.
    db.session.get_one(Erasure, erasure).gone |= dict.fromkeys(rules.TITLES.values(), 12)
    words = text_of(desk.certificate_pdf(actor=cast.tess, erasure_id=erasure))
    assert "Page 1 of 1" in words
    assert "Certificate of erasure" in words
    assert "Tess Okafor" in words
    assert not re.search("Ada|Lind", words)


def test_a_certificate_and_its_row_tell_nothing_of_danger(cast):
    make_safety(World(cast))
    erasure = erase(cast, cast.ada)
    assert db.session.query(Screening).filter_by(person_id=cast.ada.person_id).count() == 0
    assert db.session.query(Screening).count() == 1
    pdf = desk.certificate_pdf(actor=cast.tess, erasure_id=erasure)
    words = text_of(pdf) + str(db.session.get_one(Erasure, erasure).gone)
    assert not re.search(
        "screen|private|danger|alert|plan|safe|question", words.replace("questionnaires", "")
    )


def test_the_retention_clock_runs_from_the_last_contact(cast):
    (ada, ben, finn) = retention.kept_of(actor=cast.tess, couple_id=cast.couple)
    assert ada.clock.due_on == ada.clock.last_contact_on.replace(year=2033)
    measure_builders.answer(cast, cast.ada, "csi4")
    again, *_ = retention.kept_of(actor=cast.tess, couple_id=cast.couple)
    assert again.clock.last_contact_on == clock.today()
    assert [one.member.first_name for one in retention.kept_in_care(actor=cast.tess)] == ["Finn"]
    couples.record_endings(
        actor=cast.tess,
        couple_id=cast.couple,
        endings=couples.Endings(episode_ended_on=clock.today()),
    )
    with clock.pretend(clock.now() + timedelta(days=366 * 7)):
        kept = retention.kept_in_care(actor=cast.tess)
        assert all(one.is_due for one in kept)
        retention.set_hold(actor=cast.tess, couple_id=cast.couple, reason="A complaint.")
        assert not any(one.is_due for one in retention.kept_in_care(actor=cast.tess))
