"""The sheet of a person's own data: words for people, keys for machines only."""

import io
import json
import re
import zipfile

import pytest

from practice.services.own_export import export
from practice.services.own_export.reading import lines_of
from tests.builders import PASSWORD
from tests.reports.pdf_checks import text_of


def test_stored_values_are_put_into_words_and_own_words_are_not():
    record = {
        "measure": "csi16",
        "title": "Couples Satisfaction Index (CSI-16)",
        "starts_at": "2026-08-06T12:30:00+01:00",
        "due_on": "2026-08-09",
        "own_attendance": "late_cancellation",
        "for_whom": "therapist",
        "answers": [{"question": "Which day?", "answer": "2026-08-06"}],
        "words": "2026-08-06",
        "comment": "late_cancellation",
        "on_paper": False,
        "stored": {"a": 1},
        "left_on": None,
    }
    assert lines_of(record) == (
        ("Title", "Couples Satisfaction Index (CSI-16)"),
        ("When", "6 August 2026, 12:30"),
        ("Due on", "9 August 2026"),
        ("You", "Late cancellation"),
        ("For whom", "you and your therapist"),
        ("Which day?", "2026-08-06"),
        ("Words", "2026-08-06"),
        ("Comment", "late_cancellation"),
        ("On paper", "no"),
    )


def test_a_key_for_machines_stays_where_nothing_else_names_it():
    assert lines_of({"measure": "gone", "title": None}) == (("Measure", "gone"),)


def test_no_moment_for_machines_is_on_the_sheet_and_every_one_is_in_the_other_file(inside, world):
    with zipfile.ZipFile(
        io.BytesIO(export.export_own(actor=world.cast.ben, password=PASSWORD))
    ) as archive:
        sheet, machine = text_of(archive.read("own-data.pdf")), archive.read("own-data.json")
    moments = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
    assert not moments.search(sheet.replace(" ", ""))
    assert moments.search(machine.decode())
    assert all(one["title"] for one in json.loads(machine)["asked"])


@pytest.mark.parametrize("with_private", [False, True])
def test_the_file_says_truly_whether_answers_to_safety_questions_are_in_it(
    inside, world, with_private
):
    cast = world.cast
    made = export.export_at_desk(
        actor=cast.tess,
        couple_id=cast.couple,
        person_id=cast.ben.person_id,
        with_private=with_private,
    )
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        sheet = " ".join(text_of(archive.read("own-data.pdf")).split())
        about = archive.read("read-me.txt").decode()
    assert ("Keep this file where nobody else finds it" in sheet) is with_private
    assert ("safety questions are not in it" in sheet) is not with_private
    assert ("because you asked for them" in about) is with_private
    assert ("and answers to safety questions." in about) is not with_private
