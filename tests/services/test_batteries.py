"""Setting what is asked when: the practice's battery and a couple's own."""

import pytest

from practice.db import db
from practice.domain.battery import DEFAULT_BATTERY, Battery, Occasion, Step
from practice.models.settings import BatterySetting
from practice.services import schedule as services
from practice.services.errors import Invalid, NotFound
from tests.schedules import INTAKE, waiting


def test_a_couples_battery_goes_before_the_practices_and_can_be_left_again(couple):
    own = Battery((Step(Occasion.INTAKE, "csi16"),))
    services.save_battery(actor=couple.tess, couple_id=couple.couple, battery=own)
    assert waiting(couple.ada) == {"csi16"}
    everybody = Battery((Step(Occasion.INTAKE, "csi4"), Step(Occasion.INTAKE, "who5")))
    services.save_battery(actor=couple.otto, couple_id=None, battery=everybody)
    assert waiting(couple.ada) == {"csi16"}
    services.back_to_default(actor=couple.tess, couple_id=couple.couple)
    assert waiting(couple.ada) == {"csi4", "who5"}
    services.back_to_default(actor=couple.otto, couple_id=None)
    assert waiting(couple.ada) == INTAKE
    page = services.battery_page(actor=couple.tess, couple_id=couple.couple)
    assert (page.is_own, page.battery) == (False, DEFAULT_BATTERY)
    assert page.set_by == "Tess Okafor"


def test_saving_the_same_again_is_no_new_setting(couple):
    before = db.session.query(BatterySetting).count()
    for _ in range(2):
        services.save_battery(
            actor=couple.tess, couple_id=couple.couple, battery=Battery((), active=True)
        )
    assert db.session.query(BatterySetting).count() == before + 1


def test_switched_off_the_schedule_asks_nothing_and_switched_on_it_asks_again(couple):
    services.switch(actor=couple.tess, couple_id=couple.couple, active=False)
    assert waiting(couple.ada) == set()
    services.switch(actor=couple.tess, couple_id=couple.couple, active=True)
    assert waiting(couple.ada) == INTAKE


def test_a_battery_that_cannot_be_asked_names_what_is_wrong(couple):
    wrong = Battery((Step(Occasion.INTAKE, "rdas"),), review_first=1, review_every=0)
    with pytest.raises(Invalid) as refused:
        services.save_battery(actor=couple.tess, couple_id=couple.couple, battery=wrong)
    assert set(refused.value.errors) == {"intake__rdas", "review_first", "review_every"}


def test_only_therapists_set_a_battery_and_only_their_own_couples(couple):
    battery = Battery(())
    for actor, where in (
        (couple.ada, None),
        (couple.ada, couple.couple),
        (couple.otto, couple.couple),
    ):
        with pytest.raises(NotFound):
            services.battery_page(actor=actor, couple_id=where)
        with pytest.raises(NotFound):
            services.save_battery(actor=actor, couple_id=where, battery=battery)
        with pytest.raises(NotFound):
            services.back_to_default(actor=actor, couple_id=where)
