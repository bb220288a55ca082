"""A fixed day, and two colleagues of Tess: one treats with her, one supervises her."""

from datetime import date

import pytest
import time_machine

from practice.db import db
from practice.domain.couples import CarePart
from practice.domain.people import Actor, Role
from practice.models.accounts import Supervision
from practice.models.couples import Care
from tests.builders import make_person

MOMENT = "2026-11-20 12:00 +0000"
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(MOMENT, tick=False) as moment:
        yield moment


@pytest.fixture
def sue(inside) -> Actor:
    """Treats Ada and Ben together with Tess."""
    sue = make_person("Sue Hartley", Role.THERAPIST)
    db.session.add(
        Care(
            couple_id=inside.couple,
            therapist_id=sue.person_id,
            since=TODAY,
            part=CarePart.CO_THERAPIST,
        )
    )
    db.session.flush()
    return sue


@pytest.fixture
def paul(inside) -> Actor:
    """Supervises Tess."""
    paul = make_person("Paul Dean", Role.THERAPIST)
    db.session.add(
        Supervision(supervisor_id=paul.person_id, therapist_id=inside.tess.person_id, since=TODAY)
    )
    db.session.flush()
    return paul
