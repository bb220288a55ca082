"""The written matrix of fields: what the services return to each reader, field by field."""

import csv
import re
from contextlib import suppress
from pathlib import Path

import pytest

from practice.db import db
from practice.domain import access_matrix
from practice.domain.acts import Operation
from practice.domain.homework.terms import EndReason
from practice.domain.people import Role
from practice.domain.releases.cases import Outcome
from practice.services import (
    access,
    clock,
    corrections,
    couples,
    diary,
    homework,
    memberships,
    notes,
    own_entries,
    portal_home,
    response_pages,
    responses,
    safe_contacts,
    safety_plans,
    secrets_policies,
    sessions,
)
from practice.services.errors import NotFound
from practice.services.notes import NoteKind, countersigning, history
from practice.services.own_entries import EntryKind
from practice.services.own_export import export
from practice.services.own_export.subject import Subject
from practice.services.releases import cases
from tests.engines import one_engine
from tests.world import BORN
from tests.worlds.releases import open_case

pytestmark = one_engine

ACCESS = Path(__file__).parents[2] / "docs" / "access"
LEFT = "partner_a_left"


def rows(name):
    with (ACCESS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FIELDS = access_matrix.read_fields(rows("fields.csv"))

BEN = {"identity", "reason of a correction"}
"""Kinds and fields whose words are Ben's in the world of the tests; the others' are Ada's."""


def actors(world, line):
    """Return who stands for each column, but for those who have left."""
    ada, ben = world.cast.ada, world.cast.ben
    own, other = (ben, ada) if BEN & {line.kind, line.field} else (ada, ben)
    names = {
        "former_partner": "finn",
        "treating": "tess",
        "co_therapist": "toni",
        "other_therapist": "otto",
        "supervisor": "sue",
        "reception": "rita",
        "owner": "olga",
        "nobody": "cleo",
    }
    found = {column: world.actor(name) for column, name in names.items()}
    return {"partner_a": own, "partner_b": other} | found


def own_data(actor):
    if actor.role is not Role.PARTNER:
        raise NotFound
    readers = tuple(access.own_couples(actor).values())
    subject = Subject(actor.person_id, actor.name, readers, at_desk=False)
    return export.content_of(subject, clock.now())


def reads(world, kind):
    """Return every service by which somebody reads a record of a kind."""
    ids, couple = world.ids, world.cast.couple
    ada, ben = world.cast.ada.person_id, world.cast.ben.person_id
    session = {"session_id": ids["session"]}
    written = {
        "identity": [
            lambda who: couples.couple_details(actor=who, couple_id=couple),
            lambda who: couples.couple_header(actor=who, couple_id=couple),
            lambda who: diary.contact_card(actor=who, couple_id=couple, person_id=ben),
            lambda who: portal_home.portal_home(actor=who),
        ],
        "safe_contact": [
            lambda who: safe_contacts.own_contact(actor=who),
            lambda who: safe_contacts.contact_page(actor=who, couple_id=couple, person_id=ada),
            lambda who: diary.contact_card(actor=who, couple_id=couple, person_id=ada),
        ],
        "session": [
            lambda who: sessions.get_session(actor=who, **session),
            lambda who: sessions.portal_sessions(actor=who),
            lambda who: countersigning.supervised_notes(actor=who, **session),
        ],
        "joint_note": [
            lambda who: notes.session_notes(actor=who, **session),
            lambda who: history.note_history(actor=who, kind=NoteKind.JOINT, before=1, **session),
            lambda who: countersigning.supervised_notes(actor=who, **session),
        ],
        "member_note": [
            lambda who: notes.session_notes(actor=who, **session),
            lambda who: history.note_history(
                actor=who, kind=NoteKind.MEMBER, member_note_id=ids["note_ada"], **session
            ),
            lambda who: countersigning.supervised_notes(actor=who, **session),
        ],
        "problem": [
            lambda who: couples.couple_details(actor=who, couple_id=couple),
            lambda who: couples.couple_header(actor=who, couple_id=couple),
            lambda who: portal_home.portal_home(actor=who),
        ],
        "response": [
            lambda who: responses.own_answers(actor=who),
            lambda who: corrections.own_correction(actor=who, response_id=ids["response_ada"]),
            lambda who: own_entries.own_entry(
                actor=who, kind=EntryKind.ANSWERS, record_id=ids["response_ada"]
            ),
            lambda who: response_pages.response_page(actor=who, response_id=ids["response_ada"]),
            lambda who: response_pages.response_page(
                actor=who, response_id=ids["response_corrected"]
            ),
        ],
        "safety_plan": [
            lambda who: safety_plans.own_plan(actor=who),
            lambda who: safety_plans.plan_page(actor=who, couple_id=couple, person_id=ada),
        ],
        "secrets_policy": [
            lambda who: secrets_policies.portal_policies(actor=who),
            lambda who: secrets_policies.couple_policies(actor=who, couple_id=couple),
        ],
        "assignment": [
            lambda who: homework.portal_homework(actor=who),
            lambda who: homework.portal_assignment(actor=who, assignment_id=ids["task"]),
            lambda who: homework.portal_assignment(actor=who, assignment_id=ids["task_ended"]),
            lambda who: homework.assignment_page(actor=who, assignment_id=ids["task"]),
            lambda who: homework.assignment_page(actor=who, assignment_id=ids["task_ended"]),
        ],
        "case": [
            lambda who: cases.case_view(actor=who, case_id=ids["case"]),
            lambda who: cases.case_view(actor=who, case_id=ids["case_decided"]),
            lambda who: cases.cases(actor=who),
        ],
    }
    return [*written[kind], own_data]


def returned(world, kind, actor):
    """Return as one text all that the services give somebody of a kind of record."""
    found = []
    for service in reads(world, kind):
        with suppress(NotFound):
            found.append(repr(service(actor)))
    return "\n".join(found)


MARKS = {
    ("identity", "born_on"): f"{re.escape(repr(BORN))}|{BORN}",
    ("safe_contact", "ways"): "canary..addressada",
    ("safe_contact", "hours"): "canary..hoursada",
    ("safe_contact", "mail"): r"every day, 07:00|opens=datetime\.time\(7|'opens': '07:00'",
    ("safe_contact", "sender"): "canary..senderada",
    ("safe_contact", "never"): "canary..neverada",
    ("safe_contact", "code_word"): "canary..codewordada",
    ("assignment", "instructions"): r"canary\d+taskall",
    ("assignment", "earlier instructions"): r"canary\d+bigger",
    ("assignment", "reason of its end"): rf"canary\d+whyended|{EndReason.NO_LONGER_SAFE.value}",
    ("session", "attendance"): r"Attendance\.ATTENDED",
    ("session", "next_steps"): r"canary\d+steps\b",
    ("joint_note", "text"): "canary..jointnote",
    ("joint_note", "addenda"): r"canary\d+addendum\b",
    ("joint_note", "earlier versions"): "canary..oldjoint",
    ("member_note", "text"): r"canary\d+aboutben\b",
    ("member_note", "earlier versions"): "canary..oldabout",
    ("problem", "agreed statement"): "canary..agreed",
    ("problem", "words about one member"): "canary..problemada",
    ("response", "scores"): r"value=40\.0|'value': 40\.0",
    ("response", "answers"): r"Our relationship is strong', '?answer'?[=:] ?'Mostly TRUE'",
    ("response", "reason of a correction"): "canary..reasonben",
    ("safety_plan", "parts"): "canary..planada",
    ("safety_plan", "written_by"): r"written_by='Tess Okafor'",
    ("secrets_policy", "text"): r"canary\d+ruletext",
    ("secrets_policy", "reason"): r"canary\d+whyrule",
    ("secrets_policy", "told"): r"told=\('Ada', 'Ben'\)",
    ("secrets_policy", "chosen_by"): "chosen_by='Tess Okafor'",
    ("case", "requester"): r"canary\d+requester",
    ("case", "deadline_on"): r"deadline_on=datetime\.date",
    ("case", "checks"): "by='Tess Okafor', at=",
    ("case", "outcome"): r"Outcome\.REFUSED",
    ("case", "wanted"): r"canary\d+wanted",
    ("case", "names"): r"canary\d+lookfor",
    ("case", "reason"): "the reason of the decision",
    ("case", "sent"): "the letter that went out",
}
"""By what a field is known in what a service returns."""


WRITES = {
    "deadline_on": lambda who, case: cases.move_deadline(
        actor=who, case_id=case, deadline_on=clock.today()
    ),
    "checks": lambda who, case: cases.tick(actor=who, case_id=case, keys=()),
    "names": lambda who, case: cases.look_for(actor=who, case_id=case, names="Kim"),
    "outcome": lambda who, case: cases.decide(
        actor=who, case_id=case, outcome=Outcome.REFUSED, reason="No.", sent=""
    ),
}


@pytest.fixture
def world(world, inside):
    """The world, with a case that was decided besides the open one."""
    tess, decided = world.cast.tess, open_case(world.cast)
    cases.tick(
        actor=tess,
        case_id=decided,
        keys=[one.check.key for one in cases.case_view(actor=tess, case_id=decided).checks],
    )
    cases.decide(
        actor=tess,
        case_id=decided,
        outcome=Outcome.REFUSED,
        reason="the reason of the decision",
        sent="the letter that went out",
    )
    world.ids["case_decided"] = decided
    yield world
    del world.ids["case_decided"]


def of(operation):
    return [line for line in FIELDS if line.operation is operation]


def test_each_reader_is_returned_the_fields_that_are_written_for_them(world):
    texts = {}
    wrong = []
    for line in of(Operation.READ):
        for column, actor in actors(world, line).items():
            if (line.kind, actor) not in texts:
                texts[line.kind, actor] = returned(world, line.kind, actor)
            found = re.search(MARKS[line.kind, line.field], texts[line.kind, actor])
            if bool(found) != (column in line.readers):
                wrong.append(f"{line.name}: {column} {'reads it' if found else 'does not'}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", ["ada", "ben"])
def test_who_has_left_is_returned_the_fields_that_are_written_for_them(world, name):
    own = world.actor(name)
    memberships.end_membership(
        actor=world.cast.tess,
        couple_id=world.cast.couple,
        person_id=own.person_id,
        left_on=clock.today(),
    )
    lines = [one for one in of(Operation.READ) if actors(world, one)["partner_a"] == own]
    texts = {kind: returned(world, kind, own) for kind in {line.kind for line in lines}}
    found = {one.name for one in lines if re.search(MARKS[one.kind, one.field], texts[one.kind])}
    assert found == {one.name for one in lines if LEFT in one.readers}
    assert lines


def test_each_writer_writes_the_fields_that_are_written_for_them(world):
    wrong = []
    for line in of(Operation.WRITE):
        for column, actor in actors(world, line).items():
            with db.session.begin_nested() as undone:
                try:
                    WRITES[line.field](actor, world.ids["case"])
                    may = True
                except NotFound:
                    may = False
                undone.rollback()
            if may != (column in line.readers):
                wrong.append(f"{line.name}: {column} {'may' if may else 'may not'}")
    assert not wrong, "\n".join(wrong)


def test_every_line_about_a_field_is_tried():
    names = [line.name for line in FIELDS]
    assert len(names) == len(set(names))
    assert {(one.kind, one.field) for one in of(Operation.READ)} == set(MARKS)
    assert {one.field for one in of(Operation.WRITE)} == set(WRITES)
    assert {one.operation for one in FIELDS} == {Operation.READ, Operation.WRITE}


def test_readers_of_the_fields_of_one_record_differ():
    """Otherwise the line of the record says it all."""
    for kind in {line.kind for line in of(Operation.READ)} - {"identity"}:  # beside it, names
        assert len({line.readers for line in of(Operation.READ) if line.kind is kind}) > 1, kind


def test_no_field_is_open_to_somebody_for_whom_no_such_record_is():
    assert access_matrix.too_wide(access_matrix.read(rows("records.csv")), FIELDS) == []
    line = next(one for one in FIELDS if one.name == "case, wanted: read")
    wide = access_matrix.FieldLine(
        line.kind, line.field, line.operation, line.readers | {"reception"}
    )
    assert access_matrix.too_wide(access_matrix.read(rows("records.csv")), [wide]) == [
        "case, wanted: read: reception is written as 'yes', and the record is never theirs to read"
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "letter"}, "'letter' is not a valid Kind"),
        ({"operation": "burn"}, "'burn' is not a valid Operation"),
        ({"owner": "maybe"}, "owner: 'maybe' is neither yes nor -"),
        ({"extra": "-"}, "columns missing or unknown: extra"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(change, words):
    row = rows("fields.csv")[0]
    with pytest.raises(ValueError, match="line 3") as caught:
        access_matrix.read_fields([row, row | change])
    assert str(caught.value) == f"matrix of fields, line 3: {words}"
