"""Standing: who counts as what to a couple, and what the access log says of it."""

import pytest

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.people import Standing
from practice.domain.visibility import Audience, Facts, Kind
from practice.services import access, audit
from practice.services.errors import NotFound
from tests import staff


def test_standing_follows_care_and_membership(inside):
    couple = inside.couple
    assert access.require_couple(inside.tess, couple).standing is Standing.TREATING
    assert access.require_couple(inside.ada, couple).standing is Standing.MEMBER
    assert access.require_couple(inside.finn, couple).standing is Standing.FORMER


@pytest.mark.parametrize("stranger", ["otto", "cleo"])
def test_a_strangers_couple_is_not_found(inside, stranger):
    with pytest.raises(NotFound):
        access.require_couple(getattr(inside, stranger), inside.couple)


def reasons(how):
    gathered = db.session.info[audit._GATHERED]
    return {line.what: line.reason for line in gathered if line.how == how}


def test_a_page_of_many_records_says_how_somebody_came_in(inside):
    sue = staff.make_staff(inside).sue
    for actor in (inside.tess, sue):
        access.require_staff(actor, inside.couple)
        audit.note_read(actor, inside.couple, f"page of {actor.name}")
    audit.note_read(sue, None, "supervision")
    assert reasons("read") == {
        f"page of {inside.tess.name}": audit.IN_CARE,
        f"page of {sue.name}": "as_supervising",
        "supervision": audit.OWN_PAGE,
    }


def test_a_line_names_the_rule_of_its_own_kind_alone(inside):
    reader = access.standing_of(inside.tess, inside.couple)
    own = Facts(inside.couple, reader.person_id, Kind.PROCESS_NOTE, Audience.PRIVATE)
    access.require_act(reader, own, Operation.WRITE)
    for what in ("process_note.saved", "joint_note.saved"):
        audit.note_write(inside.tess, inside.couple, what)
    assert reasons("written") == {
        "process_note.saved": "process_notes_are_written_by_their_author",
        "joint_note.saved": audit.BY_ITS_ACTOR,
    }, "no line tells that there is a process note"
