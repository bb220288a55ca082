"""``flask visibility-table``: the written matrix as text, and what it says of a difference."""

import csv
import re

import pytest

from practice.cli import visibility
from practice.domain.access_matrix import READERS

CELL = re.compile(r"not private|for a session|finished|signed|joint|open|yes|-")


def run(app):
    return app.test_cli_runner().invoke(args=["visibility-table"])


def rows(path=visibility.MATRIX):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cells(printed):
    """Return the words of a printed table, by line and reader."""
    head, *lines = printed.splitlines()
    assert head.split() == list(READERS)
    starts = [head.index(f" {name}") + 1 for name in READERS]
    found = {
        line[: starts[0]].strip(): [CELL.match(line, start)[0] for start in starts]
        for line in lines
    }
    assert len(lines) == len(found)
    return found


@pytest.fixture
def changed(tmp_path, monkeypatch):
    """Return how to put another matrix in the place of a written one."""

    def write(lines, name="MATRIX"):
        path = tmp_path / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, lines[0].keys())
            writer.writeheader()
            writer.writerows(lines)
        monkeypatch.setattr(visibility, name, path)

    return write


def test_every_line_and_every_reader_stands_in_the_tables(app):
    done = run(app)
    assert done.exit_code == 0, done.output
    records, between, fields, end = done.stdout.split("\n\n")
    assert cells(records) == {
        f"{row['kind']} / {row['whose']} / {row['about']}: {row['operation']}": [
            row[name] for name in READERS
        ]
        for row in rows()
    }
    assert "fields of one record" in between
    assert cells(fields) == {
        f"{row['kind']}, {row['field']}: {row['operation']}": [row[name] for name in READERS]
        for row in rows(visibility.FIELDS)
    }
    assert f"{len(rows())} lines, {len(READERS)} readers, 80 states." in end


def test_a_difference_is_named_and_ends_with_1(app, changed):
    lines = rows()
    line = next(row for row in lines if (row["kind"], row["operation"]) == ("response", "read"))
    line["owner"] = "yes"
    changed(lines)
    done = run(app)
    assert done.exit_code == 1
    assert (
        "response of a member, about all: read: owner is written as 'yes'; "
        "owners_see_no_clinical_record says otherwise (for private)"
    ) in done.stderr
    assert "The rules differ from the matrix in 80 cases." in done.stderr
    assert "keep to every cell" not in done.output
    assert "response / member / all: read" in done.stdout, "the table is printed all the same"


def test_a_field_open_to_whom_the_record_is_not_ends_with_1(app, changed):
    lines = rows(visibility.FIELDS)
    lines[1]["owner"] = "yes"
    changed(lines, "FIELDS")
    done = run(app)
    assert done.exit_code == 1
    assert "safe_contact, ways: read: owner is written as 'yes'" in done.stderr
    assert "in 1 cases." in done.stderr


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("MATRIX", "access matrix, line 6: owner: 'maybe' is none of"),
        ("FIELDS", "matrix of fields, line 6: owner: 'maybe' is neither"),
    ],
)
def test_a_matrix_that_cannot_be_read_is_named(app, changed, monkeypatch, tmp_path, name, words):
    lines = rows(getattr(visibility, name))
    lines[4]["owner"] = "maybe"
    changed(lines, name)
    done = run(app)
    assert done.exit_code == 1
    assert words in done.stderr
    monkeypatch.setattr(visibility, name, tmp_path / "nowhere.csv")
    done = run(app)
    assert done.exit_code == 1
    assert "nowhere.csv" in done.stderr
