"""Worksheets of the practice's own: versions, who may, and what was given before."""

import io
import json
import logging
import zipfile
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from practice.db import db
from practice.domain.homework import registry
from practice.domain.homework.own import Question, Sheet, own_key, sheet_of
from practice.domain.homework.registry import get_template
from practice.domain.reports import Edition
from practice.domain.visibility import Audience
from practice.models.homework import Assignment
from practice.models.worksheets import Worksheet
from practice.services import clock, homework, notes, own_worksheets, reports
from practice.services.errors import Invalid, NotFound
from practice.services.homework import templates
from practice.services.own_export import export
from practice.services.own_worksheets import ChangedMeanwhile
from tests.builders import PASSWORD
from tests.exercises import give, write
from tests.queries import statements
from tests.records import make_session

SHEET = Sheet(
    title="Evening walk",
    purpose="To be side by side for a while.",
    minutes="30",
    steps="Put the phones away.\nWalk.",
    not_when="Not in a storm.",
    questions=(
        Question(prompt="What did you see?", required=True),
        Question(kind="choice", prompt="Who chose the way?", options="I\nYou"),
    ),
)
REWORDED = replace(
    SHEET,
    title="Morning walk",
    questions=(
        Question(kind="choice", prompt="Whose way was it?", options="Yours\nMine"),
        Question(prompt="What did you hear?", required=True),
    ),
)
WALKED = {"question_1": "a heron", "question_2": "answer_1", "outcome": "done"}


@pytest.fixture
def family(inside):
    return own_worksheets.add(actor=inside.tess, new_id=uuid4(), sheet=SHEET)


def change(actor, family, sheet=REWORDED, shown=1, new_id=None):
    return own_worksheets.change(
        actor=actor, family=family, new_id=new_id or uuid4(), shown=shown, sheet=sheet
    )


def give_own(inside, family, **overrides):
    return give(inside, template_key=own_key(family), **overrides)


def read(actor, entry_id):
    task, view = homework.portal_entry(actor=actor, entry_id=entry_id)
    return task.title, [(line.label, line.text) for line in view.answers]


def walk(inside, task, **raw):
    return homework.record_entry(
        actor=inside.ada,
        assignment_id=task,
        new_id=uuid4(),
        for_day=clock.today(),
        raw=WALKED | raw,
        audience=Audience.THERAPIST,
    )


def test_sent_twice_it_is_one_worksheet_that_can_be_given(inside, family):
    own_worksheets.add(actor=inside.tess, new_id=family, sheet=REWORDED)
    (one,) = own_worksheets.own_worksheets(actor=inside.otto)
    assert (one.family, one.number, one.title) == (family, 1, "Evening walk")
    assert one.created_by == "Tess Okafor"
    assert templates.all_given()[own_key(family)] == one.template
    titles = [one.title.casefold() for one in templates.all_given().values()]
    assert titles == sorted(titles)
    assert len(titles) == len(registry.all_templates()) + 1


def test_an_entry_is_read_in_the_wording_it_was_written_under(inside, family):
    task = give_own(inside, family)
    entry = walk(inside, task)
    assert change(inside.otto, family) == 2
    later = give_own(inside, family)
    first = [("What did you see?", "a heron"), ("Who chose the way?", "I")]
    assert read(inside.ada, entry)[0] == "Evening walk"
    assert read(inside.ada, entry)[1][:2] == first
    page = homework.assignment_page(actor=inside.tess, assignment_id=task)
    assert page.card.title == "Evening walk"
    assert [(line.label, line.text) for line in page.page.entries[0].answers][:2] == first
    # What is written now under the first is asked in its words, and under the second in its own.
    assert read(inside.ada, walk(inside, task))[1][:2] == first
    second = walk(inside, later, question_1="answer_2", question_2="a wren")
    assert read(inside.ada, second)[0] == "Morning walk"
    assert read(inside.ada, second)[1][0] == ("Whose way was it?", "Mine")


