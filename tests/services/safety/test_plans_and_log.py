"""Safety plans and the safeguarding log, as services."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from practice.db import db
from practice.domain.people import Actor
from practice.models.safety import SafeguardingEntry
from practice.services import (
    access,
    safeguarding,
    safety,
    safety_plans,
)
from practice.services.errors import Invalid, NotFound
from tests.builders import Cast
from tests.worlds.safety import a_plan

TODAY = date(2026, 11, 20)


def reader(cast: Cast, actor: Actor):
    return access.standing_of(actor, cast.couple)


def about(cast, person=None):
    person = person or cast.ada
    return {"actor": cast.tess, "couple_id": cast.couple, "person_id": person.person_id}


def test_a_plan_is_on_somebodys_pages_only_if_they_asked_for_it(inside):
    safety_plans.save(**about(inside), new_id=uuid4(), plan=a_plan())
    assert safety_plans.own_plan(actor=inside.ada) is None
    safety_plans.save(**about(inside), new_id=uuid4(), plan=a_plan("Walk.", in_portal=True))
    assert set(safety_plans.own_plan(actor=inside.ada).parts.values()) == {"Walk."}
    assert safety_plans.own_plan(actor=inside.ben) is None
    for _ in range(2):
        safety_plans.put_away(actor=inside.ada)
    assert safety_plans.own_plan(actor=inside.ada) is None
    assert not safety_plans.has_own_plan(actor=inside.ada)
    page = safety_plans.plan_page(**about(inside))
    assert len(page.history) == 2, "the therapist keeps it"
    safety_plans.save(**about(inside), new_id=uuid4(), plan=a_plan("Sit.", in_portal=True))
    safety_plans.save(**about(inside), new_id=uuid4(), plan=a_plan("Wait."))
    assert safety_plans.own_plan(actor=inside.ada) is None, "the last version says so"


def test_a_plan_is_for_those_who_treat(inside, sue, paul):
    new_id = uuid4()
    for _ in range(2):
        safety_plans.save(**about(inside) | {"actor": sue}, new_id=new_id, plan=a_plan())
    assert len(safety_plans.plan_page(**about(inside)).history) == 1
    for actor in (paul, inside.otto, inside.ada, inside.ben):
        with pytest.raises(NotFound):
            safety_plans.plan_page(**about(inside) | {"actor": actor})
        with pytest.raises(NotFound):
            safety_plans.save(**about(inside) | {"actor": actor}, new_id=uuid4(), plan=a_plan())
    with pytest.raises(Invalid):
        safety_plans.save(**about(inside), new_id=uuid4(), plan=a_plan("x" * 481))


# ---- the safeguarding log --------------------------------------------------------------------


def entry(**more):
    values = {
        "happened_on": TODAY,
        "known_facts": "She had a bruise.",
        "consulted": "",
        "decision": "See her alone.",
        "reason": "She asked for it.",
    }
    return safeguarding.NewEntry(**values | more)


def add(cast, new=None, **more):
    values = {"actor": cast.tess, "couple_id": cast.couple, "new_id": uuid4()} | more
    return safeguarding.add(**values, new=new or entry())


def test_a_correction_is_a_further_entry(inside, sue):
    first = add(inside)
    add(inside, entry(known_facts="He had a bruise.", corrects_id=first), actor=sue)
    newest, oldest = safeguarding.entries(reader(inside, inside.tess))
    assert (oldest.known_facts, oldest.is_corrected) == ("She had a bruise.", True)
    assert (newest.written_by, newest.corrects_at) == ("Sue Hartley", oldest.written_at)
    for strange in (uuid4(), UUID(int=0)):
        with pytest.raises(NotFound):
            add(inside, entry(corrects_id=strange))
    other = add(inside, actor=inside.otto, couple_id=inside.other_couple)
    with pytest.raises(NotFound):
        add(inside, entry(corrects_id=other))


def test_there_is_no_way_to_change_or_remove_an_entry(inside):
    changing = {name for name in dir(safeguarding) if not name.startswith("_")}
    assert {"add", "entries"} <= changing
    assert not changing & {"edit", "change", "remove", "delete"}
    add(inside)
    (row,) = db.session.scalars(select(SafeguardingEntry))
    assert (row.number, row.written_by) == (1, inside.tess.person_id)


def test_the_log_is_read_by_those_who_treat_and_by_the_supervisor(inside, sue, paul):
    add(inside)
    for actor in (inside.tess, sue, paul):
        assert len(safety.decisions(actor=actor, couple_id=inside.couple).entries) == 1
    for actor in (paul, inside.otto, inside.ada, inside.ben):
        with pytest.raises(NotFound):
            add(inside, actor=actor)
    for field in ("known_facts", "decision", "reason"):
        with pytest.raises(Invalid) as problem:
            add(inside, entry(**{field: " "}))
        assert set(problem.value.errors) == {field}
