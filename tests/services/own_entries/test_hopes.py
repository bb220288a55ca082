"""What somebody hopes for: locked away, never shown, never taken back."""

import pytest

from practice.domain.visibility import Audience
from practice.services import (
    clock,
    goals,
    own_entries,
)
from practice.services.errors import NotFound, Refused
from practice.services.goals import hopes
from practice.services.own_entries import EntryKind
from tests.builders import leave
from tests.own_entry_builders import hope_for, lock, put_back


def test_a_hope_is_locked_away_and_never_shown_or_taken_back(inside):
    (hope,) = hope_for(inside, inside.ben, "A garden")
    to = {"actor": inside.ben, "kind": EntryKind.HOPE, "record_id": hope}
    shown = own_entries.own_entry(**to)
    assert (shown.wider, shown.is_open, shown.others) == ((), False, ())
    assert shown.seen_by == "You and Tess"
    with pytest.raises(Refused):
        own_entries.show(**to, audience=Audience.COUPLE)
    with pytest.raises(NotFound):
        own_entries.take_back(**to)
    leave(inside.couple, inside.ben, on=clock.today())
    own_entries.lock_away(**to)
    (locked,) = own_entries.locked_entries(actor=inside.ben)
    assert (locked.title, locked.lines) == ("What you hope for", ("A garden",))
    own_entries.open_again(**to)
    assert [one.words for one in goals.own_hopes(actor=inside.ben)] == ["A garden"]


def test_the_place_of_a_locked_hope_is_free_and_another_is_found_for_it(inside):
    first, *_ = hope_for(inside, inside.ben, "A garden", "More talks")
    lock(inside, EntryKind.HOPE, first)
    places = hopes.places_of(inside.couple, inside.ben.person_id)
    assert [place.words for place in places] == ["", "More talks", ""]
    hope_for(inside, inside.ben, "Fewer quarrels")
    put_back(inside, EntryKind.HOPE, first)
    own = goals.own_hopes(actor=inside.ben)
    assert [(one.place, one.words) for one in own] == [
        (1, "Fewer quarrels"),
        (2, "More talks"),
        (3, "A garden"),
    ]


def test_a_fourth_hope_stays_locked_until_there_is_room(inside):
    first, *_ = hope_for(inside, inside.ben, "A garden")
    lock(inside, EntryKind.HOPE, first)
    _, second, _ = hope_for(inside, inside.ben, "One", "Two", "Three")
    with pytest.raises(Refused, match="room for three"):
        put_back(inside, EntryKind.HOPE, first)
    lock(inside, EntryKind.HOPE, second)
    put_back(inside, EntryKind.HOPE, first)
    assert [one.words for one in goals.own_hopes(actor=inside.ben)] == ["One", "A garden", "Three"]
