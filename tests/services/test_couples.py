"""Creating couples, correcting their record, and how they end."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from practice.db import db
from practice.domain.couples import RelationshipStatus
from practice.domain.people import Role
from practice.models.couples import Couple, Membership
from practice.models.homework import Assignment
from practice.models.people import Person
from practice.models.responses import MeasureRequest
from practice.services import access, clock, couple_record, couples, memberships
from practice.services.couples import CoupleDetails, Endings, NewCouple
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.known_people import NewPerson, people_called
from practice.services.portal_home import portal_home
from tests.builders import STARTED, leave, make_couple, make_person
from tests.records import make_planned, make_request, make_task


def new(*people: NewPerson | str, **overrides) -> NewCouple:
    given = tuple(NewPerson(p) if isinstance(p, str) else p for p in people)
    values = {
        "id": uuid4(),
        "people": given,
        "relationship_status": RelationshipStatus.COHABITING,
        "episode_started_on": STARTED,
    }
    return NewCouple(**(values | overrides))


def test_people_keep_the_order_in_which_they_were_entered(inside):
    key = couples.create_couple(actor=inside.tess, new=new("Zoe Nwosu", "Abe Hart", "Mia Roth"))
    header = couples.couple_header(actor=inside.tess, couple_id=key)
    assert header.title == "Zoe Nwosu, Abe Hart and Mia Roth"
    assert [member.position for member in header.members] == [1, 2, 3]


def test_sending_the_form_twice_makes_one_couple(inside):
    form = new("Zoe Nwosu", "Abe Hart")
    before = db.session.query(Couple).count()
    first = couples.create_couple(actor=inside.tess, new=form)
    assert couples.create_couple(actor=inside.tess, new=form) == first
    assert db.session.query(Couple).count() == before + 1


def test_the_id_of_somebody_elses_couple_creates_and_shows_nothing(inside):
    form = new("Zoe Nwosu", "Abe Hart", id=inside.other_couple)
    with pytest.raises(NotFound):
        couples.create_couple(actor=inside.tess, new=form)


@pytest.mark.parametrize(
    ("people", "field"),
    [
        (("Zoe Nwosu",), "people-0-name"),
        (("Zoe Nwosu", "  "), "people-1-name"),
        (("", "Abe Hart"), "people-0-name"),
        ((NewPerson("", problem="words"), "Abe Hart"), "people-0-name"),
        (("Z" * 121, "Abe Hart"), "people-0-name"),
        (("Zo\0e", "Abe Hart"), "people-0-name"),
        (("Zoe Nwosu", NewPerson("Abe Hart", problem="x" * 4001)), "people-1-problem"),
    ],
)
def test_what_cannot_be_saved_names_its_field(inside, people, field):
    with pytest.raises(Invalid) as problem:
        couples.create_couple(actor=inside.tess, new=new(*people))
    assert list(problem.value.errors) == [field]


def test_a_third_person_left_empty_is_nobody(inside):
    key = couples.create_couple(actor=inside.tess, new=new("Zoe Nwosu", "Abe Hart", ""))
    assert len(couples.couple_header(actor=inside.tess, couple_id=key).members) == 2


def test_care_cannot_begin_in_the_future(inside):
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(Invalid) as problem:
        couples.create_couple(
            actor=inside.tess, new=new("Zoe Nwosu", "Abe Hart", episode_started_on=tomorrow)
        )
    assert "episode_started_on" in problem.value.errors


def test_somebody_of_the_therapists_own_couples_is_asked_about(inside):
    with pytest.raises(Invalid) as problem:
        couples.create_couple(actor=inside.tess, new=new("finn hale", "Zoe Nwosu"))
    assert list(problem.value.errors) == ["people-0-known"]
    (finn,) = people_called(actor=inside.tess, names=["finn hale"])["finn hale"]
    assert (finn.id, finn.partners) == (inside.finn.person_id, ("Ada", "Ben"))


def test_a_known_person_joins_as_the_same_person(inside):
    finn = NewPerson("Finn Hale", known_id=inside.finn.person_id)
    key = couples.create_couple(actor=inside.tess, new=new(finn, "Zoe Nwosu"))
    standings = {
        couple_id: reader.standing for couple_id, reader in access.own_couples(inside.finn).items()
    }
    assert set(standings) == {inside.couple, key}


def test_somebody_new_may_have_the_name_of_somebody_known(inside):
    namesake = NewPerson("Finn Hale", is_new=True)
    couples.create_couple(actor=inside.tess, new=new(namesake, "Zoe Nwosu"))
    assert db.session.query(Person).filter_by(name="Finn Hale").count() == 2


def test_people_of_another_therapist_are_never_offered_nor_taken(inside):
    assert people_called(actor=inside.tess, names=["Cleo Marsh"])["Cleo Marsh"] == ()
    stolen = NewPerson("Cleo Marsh", known_id=inside.cleo.person_id)
    key = couples.create_couple(actor=inside.tess, new=new(stolen, "Zoe Nwosu"))
    ids = {m.person_id for m in couples.couple_header(actor=inside.tess, couple_id=key).members}
    assert inside.cleo.person_id not in ids


def test_a_known_person_of_another_name_is_not_taken(inside):
    wrong = NewPerson("Zoe Nwosu", known_id=inside.finn.person_id)
    key = couples.create_couple(actor=inside.tess, new=new(wrong, "Abe Hart"))
    ids = {m.person_id for m in couples.couple_header(actor=inside.tess, couple_id=key).members}
    assert inside.finn.person_id not in ids


def test_the_same_person_cannot_be_both_members(inside):
    finn = NewPerson("Finn Hale", known_id=inside.finn.person_id)
    with pytest.raises(Invalid):
        couples.create_couple(actor=inside.tess, new=new(finn, finn))


def test_a_name_with_an_accent_is_known_in_capitals_too(inside):
    elodie = make_person("Élodie Brun", Role.PARTNER)
    make_couple(inside.tess, [elodie, make_person("Kit Wren", Role.PARTNER)])
    assert people_called(actor=inside.tess, names=["élodie brun"])["élodie brun"]


def details(inside, **overrides) -> CoupleDetails:
    values = {
        "relationship_status": RelationshipStatus.SEPARATED,
        "episode_started_on": STARTED,
        "agreed_problem": "To quarrel without wounding.",
        "names": {inside.ada.person_id: "Ada Lind", inside.ben.person_id: "Ben Morrow"},
        "problems": {inside.ada.person_id: "ADAWORD", inside.ben.person_id: "BENWORD"},
    }
    return CoupleDetails(**(values | overrides))


def test_what_is_corrected_is_stored_sealed_and_read_back(inside):
    couples.edit_couple(actor=inside.tess, couple_id=inside.couple, details=details(inside))
    again = couples.couple_details(actor=inside.tess, couple_id=inside.couple)
    assert again.problems[inside.ada.person_id] == "ADAWORD"
    stored = db.session.query(Membership).filter_by(person_id=inside.ada.person_id).one()
    assert b"ADAWORD" not in stored.problem_sealed


def test_a_corrected_first_day_takes_those_along_who_were_there_from_it(inside):
    earlier = STARTED - timedelta(days=9)
    couples.edit_couple(
        actor=inside.tess,
        couple_id=inside.couple,
        details=details(inside, episode_started_on=earlier),
    )
    header = couples.couple_header(actor=inside.tess, couple_id=inside.couple)
    assert header.since == earlier
    assert {member.joined_on for member in header.members} == {earlier}


def test_the_first_day_cannot_pass_a_session(inside):
    moment = clock.moment_of(STARTED + timedelta(days=2), time(9))
    make_planned(inside.couple, inside.tess, starts_at=moment)
    with pytest.raises(Invalid, match="session before this day"):
        couples.edit_couple(
            actor=inside.tess,
            couple_id=inside.couple,
            details=details(inside, episode_started_on=STARTED + timedelta(days=3)),
        )
    couples.edit_couple(
        actor=inside.tess,
        couple_id=inside.couple,
        details=details(inside, episode_started_on=STARTED + timedelta(days=2)),
    )


def test_the_agreed_problem_is_in_the_portal_and_no_members_own_is(inside):
    couples.edit_couple(actor=inside.tess, couple_id=inside.couple, details=details(inside))
    for person in (inside.ada, inside.ben):
        (agreed,) = portal_home(actor=person).problems
        assert agreed.text == "To quarrel without wounding."
    assert portal_home(actor=inside.finn).problems == ()
    assert portal_home(actor=inside.cleo).problems == ()


@pytest.mark.parametrize("who", ["otto", "ada", "finn", "cleo"])
def test_only_the_treating_therapist_reads_or_changes_the_record(inside, who):
    actor = getattr(inside, who)
    with pytest.raises(NotFound):
        couples.couple_header(actor=actor, couple_id=inside.couple)
    with pytest.raises(NotFound):
        couples.couple_details(actor=actor, couple_id=inside.couple)
    with pytest.raises(NotFound):
        couples.edit_couple(actor=actor, couple_id=inside.couple, details=details(inside))
    with pytest.raises(NotFound):
        couples.record_endings(actor=actor, couple_id=inside.couple, endings=Endings())
    with pytest.raises(NotFound):
        couple_record.couple_record(actor=actor, couple_id=inside.couple)
    with pytest.raises(NotFound):
        memberships.end_membership(
            actor=actor,
            couple_id=inside.couple,
            person_id=inside.ada.person_id,
            left_on=STARTED,
        )


def test_the_end_of_a_relationship_is_a_fact_with_a_day_and_a_purpose(inside):
    endings = Endings(relationship_ended_on=date(2026, 6, 1), ending_was_a_goal=True)
    couples.record_endings(actor=inside.tess, couple_id=inside.couple, endings=endings)
    header = couples.couple_header(actor=inside.tess, couple_id=inside.couple)
    assert header.endings == endings
    assert header.endings.episode_ended_on is None


@pytest.mark.parametrize(
    ("endings", "field"),
    [
        (Endings(ending_was_a_goal=True), "relationship_ended_on"),
        (Endings(relationship_ended_on=date(2999, 1, 1)), "relationship_ended_on"),
        (Endings(episode_ended_on=date(2999, 1, 1)), "episode_ended_on"),
        (Endings(episode_ended_on=STARTED - timedelta(days=1)), "episode_ended_on"),
    ],
)
def test_an_ending_that_cannot_be_names_its_field(inside, endings, field):
    with pytest.raises(Invalid) as problem:
        couples.record_endings(actor=inside.tess, couple_id=inside.couple, endings=endings)
    assert list(problem.value.errors) == [field]


def test_the_record_stays_open_to_its_therapist_after_the_episode(inside):
    ended = Endings(episode_ended_on=clock.today())
    couples.record_endings(actor=inside.tess, couple_id=inside.couple, endings=ended)
    header = couples.couple_header(actor=inside.tess, couple_id=inside.couple)
    assert header.endings.episode_ended_on is not None


def end(inside, who, on=None):
    memberships.end_membership(
        actor=inside.tess,
        couple_id=inside.couple,
        person_id=who.person_id,
        left_on=on or clock.today(),
    )


def test_whoever_leaves_keeps_only_their_own(inside):
    end(inside, inside.ben)
    assert access.require_couple(inside.ben, inside.couple).standing == "former"
    assert access.require_couple(inside.ada, inside.couple).standing == "member"


def test_leaving_ends_open_tasks_and_withdraws_open_measures(inside):
    def task(people):
        return make_task(
            inside.couple,
            inside.tess,
            people,
            starts_on=clock.today() - timedelta(days=3),
            due_on=clock.today() + timedelta(days=9),
        )

    bens, both, adas = task([inside.ben]), task([inside.ada, inside.ben]), task([inside.ada])
    asked = make_request(inside.couple, inside.tess, inside.ben)
    adas_request = make_request(inside.couple, inside.tess, inside.ada)
    preview = memberships.membership_ending(
        actor=inside.tess, couple_id=inside.couple, person_id=inside.ben.person_id
    )
    assert (len(preview.own_tasks), len(preview.shared_tasks)) == (1, 1)
    assert preview.open_requests == 1
    end(inside, inside.ben)
    retired = {key: db.session.get_one(Assignment, key).retired_on for key in (bens, both, adas)}
    assert retired == {bens: clock.today(), both: clock.today(), adas: None}
    assert db.session.get_one(MeasureRequest, asked).withdrawn_at is not None
    assert db.session.get_one(MeasureRequest, adas_request).withdrawn_at is None


def test_planned_sessions_with_the_leaving_person_are_counted_and_kept(inside):
    alone = {"kind": "individual", "person_id": inside.ben.person_id}
    make_planned(inside.couple, inside.tess, **alone)
    preview = memberships.membership_ending(
        actor=inside.tess, couple_id=inside.couple, person_id=inside.ben.person_id
    )
    assert preview.individual_sessions == 1


@pytest.mark.parametrize("on", [STARTED - timedelta(days=1), date(2999, 1, 1)])
def test_nobody_leaves_before_joining_or_in_the_future(inside, on):
    with pytest.raises(Invalid):
        end(inside, inside.ben, on)


def test_the_last_member_stays(inside):
    end(inside, inside.ben)
    with pytest.raises(Refused):
        end(inside, inside.ada)


def test_whoever_has_left_cannot_leave_again(inside):
    with pytest.raises(NotFound):
        end(inside, inside.finn)


def test_the_end_of_a_membership_can_be_taken_back(inside):
    memberships.reopen_membership(
        actor=inside.tess, couple_id=inside.couple, person_id=inside.finn.person_id
    )
    assert access.require_couple(inside.finn, inside.couple).standing == "member"


def test_somebody_joins_later_at_the_next_place(inside):
    memberships.add_member(
        actor=inside.tess,
        couple_id=inside.couple,
        person=NewPerson("Ivo Katz"),
        joined_on=clock.today(),
    )
    members = couples.couple_header(actor=inside.tess, couple_id=inside.couple).members
    assert [(m.name, m.position) for m in members][-1] == ("Ivo Katz", 4)


@pytest.mark.parametrize("who", ["ada", "finn"])
def test_nobody_joins_twice(inside, who):
    actor = getattr(inside, who)
    person = NewPerson(actor.name, known_id=actor.person_id)
    with pytest.raises(Invalid) as problem:
        memberships.add_member(
            actor=inside.tess, couple_id=inside.couple, person=person, joined_on=clock.today()
        )
    assert list(problem.value.errors) == ["people-0-known"]


def test_the_header_names_those_who_left_apart(inside):
    leave(inside.couple, inside.ben)
    header = couples.couple_header(actor=inside.tess, couple_id=inside.couple)
    assert header.title == "Ada Lind"
    assert {member.first_name for member in header.former} == {"Ben", "Finn"}
