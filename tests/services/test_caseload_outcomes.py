"""Whose couples are counted, by which scores, and at which price."""

from datetime import date, timedelta
from itertools import count

import pytest
import time_machine

from practice.db import db
from practice.domain.caseload_outcomes import Dimension, Remark, Step
from practice.domain.couples import Agenda, Modality
from practice.domain.people import Role
from practice.domain.visibility import Audience
from practice.models.couples import AgendaRecord, Care
from practice.models.records import AccessRecord
from practice.models.responses import Response
from practice.services import audit
from practice.services.caseload_outcomes import (
    Choice,
    own_outcomes,
    practice_outcomes,
    scales,
)
from practice.services.errors import NotFound
from tests.builders import STARTED, leave, make_couple, make_person
from tests.queries import statements_of_a_read
from tests.records import (
    NOW,
    TODAY,
    make_entry,
    make_planned,
    make_score,
    make_session,
    make_task,
)

NUMBERS = count(1)


@pytest.fixture(autouse=True)
def fixed_time():
    with time_machine.travel(NOW, tick=False):
        yield


def pair(therapist, *, scores=((40, 60), (40, 60)), **overrides):
    """Add a couple, and a first and a later score of each."""
    people = [make_person(f"Nell Nr{next(NUMBERS)}", Role.PARTNER, account=False) for _ in range(2)]
    couple = make_couple(therapist, people, **overrides)
    for person, values in zip(people, scores, strict=True):
        for days, value in zip((200, 20), values, strict=False):
            make_score(couple, person, value, days_ago=days)
    return couple, people


def own(inside, **choice):
    return own_outcomes(actor=inside.tess, choice=Choice(**choice)).figures


def steps(figures):
    return [one.couples for one in figures.flow.steps]


def counts(table):
    return {key: share.count for key, share in table.begun.items() if share.count}


def test_a_therapist_counts_the_couples_in_their_care_however_few(inside):
    pair(inside.tess)
    pair(inside.tess, scores=((40, 42), (40, 60)))
    pair(inside.otto)
    figures = own(inside)
    # Ada and Ben have no score.
    assert steps(figures) == [3, 2, 2, 2]
    assert counts(figures.couples) == {"recovered": 1, "partial": 1, "incomplete": 1}


def test_a_couple_that_is_treated_no_more_is_not_counted(inside):
    couple, _ = pair(inside.tess)
    db.session.query(Care).filter_by(couple_id=couple).one().until = TODAY
    db.session.flush()
    assert steps(own(inside))[0] == 1


def test_first_and_latest_are_those_of_one_scale_and_still_stand(inside):
    couple, (ann, bob) = pair(inside.tess, scores=((40,), (40, 60)))
    assert counts(own(inside).couples) == {"incomplete": 2}
    make_score(couple, ann, 15, days_ago=10, scale="csi4")
    assert counts(own(inside).couples) == {"incomplete": 2}
    wrong = make_score(couple, ann, 20, days_ago=5)
    assert counts(own(inside).couples) == {"diverging": 1, "incomplete": 1}
    db.session.get(Response, wrong).superseded_at = NOW
    make_score(couple, ann, 70, days_ago=5)
    assert counts(own(inside).couples) == {"recovered": 1, "incomplete": 1}


def test_what_was_kept_private_is_not_counted(inside):
    couple, (ann, _) = pair(inside.tess)
    make_score(couple, ann, 10, days_ago=1, audience=Audience.PRIVATE)
    assert counts(own(inside).couples) == {"recovered": 1, "incomplete": 1}


def test_whoever_left_does_not_count_unless_they_have_parted(inside):
    couple, (ann, bob) = pair(inside.tess)
    cy = make_person("Cy Hall", Role.PARTNER, account=False)
    three = make_couple(inside.tess, [ann, bob, cy])
    leave(three, cy)
    for person in (ann, bob):
        make_score(three, person, 40, days_ago=100)
        make_score(three, person, 60, days_ago=1)
    assert counts(own(inside).couples)["recovered"] == 2
    leave(three, bob)  # one is left: everybody who was a member counts
    assert counts(own(inside).couples) == {"recovered": 1, "incomplete": 2}