def test_every_save_that_changes_something_is_a_version_and_none_else(inside, family):
    assert change(inside.tess, family, SHEET) == 1
    sent = uuid4()
    assert change(inside.tess, family, new_id=sent) == 2
    assert change(inside.tess, family, replace(SHEET, title="Third"), 2, new_id=sent) == 2
    page = own_worksheets.worksheet_page(actor=inside.tess, family=family)
    assert (page.newest.number, page.newest.title) == (2, "Morning walk")
    assert [(one.number, one.title) for one in page.earlier] == [(1, "Evening walk")]
    one = own_worksheets.worksheet_version(actor=inside.tess, family=family, number=1)
    assert one == page.earlier[0]


def test_of_two_who_change_it_the_second_is_told(inside, family):
    change(inside.otto, family)
    with pytest.raises(ChangedMeanwhile):
        change(inside.tess, family, replace(SHEET, title="Night walk"))
    # What the other saved was the very same: nothing is lost, so nobody is troubled.
    assert change(inside.tess, family, REWORDED) == 2


def test_archived_it_is_not_given_and_what_was_given_goes_on(inside, family):
    task = give_own(inside, family)
    assert own_worksheets.archive(actor=inside.tess, family=family, archived=True) == "Evening walk"
    assert own_key(family) not in templates.all_given()
    with pytest.raises(Invalid) as refused:
        give_own(inside, family)
    assert set(refused.value.errors) == {"template_key"}
    assert homework.portal_assignment(actor=inside.ada, assignment_id=task).days
    session = make_session(inside.couple, inside.tess, starts_at=clock.now() + timedelta(hours=1))
    page = notes.notes_page(actor=inside.tess, session_id=session)
    asked = {one.smaller for tasks in page.homework.values() for one in tasks if one.id == task}
    assert asked == {""}, "less of it cannot be given either"
    assert homework.assignment_page(actor=inside.tess, assignment_id=task).life.smaller == ()
    assert read(inside.ada, walk(inside, task))[0] == "Evening walk"
    assert change(inside.tess, family) == 2
    assert own_key(family) not in templates.all_given()
    own_worksheets.archive(actor=inside.otto, family=family, archived=False)
    assert templates.all_given()[own_key(family)].version == 2
    assert templates.find(own_key(family), 1).title == "Evening walk"


def test_a_worksheet_of_the_library_keeps_the_words_it_was_given_in(inside, monkeypatch):
    task = give(inside)
    entry = write(inside.ada, task, Audience.THERAPIST)
    old = get_template("gratitude")
    blocks = (replace(old.blocks[0], prompt="Which kindness?"), *old.blocks[1:])
    new = replace(old, version=old.version + 1, title="Another title", blocks=blocks)
    library = dict(registry.all_templates()) | {"gratitude": new}
    monkeypatch.setattr(templates, "all_templates", lambda: library)
    db.session.expire_all()
    assert read(inside.ada, entry)[0] == old.title
    assert read(inside.ada, entry)[1][0][0] == old.blocks[0].prompt
    assert templates.template_of("gratitude", old.version) == old
    later = give(inside)
    assert homework.portal_assignment(actor=inside.ada, assignment_id=later).worksheet == new
    kept = db.session.scalars(select(Worksheet.version).where(Worksheet.key == "gratitude"))
    assert sorted(kept) == [old.version, old.version + 1]
    give(inside)
    give(inside, starts_on=clock.today() - timedelta(days=1))


def test_what_was_given_before_wordings_were_kept_is_shown_in_todays(inside):
    task = give(inside)
    db.session.query(Worksheet).delete()
    db.session.expire_all()
    shown = homework.portal_assignment(actor=inside.ada, assignment_id=task).worksheet
    assert shown == get_template("gratitude")


def test_a_damaged_wording_breaks_no_page_and_is_logged_without_its_words(inside, family, caplog):
    task = give_own(inside, family)
    entry = walk(inside, task)
    db.session.execute(update(Worksheet).values(content={"title": "heron"}))
    db.session.expire_all()
    with caplog.at_level(logging.WARNING):
        assert own_key(family) not in templates.all_given()
        assert read(inside.ada, entry)[0] == "A worksheet from your therapist"
    assert "cannot be read" in caplog.text
    assert "heron" not in caplog.text
    (one,) = own_worksheets.own_worksheets(actor=inside.tess)
    assert one.title == "A worksheet that cannot be read"
    assert homework.couple_homework(actor=inside.tess, couple_id=inside.couple).running
    assert change(inside.tess, family, SHEET) == 2
    assert templates.all_given()[own_key(family)].title == "Evening walk"


