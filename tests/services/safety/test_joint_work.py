"""The decision on joint work, as a service."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from practice.domain.people import Actor, Role
from practice.domain.safety.joint_work import JointWork
from practice.services import (
    access,
    clearances,
    safety,
)
from practice.services.errors import Invalid, NotFound
from tests.builders import Cast, make_person
from tests.worlds.safety import ALL_YES, screen

TODAY = date(2026, 11, 20)


def reader(cast: Cast, actor: Actor):
    return access.standing_of(actor, cast.couple)


def decide(cast, decision, reason="Both said they feel safe.", **more):
    values = {"actor": cast.tess, "couple_id": cast.couple, "new_id": uuid4(), "on": TODAY}
    return clearances.decide(**values | {"decision": decision, "reason": reason} | more)


def test_decisions_stand_one_after_another_and_the_last_one_holds(inside, now):
    assert clearances.warning_of(actor=inside.tess, couple_id=inside.couple)
    for decision in (JointWork.CLEARED, JointWork.PAUSED, JointWork.CLEARED):
        decide(inside, decision)
        now.shift(timedelta(minutes=-5))  # a clock that is set back changes no order
        found = safety.couple_safety(actor=inside.tess, couple_id=inside.couple)
        assert found.joint_work is decision
        said = clearances.warning_of(actor=inside.tess, couple_id=inside.couple)
        assert (said == "") is (decision is JointWork.CLEARED)
        assert said == found.warning
    history = clearances.history(reader(inside, inside.tess))
    assert [one.decision for one in history] == [
        JointWork.CLEARED,
        JointWork.PAUSED,
        JointWork.CLEARED,
    ]


def test_a_decision_needs_a_reason_and_a_day_that_has_come(inside):
    new_id = uuid4()
    for wrong, field in (({"reason": " "}, "reason"), ({"on": TODAY + timedelta(1)}, "decided_on")):
        with pytest.raises(Invalid) as problem:
            decide(inside, JointWork.CLEARED, **wrong)
        assert set(problem.value.errors) == {field}
    for _ in range(2):
        decide(inside, JointWork.CLEARED, new_id=new_id)
    assert len(clearances.history(reader(inside, inside.tess))) == 1


def test_a_co_therapist_decides_and_a_supervisor_reads(inside, sue, paul):
    screen(inside.tess, inside.couple, inside.ada, ALL_YES)
    decide(inside, JointWork.PAUSED, actor=sue)
    (one,) = safety.decisions(actor=paul, couple_id=inside.couple).clearances
    assert (one.decided_by, one.reason) == ("Sue Hartley", "Both said they feel safe.")
    with pytest.raises(NotFound):
        decide(inside, JointWork.CLEARED, actor=paul)
    for actor in (inside.otto, inside.ada, inside.ben, inside.finn):
        with pytest.raises(NotFound):
            safety.decisions(actor=actor, couple_id=inside.couple)
        with pytest.raises(NotFound):
            decide(inside, JointWork.CLEARED, actor=actor)
    reception = make_person("Rita Bell", Role.RECEPTION)
    owner = Actor(make_person("Olga Frey", Role.THERAPIST).person_id, Role.THERAPIST, "O", True)
    for actor in (reception, owner):
        with pytest.raises(NotFound):
            safety.decisions(actor=actor, couple_id=inside.couple)