def test_ended_relationships_stand_on_their_own(inside):
    pair(inside.tess, relationship_ended_on=TODAY)
    assert counts(own(inside).couples) == {"ended": 1, "incomplete": 1}


def test_the_choice_narrows_by_beginning_and_end_of_care(inside):
    pair(inside.tess, episode_started_on=date(2026, 1, 5))
    pair(inside.tess, episode_started_on=date(2026, 6, 1), episode_ended_on=date(2026, 11, 1))
    assert steps(own(inside))[0] == 3
    assert steps(own(inside, begun_from=STARTED))[0] == 2
    assert steps(own(inside, begun_to=date(2026, 1, 5)))[0] == 1
    assert steps(own(inside, begun_from=STARTED + timedelta(days=1), ended_only=True))[0] == 1
    assert steps(own(inside, begun_to=STARTED, ended_only=True))[0] == 0


def test_a_scale_that_tells_no_change_cannot_be_chosen(inside):
    assert next(iter(scales())) == "csi16"
    assert {"csi4", "phq9", "rdas"} <= set(scales())
    assert not {"satisfaction", "nonsense"} & set(scales())
    with pytest.raises(NotFound):
        own_outcomes(actor=inside.tess, choice=Choice("nonsense"))


def test_a_measure_of_ones_own_health_has_partners_alone(inside):
    couple, (ann, _) = pair(inside.tess)
    make_score(couple, ann, 18, days_ago=90, scale="phq9")
    make_score(couple, ann, 5, days_ago=9, scale="phq9")
    figures = own(inside, scale_key="phq9")
    assert figures.couples is None
    assert counts(figures.members) == {"recovered": 1, "unknown": 3}


def test_partners_get_no_figures(inside):
    for actor in (inside.ada, inside.ben):
        with pytest.raises(NotFound):
            own_outcomes(actor=actor, choice=Choice())
        with pytest.raises(NotFound):
            practice_outcomes(actor=actor)


def part_of(figures, dimension):
    (one,) = [one for one in figures.breakdowns if one.dimension is dimension]
    return [cell.label for cell in one.cells]


def test_groups_come_from_the_record(inside):
    for _ in range(10):
        couple, people = pair(inside.tess, modality=Modality.EFT)
        make_session(couple, inside.tess)
        make_session(couple, inside.tess, kind="individual", person_id=people[0].person_id)
        make_session(couple, inside.tess, status="cancelled")
        make_planned(couple, inside.tess)
        task = make_task(couple, inside.tess, people)
        make_entry(task, couple, people[0], TODAY - timedelta(days=27))
        make_entry(task, couple, people[1], TODAY - timedelta(days=27), audience=Audience.PRIVATE)
        for person in people:
            noted(inside, couple, person, Agenda.LEANING_OUT, STARTED)
            noted(inside, couple, person, Agenda.IMPROVE, STARTED + timedelta(days=30))
    figures = own(inside)
    assert part_of(figures, Dimension.MODALITY) == ["Emotionally focused"]
    assert part_of(figures, Dimension.ATTENDANCE) == ["Under 75 % held"]
    assert part_of(figures, Dimension.HOMEWORK) == ["Under 50 % done"]
    assert part_of(figures, Dimension.AGENDA) == ["Somebody leans out"]
    assert part_of(figures, Dimension.SEVERITY) == ["Every member distressed"]
    assert part_of(figures, Dimension.YEAR) == ["2026"]


def test_an_agenda_noted_long_after_the_beginning_is_not_one_of_the_beginning(inside):
    for _ in range(10):
        couple, people = pair(inside.tess)
        for person in people:
            noted(inside, couple, person, Agenda.IMPROVE, STARTED + timedelta(days=43))
    assert part_of(own(inside), Dimension.AGENDA) == ["Not noted"]


def test_a_first_score_long_after_the_beginning_is_said(inside):
    pair(inside.tess, episode_started_on=date(2026, 1, 2))
    assert dict(own(inside).remarks)[Remark.STARTED_LATE] == 2


