"""The written matrix of who may read and do what: the rules keep to it in every case."""

import csv
from pathlib import Path

import pytest

from practice.domain import access_matrix
from practice.domain.access_matrix import ABOUT, FIXED, READERS, WHOSE, Line, differences, states
from practice.domain.acts import ACT_RULES, Operation, may
from practice.domain.people import Standing
from practice.domain.visibility import RULES, Audience, Kind, decide

WRITTEN = Path(__file__).parents[2] / "docs" / "access" / "records.csv"


def written():
    with WRITTEN.open(encoding="utf-8", newline="") as file:
        return access_matrix.read(csv.DictReader(file))


LINES = written()


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_the_rules_keep_to_the_written_matrix(line):
    assert [str(difference) for difference in differences(line)] == []


def test_no_line_is_written_twice():
    names = [line.name for line in LINES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_record_is_written_down(kind):
    operations = {line.operation for line in LINES if line.kind is kind}
    assert {Operation.READ, Operation.WRITE} <= operations


@pytest.mark.parametrize("operation", [one for one in Operation if one is not Operation.READ])
def test_an_operation_that_is_not_written_for_a_kind_is_nobodys(operation):
    listed = {(line.kind, line.whose, line.about) for line in LINES if line.operation is operation}
    kinds = {(line.kind, line.whose, line.about, line.fields) for line in LINES}
    for kind, whose, about, fields in kinds:
        if (kind, whose, about) not in listed:
            nobody = dict.fromkeys(READERS, "-")
            allowed = differences(Line(kind, fields, whose, about, operation, nobody))
            assert not allowed, f"write it down: {allowed[0]}"


def test_every_rule_decides_something():
    reasons = {
        decide(reader, record).reason
        for line in LINES
        for record in states(line)
        for reader in READERS.values()
    }
    assert reasons == {rule.__name__ for rule in RULES} | {"hidden_by_default"}


def test_every_rule_of_acting_decides_something():
    reasons = {
        may(reader, record, operation).reason
        for line in LINES
        for record in states(line)
        for reader in READERS.values()
        for operation in Operation
        if operation is not Operation.READ
    }
    assert reasons == {rule.__name__ for rule in ACT_RULES} | {"not_allowed_by_default"}


def test_reading_goes_by_the_rule_of_visibility_and_its_name():
    for line in LINES:
        for record in states(line):
            for reader in READERS.values():
                assert may(reader, record, Operation.READ) == decide(reader, record)


def test_a_difference_says_who_where_and_why():
    line = next(line for line in LINES if line.kind is Kind.RESPONSE)
    wrong = Line(
        line.kind,
        line.fields,
        line.whose,
        line.about,
        Operation.READ,
        {**line.cells, "owner": "yes"},
    )
    found = differences(wrong)
    assert len(found) == len(list(states(line)))
    assert str(found[0]) == (
        "response of a member, about all: read: owner is written as 'yes'; "
        "owners_see_no_clinical_record says otherwise (for private)"
    )
    assert "final" in str(found[1])


ROW = {
    **dict.fromkeys(FIXED, ""),
    "kind": "goal",
    "whose": "therapist",
    "about": "all",
    "operation": "read",
    **dict.fromkeys(READERS, "-"),
}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "letter"}, "'letter' is not a valid Kind"),
        ({"operation": "burn"}, "'burn' is not a valid Operation"),
        ({"whose": "cat"}, "whose cannot be 'cat'"),
        ({"about": "two"}, "about cannot be 'two'"),
        (
            {"owner": "maybe"},
            "owner: 'maybe' is none of "
            "-, yes, not private, finished, signed, open, joint, for a session",
        ),
        ({"extra": "-"}, "columns missing or unknown: extra"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(change, words):
    with pytest.raises(ValueError, match="line 3") as caught:
        access_matrix.read([ROW, {**ROW, **change}])
    assert str(caught.value) == f"access matrix, line 3: {words}"


def test_a_missing_column_is_named():
    row = {key: value for key, value in ROW.items() if key != "nobody"}
    with pytest.raises(ValueError, match="missing or unknown: nobody"):
        access_matrix.read([row])


def test_the_readers_stand_where_their_columns_say():
    assert {name: reader.standing for name, reader in READERS.items()} == {
        "partner_a": Standing.MEMBER,
        "partner_a_left": Standing.FORMER,
        "partner_b": Standing.MEMBER,
        "former_partner": Standing.FORMER,
        "treating": Standing.TREATING,
        "co_therapist": Standing.CO_TREATING,
        "other_therapist": Standing.NONE,
        "supervisor": Standing.SUPERVISING,
        "reception": Standing.RECEPTION,
        "owner": Standing.OWNER,
        "nobody": Standing.MEMBER,
    }
    assert READERS["nobody"].couple_id != READERS["partner_a"].couple_id


def test_every_state_is_tried():
    for line in LINES:
        tried = list(states(line))
        assert len(set(tried)) == len(Audience) * 16
        assert {record.author_id for record in tried} == {WHOSE[line.whose]}
        assert {record.concerns for record in tried} == {ABOUT[line.about]}


@pytest.mark.parametrize("standing", list(Standing))
def test_who_treats(standing):
    assert standing.treats is (standing in {Standing.TREATING, Standing.CO_TREATING})
