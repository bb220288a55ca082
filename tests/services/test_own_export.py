"""A person's file: complete for them, nothing of anybody else's (S28)."""

import io
import json
import re
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser

from practice.db import db
from practice.domain.visibility import Audience
from practice.models import Base
from practice.reports.render import Rendered, RenderFailed
from practice.services import clock, corrections, memberships, responses
from practice.services.erasure.rules import PERSON_COLUMNS, Fate
from practice.services.errors import Invalid, NotFound
from practice.services.known_people import NewPerson
from practice.services.own_export import export
from practice.services.own_export.parts import EXPORTED, NOT_EXPORTED, PARTS
from tests import exercises, measure_builders, release_record
from tests.builders import PASSWORD
from tests.engines import one_engine
from tests.reports.pdf_checks import text_of

PDF = "own-data.pdf"
WORD = re.compile(r"canary\d+[a-z]+")


@pytest.fixture
def world(world, inside):
    return world


def files(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def own(actor):
    return files(export.export_own(actor=actor, password=PASSWORD))


@pytest.fixture
def without_pdf(monkeypatch):
    """For whoever reads the JSON alone: nothing is typeset."""
    monkeypatch.setattr(export, "render", lambda *_, **__: Rendered(b"", 1))


_own_in_world = {}


def own_in_world(world, name):
    """Return what is in the file of Ada or Ben in the full record: made once, read by several."""
    key = (db.engine.dialect.name, world.cast.couple, name)
    if key not in _own_in_world:
        _own_in_world[key] = own(getattr(world.cast, name))
    return _own_in_world[key]


def words_of(found):
    text = found["own-data.json"].decode() + found["read-me.txt"].decode()
    return set(WORD.findall(text)), text_of(found[PDF]).replace(" ", "")


@one_engine
@pytest.mark.parametrize("name", ["ada", "ben"])
def test_s28_complete_for_oneself_and_nothing_of_the_other(world, name):
    other = "ben" if name == "ada" else "ada"
    in_json, in_pdf = words_of(own_in_world(world, name))
    for canary in world.canaries:
        # What one gave alone: words with no other member among their readers.
        if name in canary.readers and other not in canary.readers and "report" not in canary.word:
            if canary.label in NOT_ONES_OWN:
                continue
            assert canary.word in in_json, canary.word
            assert canary.word in in_pdf, canary.word
        if name not in canary.readers:
            assert canary.word not in in_json, canary.word
            assert canary.word not in in_pdf, canary.word


NOT_ONES_OWN = {
    "codewordada": "whoever finds the file must not have it",
    "codewordben": "as Ada's",
    "planada": "on the person's own pages; no file of it may lie about",
    "eventben": "an event the therapist marked; in the file at the desk",
}
"""Words about one person that are not theirs; with the reason why the file lacks them."""


@one_engine
def test_what_others_opened_to_one_is_theirs_and_not_in_it(world):
    in_json, in_pdf = words_of(own_in_world(world, "ada"))
    opened_by_ben = next(c.word for c in world.canaries if c.word.endswith("openben"))
    own_words = next(c.word for c in world.canaries if c.word.endswith("openada"))
    assert opened_by_ben not in in_json
    assert opened_by_ben not in in_pdf
    assert own_words in in_json
    assert own_words in in_pdf


def test_joint_words_lose_the_names_of_the_others(inside, without_pdf):
    release_record.session(inside, next_steps="Ben cooks, Ada walks the dog.")
    found = own(inside.ada)["own-data.json"].decode()
    assert "[name removed] cooks, Ada walks" in found
    assert "Morrow" not in found


def test_every_answer_is_in_it_with_words_value_and_score(inside, without_pdf):
    measure_builders.answer(inside, inside.ada, "csi4")
    (first,) = responses.own_answers(actor=inside.ada).own
    corrections.correct_own(
        actor=inside.ada,
        response_id=first.response_id,
        new_id=uuid4(),
        answers=measure_builders.choose("csi4", csi_01=3),
        audience=Audience.THERAPIST,
        reason="A slip.",
    )
    found = json.loads(own(inside.ada)["own-data.json"])
    assert len(found["responses"]) == 2
    assert [bool(one["replaced_at"]) for one in found["responses"]].count(True) == 1
    for one in found["responses"]:
        assert len(one["answers"]) == len(one["stored"]) == 4
        assert {"question", "answer", "value"} <= one["answers"][0].keys()
        assert one["scores"][0]["to"] == 21


def test_it_can_be_read_by_a_machine_and_says_what_it_is(inside, without_pdf):
    made = own(inside.ada)
    found = json.loads(made["own-data.json"])
    keys = [part.key for part in PARTS if not part.only_at_desk]
    assert list(found) == ["schema", "made_at", "time_zone", "made_by", *keys]
    assert found["schema"] == export.SCHEMA
    described = made["read-me.txt"].decode()
    assert all(f"  {key}: " in described for key in keys)


def test_where_typesetting_fails_the_words_come_as_plain_text(inside, monkeypatch):
    def fails(*_, **__):
        raise RenderFailed("too long")

    measure_builders.answer(inside, inside.ada, "csi4")
    monkeypatch.setattr(export, "render", fails)
    found = own(inside.ada)
    assert set(found) == {"own-data.json", "own-data.txt", "read-me.txt"}
    assert "YOUR ANSWERS" in found["own-data.txt"].decode()
    assert "of 21" in found["own-data.txt"].decode()


@one_engine
def test_what_is_for_reading_says_days_hours_and_readers_in_words(world):
    """No stored value of a machine: those stand in the JSON."""
    found = own_in_world(world, "ben")
    read, stored = text_of(found[PDF]), found["own-data.json"].decode()
    moment = re.compile(r"\d{4}-\d\d-\d\d(T\d\d)?")
    assert moment.search(stored)
    assert "when_all_done" in stored
    assert not moment.search(read)
    assert "when_all_done" not in read
    assert re.search(r"\d \w+ 20\d\d, \d\d:\d\d", read)
    assert "you alone" in read


def test_a_wrong_password_makes_no_file(inside):
    with pytest.raises(Invalid):
        export.export_own(actor=inside.ada, password="not it")


@one_engine
def test_at_the_desk_what_was_kept_private_stays_out(world):
    cast = world.cast
    found = files(
        export.export_at_desk(actor=cast.tess, couple_id=cast.couple, person_id=cast.ben.person_id)
    )
    in_json, in_pdf = words_of(found)
    hidden = {c.word for c in world.canaries if c.label in ("private", "draftben")}
    assert len(hidden) == 2
    assert not hidden & in_json
    assert not [word for word in hidden if word in in_pdf]
    assert any(word.endswith("fortess") for word in in_json)
    assert not any(word.endswith("problemben") for word in in_json)


@one_engine
def test_at_the_desk_one_can_add_what_was_noted_about_that_person_alone(world, without_pdf):
    cast = world.cast
    found = files(
        export.export_at_desk(
            actor=cast.tess,
            couple_id=cast.couple,
            person_id=cast.ben.person_id,
            with_record=True,
        )
    )
    in_json = set(WORD.findall(found["own-data.json"].decode()))
    added = {c.label for c in world.canaries if c.word in in_json}
    assert {"problemben", "eventben", "eventcare"} <= added
    assert "problemada" not in added
    assert not {"processnote", "jointnote", "individualnote", "flagnote"} & added


@one_engine
def test_private_answers_and_plans_are_in_it_only_with_the_person_in_the_room(world):
    cast = world.cast
    ways = {"actor": cast.tess, "couple_id": cast.couple, "person_id": cast.ben.person_id}
    without = files(export.export_at_desk(**ways))["own-data.json"].decode()
    assert json.loads(without)["private_questions"] == []
    assert "planben" not in without
    added = files(export.export_at_desk(**ways, with_private=True))["own-data.json"].decode()
    assert len(json.loads(added)["private_questions"][0]["answers"]) == 4
    assert "planben" in added
    assert "planada" not in added
    assert "private_questions" not in own(cast.ben)["own-data.json"].decode()


def test_only_the_lead_makes_one_at_the_desk(inside):
    release_record.join_care(inside, inside.otto)
    for actor in (inside.otto, inside.ada, inside.cleo):
        with pytest.raises(NotFound):
            export.export_at_desk(
                actor=actor, couple_id=inside.couple, person_id=inside.ada.person_id
            )


def test_whoever_has_left_gets_their_own(inside, without_pdf):
    task = exercises.give(inside)
    exercises.write(inside.ben, task, Audience.THERAPIST, noticed="before I left")
    release_record.leave_today(inside, inside.ben)
    found = own(inside.ben)["own-data.json"].decode()
    assert "before I left" in found
    assert not json.loads(found)["goals"]


def at_desk(cast, person):
    found = files(
        export.export_at_desk(
            actor=cast.tess,
            couple_id=cast.couple,
            person_id=person.person_id,
            with_record=True,
        )
    )
    content = json.loads(found["own-data.json"])
    return {key: value for key, value in content.items() if key != "made_at"}


def joins(cast, name):
    memberships.add_member(
        actor=cast.tess,
        couple_id=cast.couple,
        person=NewPerson(name=name, is_new=True),
        joined_on=clock.today(),
    )


def test_who_joins_after_one_has_left_changes_no_word_of_ones_file(inside, without_pdf):
    seen_alone = release_record.session(inside, person=inside.ben)
    release_record.note(inside, seen_alone, "Ada knows his friend Gus Weller.")
    release_record.leave_today(inside, inside.ben)
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False):
        before = at_desk(inside, inside.ben)
        joins(inside, "Gus Weller")
        assert at_desk(inside, inside.ben) == before
        (noted,) = [one for one in before["noted_about"] if "note" in one["what"]]
        assert noted["words"] == "[name removed] knows his friend Gus Weller."