def test_it_can_begin_as_a_copy_under_a_title_of_its_own(inside, family):
    copied = own_worksheets.begun_from(actor=inside.tess, key="gratitude")
    assert copied == sheet_of(get_template("gratitude"))
    assert own_worksheets.begun_from(actor=inside.tess, key="none_such") == Sheet()
    for title in (copied.title.upper(), "evening WALK"):
        with pytest.raises(Invalid) as refused:
            own_worksheets.add(
                actor=inside.tess, new_id=uuid4(), sheet=replace(copied, title=title)
            )
        assert set(refused.value.errors) == {"title"}


def test_what_cannot_be_kept_names_its_field(inside):
    wrong = replace(SHEET, minutes="soon", questions=(Question(),))
    for keep in (
        lambda: own_worksheets.add(actor=inside.tess, new_id=uuid4(), sheet=wrong),
        lambda: own_worksheets.preview(wrong),
    ):
        with pytest.raises(Invalid) as refused:
            keep()
        assert set(refused.value.errors) == {"minutes", "questions-0-prompt"}
    assert own_worksheets.own_worksheets(actor=inside.tess) == ()


@pytest.mark.parametrize("who", ["ada", "finn"])
def test_partners_write_none(inside, family, who):
    actor = getattr(inside, who)
    for act in (
        lambda: own_worksheets.own_worksheets(actor=actor),
        lambda: own_worksheets.worksheet_page(actor=actor, family=family),
        lambda: own_worksheets.worksheet_version(actor=actor, family=family, number=1),
        lambda: own_worksheets.begun_from(actor=actor, key="gratitude"),
        lambda: own_worksheets.add(actor=actor, new_id=uuid4(), sheet=SHEET),
        lambda: change(actor, family),
        lambda: own_worksheets.archive(actor=actor, family=family, archived=True),
        lambda: own_worksheets.worksheet_page(actor=inside.tess, family=uuid4()),
        lambda: own_worksheets.worksheet_version(actor=inside.tess, family=family, number=9),
        lambda: change(inside.tess, uuid4()),
    ):
        with pytest.raises(NotFound):
            act()


def test_what_leaves_the_practice_speaks_the_words_it_was_written_under(inside, family):
    task = give_own(inside, family)
    walk(inside, task)
    change(inside.tess, family)
    own_worksheets.archive(actor=inside.tess, family=family, archived=True)
    db.session.expire_all()
    content = export.export_own(actor=inside.ada, password=PASSWORD)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        (sheet,) = json.loads(archive.read("own-data.json"))["homework"]
    assert sheet["title"] == "Evening walk"
    asked = [one["question"] for one in sheet["entries"][0]["answers"]]
    assert asked[:2] == ["What did you see?", "Who chose the way?"]
    found = reports.outcome_findings(
        actor=inside.tess, couple_id=inside.couple, edition=Edition.CLINICIAN
    )
    assert [one.title for one in found.homework] == ["Evening walk"]


def test_an_assignment_that_is_only_looked_at_has_its_wording_too(inside, family):
    change(inside.tess, family)
    for version, title in ((1, "Evening walk"), (2, "Morning walk")):
        row = Assignment(template_key=own_key(family), template_version=version)
        assert templates.wording_of(row).title == title


def test_a_wording_comes_with_its_assignment_whatever_their_number(inside, family):
    tasks = [give_own(inside, family)]
    change(inside.tess, family)
    tasks.append(give_own(inside, family))

    def asked(count):
        db.session.expire_all()
        with statements(db.engine) as sent:
            rows = db.session.scalars(
                select(Assignment).where(Assignment.id.in_(tasks[:count]))
            ).unique()
            titles = {row.id: templates.wording_of(row).title for row in rows}
        return [titles[task] for task in tasks[:count]], len(sent)

    assert asked(1) == (["Evening walk"], 1)
    assert asked(2) == (["Evening walk", "Morning walk"], 1)
