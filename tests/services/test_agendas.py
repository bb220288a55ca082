"""What each partner wants: noted for the therapist alone, with its history."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from practice.db import db
from practice.domain.couples import Agenda
from practice.models.couples import AgendaRecord
from practice.services import agendas, clock
from practice.services.errors import Invalid, NotFound


def note(inside, agenda=Agenda.IMPROVE, **more):
    values = {
        "actor": inside.tess,
        "couple_id": inside.couple,
        "new_id": uuid4(),
        "person_id": inside.ada.person_id,
        "agenda": agenda,
        "noted_on": clock.today(),
    }
    return agendas.note_agenda(**(values | more))


def history(inside):
    ada, ben = agendas.agendas_of(actor=inside.tess, couple_id=inside.couple)
    return [one.agenda for one in ada.history], [one.agenda for one in ben.history]


def test_the_history_is_kept_newest_first(inside):
    note(inside, Agenda.CLARIFY, noted_on=date(2026, 5, 1))
    note(inside, Agenda.LEANING_OUT, noted_on=date(2026, 3, 4))
    note(inside, Agenda.IMPROVE)
    note(inside, Agenda.CLARIFY, person_id=inside.ben.person_id)
    assert history(inside) == (
        [Agenda.IMPROVE, Agenda.CLARIFY, Agenda.LEANING_OUT],
        [Agenda.CLARIFY],
    )


def test_sent_twice_it_is_noted_once(inside):
    one = uuid4()
    assert note(inside, new_id=one) == note(inside, Agenda.CLARIFY, new_id=one) == one
    assert history(inside)[0] == [Agenda.IMPROVE]


def test_a_slip_is_taken_back(inside):
    one = note(inside)
    assert agendas.remove_agenda(actor=inside.tess, agenda_id=one) == inside.couple
    assert history(inside) == ([], [])
    with pytest.raises(NotFound):
        agendas.remove_agenda(actor=inside.tess, agenda_id=one)


@pytest.mark.parametrize("who", ["otto", "ada", "ben", "finn", "cleo"])
def test_nobody_else_reads_or_writes_it(inside, who):
    actor = getattr(inside, who)
    one = note(inside)
    with pytest.raises(NotFound):
        agendas.agendas_of(actor=actor, couple_id=inside.couple)
    with pytest.raises(NotFound):
        note(inside, actor=actor)
    with pytest.raises(NotFound):
        agendas.remove_agenda(actor=actor, agenda_id=one)
    assert db.session.query(AgendaRecord).count() == 1


def test_the_note_of_another_couple_is_not_taken_for_this_one(inside):
    theirs = note(
        inside, actor=inside.otto, couple_id=inside.other_couple, person_id=inside.cleo.person_id
    )
    with pytest.raises(NotFound):
        note(inside, new_id=theirs)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"noted_on": date(1789, 7, 14)}, "noted_on"),
        ({"noted_on": None}, "noted_on"),
        ({"person_id": None}, "person"),
    ],
)
def test_what_cannot_be_is_refused(inside, wrong, field):
    if wrong.get("noted_on", 0) is None:
        wrong = {"noted_on": clock.today() + timedelta(days=1)}
    if "person_id" in wrong:
        wrong = {"person_id": inside.finn.person_id}  # has left
    with pytest.raises(Invalid) as problem:
        note(inside, **wrong)
    assert list(problem.value.errors) == [field]