def test_words_written_after_somebody_joined_lose_that_name_too(inside, without_pdf):
    seen_alone = release_record.session(inside, person=inside.ben)
    release_record.leave_today(inside, inside.ben)
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False):
        joins(inside, "Gus Weller")
        release_record.note(inside, seen_alone, "He asked after Gus.")
        (noted,) = [
            one for one in at_desk(inside, inside.ben)["noted_about"] if "note" in one["what"]
        ]
    assert noted["words"] == "He asked after [name removed]."


def test_its_metadata_names_nobody(inside):
    content = export.export_own(actor=inside.ada, password=PASSWORD)
    found = files(content)
    with zipfile.ZipFile(io.BytesIO(content)) as z:
        assert {one.date_time for one in z.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any(
            "ada" in one.filename.lower().replace("own-data", "") for one in z.infolist()
        )
    (info,) = PDFDocument(PDFParser(io.BytesIO(found[PDF]))).info
    assert "Ada" not in str(info)


def test_every_table_that_points_at_a_client_is_in_the_file_or_left_out_with_a_reason():
    of_clients = {
        name.split(".")[0] for name, fate in PERSON_COLUMNS.items() if fate is not Fate.STAFF
    }
    assert of_clients <= EXPORTED | set(NOT_EXPORTED)
    assert EXPORTED | set(NOT_EXPORTED) <= set(Base.metadata.tables)
