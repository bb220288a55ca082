"""Standing: who counts as what to a couple."""

import pytest

from practice.domain.people import Standing
from practice.services import access
from practice.services.errors import NotFound


def test_standing_follows_care_and_membership(inside):
    couple = inside.couple
    assert access.require_couple(inside.tess, couple).standing is Standing.TREATING
    assert access.require_couple(inside.ada, couple).standing is Standing.MEMBER
    assert access.require_couple(inside.finn, couple).standing is Standing.FORMER


@pytest.mark.parametrize("stranger", ["otto", "cleo"])
def test_a_strangers_couple_is_not_found(inside, stranger):
    with pytest.raises(NotFound):
        access.require_couple(getattr(inside, stranger), inside.couple)