def noted(inside, couple, person, agenda, day):
    db.session.add(
        AgendaRecord(
            couple_id=couple,
            person_id=person.person_id,
            agenda=agenda,
            noted_on=day,
            recorded_by=inside.tess.person_id,
        )
    )
    db.session.flush()


# --- the practice ------------------------------------------------------------


def practice(actor):
    return practice_outcomes(actor=actor).figures


def test_nobodys_few_can_be_taken_from_the_practice(inside):
    for _ in range(12):
        pair(inside.tess)
    for _ in range(8):
        pair(inside.otto)
    # Otto has nine couples, eight of them with scores: Tess could work them out.
    for reader in (inside.tess, inside.otto):
        assert steps(practice(reader)) == [None] * 4
        assert practice(reader).couples is None
    pair(inside.otto)
    assert steps(practice(inside.tess)) == [23, None, None, None]
    pair(inside.otto)
    for reader in (inside.tess, inside.otto):
        assert steps(practice(reader)) == [24, 22, 22, 22]
        assert counts(practice(reader).couples)["recovered"] == 22


def test_all_therapists_read_the_same_page(inside):
    for therapist in (inside.tess, inside.otto):
        for number in range(14):
            pair(therapist, scores=((40, 60), (40 + number, 50)))
    assert practice(inside.tess) == practice(inside.otto)
    text = practice_outcomes(actor=inside.tess).csv()
    assert text == practice_outcomes(actor=inside.otto).csv()
    for name in ("Tess", "Otto", "Nell", "Ada"):
        assert name not in text


def test_whoever_treated_a_couple_before_knows_it(inside):
    for _ in range(12):
        couple, _ = pair(inside.tess)
    for _ in range(10):
        couple, _ = pair(inside.otto)
    assert practice(inside.tess).couples is not None
    db.session.add(
        Care(
            couple_id=couple,
            therapist_id=inside.tess.person_id,
            since=STARTED,
            until=date(2026, 4, 1),
        )
    )
    db.session.flush()
    # She knows one of his ten with scores, so nine would be left to her.
    assert practice(inside.tess).couples is None
    assert practice(inside.otto).couples is None


def test_the_practice_counts_up_to_the_end_of_last_month(inside):
    for _ in range(10):
        couple, people = pair(inside.tess)
        pair(inside.otto)
    before = practice(inside.otto)
    make_score(couple, people[0], 3, days_ago=0)
    pair(inside.tess, episode_started_on=date(2026, 11, 1))
    make_session(couple, inside.tess, starts_at=NOW)
    assert practice(inside.otto) == before
    assert own(inside) != before


def test_reading_is_written_down(inside):
    own(inside)
    practice(inside.tess)
    audit.finish(write_succeeded=True)
    what = {row.what for row in db.session.query(AccessRecord)}
    assert {"outcomes.own", "outcomes.practice"} <= what


@pytest.mark.parametrize("whose", ["own", "practice"])
def test_the_number_of_statements_does_not_depend_on_the_caseload(inside, whose):
    def read():
        if whose == "own":
            return own_outcomes(actor=inside.tess, choice=Choice())
        return practice_outcomes(actor=inside.tess)

    for _ in range(2):
        pair(inside.tess)
    read()  # the measures are read once for a transaction
    few = statements_of_a_read(read)
    for _ in range(37):
        couple, people = pair(inside.tess, modality=Modality.EFT)
        make_session(couple, inside.tess)
        task = make_task(couple, inside.tess, people)
        make_entry(task, couple, people[0], TODAY - timedelta(days=27))
    assert statements_of_a_read(read) == few
    assert few <= 8


def test_an_empty_caseload_reads_well(inside):
    nia = make_person("Nia Stone", Role.THERAPIST)
    found = own_outcomes(actor=nia, choice=Choice())
    assert found.figures.flow.couples_at(Step.BEGUN) == 0
    words = [
        block.text for one in found.sections for block in one.blocks if block.kind == "paragraph"
    ]
    assert words == ["There is no couple yet whose care began in this time."]
