"""Moving private words into the joint record: only with a yes, word for word, and revocable."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from practice.db import db
from practice.domain.agreements import Answer, JointSource
from practice.domain.reports import Edition
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.agreements import JointPassage, Permission
from practice.models.intake import IntakeEntry
from practice.models.responses import Response
from practice.services import (
    clock,
    intake,
    joint_passages,
    own_entries,
    own_permissions,
    permissions,
    reports,
)
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.intake import section_id_of
from practice.services.own_entries import EntryKind
from practice.services.portal_todo import own_todo
from tests import exercises, measure_builders
from tests.builders import leave

WORDS = "We stopped talking after the move."


@pytest.fixture
def source(inside):
    """A section of Ben's intake, for Tess."""
    return write(inside, WORDS + " It was my idea.")


def write(inside, text, audience=Audience.THERAPIST, key="brings", field="brings"):
    new_id = uuid4()
    intake.save(
        actor=inside.ben,
        section_id=section_id_of(inside.couple, inside.ben.person_id, key),
        new_id=new_id,
        raw={field: text},
        audience=audience,
    )
    return new_id


def of(source):
    return {"kind": JointSource.INTAKE, "source_id": source}


def ask(inside, source, **more):
    new_id = uuid4()
    values = {"actor": inside.tess, "new_id": new_id, "purpose": "For the report."} | of(source)
    permissions.ask(**(values | more))
    return new_id


def granted(inside, source):
    permission = ask(inside, source)
    own_permissions.answer(actor=inside.ben, permission_id=permission, answer=Answer.YES)
    return permission


def add(inside, source, text=WORDS, **more):
    new_id = uuid4()
    values = {"actor": inside.tess, "new_id": new_id, "text": text} | of(source)
    joint_passages.add(**(values | more))
    return new_id


def in_report(inside, edition=Edition.JOINT):
    found = reports.outcome_findings(actor=inside.tess, couple_id=inside.couple, edition=edition)
    return [passage.text for passage in found.passages]


def test_nothing_is_moved_without_a_yes(inside, source):
    with pytest.raises(Refused):
        add(inside, source)
    permission = ask(inside, source)
    with pytest.raises(Refused):
        add(inside, source)
    own_permissions.answer(actor=inside.ben, permission_id=permission, answer=Answer.NO)
    with pytest.raises(Refused):
        add(inside, source)
    assert in_report(inside) == []
    assert db.session.query(JointPassage).count() == 0


def test_with_a_yes_the_words_are_moved_as_they_stand(inside, source):
    granted(inside, source)
    one = add(inside, source, "we stopped  talking\nafter")
    add(inside, source, "we stopped  talking\nafter", new_id=one)
    assert in_report(inside) == ["we stopped  talking\nafter"]
    for wrong in ("We stopped talking because of Ada.", " "):
        with pytest.raises(Invalid):
            add(inside, source, wrong)
    (line,) = joint_passages.couple_passages(actor=inside.tess, couple_id=inside.couple)
    assert (line.member.first_name, line.is_released) == ("Ben", True)


def test_taken_back_it_is_in_nothing_new(inside, source):
    permission = granted(inside, source)
    add(inside, source)
    for _ in range(2):
        own_permissions.withdraw(actor=inside.ben, permission_id=permission)
    assert in_report(inside) == in_report(inside, Edition.CLINICIAN) == []
    (line,) = joint_passages.couple_passages(actor=inside.tess, couple_id=inside.couple)
    assert not line.is_released
    with pytest.raises(Refused):
        add(inside, source)
    own_permissions.answer(actor=inside.ben, permission_id=ask(inside, source), answer=Answer.YES)
    add(inside, source, "It was my idea.")
    assert in_report(inside) == ["It was my idea."]


def test_an_entry_that_was_locked_away_leaves_the_joint_record(inside, source):
    granted(inside, source)
    add(inside, source)
    assert in_report(inside) == [WORDS]
    db.session.get_one(IntakeEntry, source).locked_at = clock.now()
    assert in_report(inside) == []
    with pytest.raises(Refused):
        add(inside, source, "It was my idea.")


def test_whoever_has_left_is_in_no_joint_report_and_is_not_asked(inside, source):
    granted(inside, source)
    add(inside, source)
    leave(inside.couple, inside.ben, on=clock.today())
    assert in_report(inside) == []
    page = permissions.source_page(actor=inside.tess, **of(source))
    assert not page.may_be_used


def test_a_passage_can_be_taken_out(inside, source):
    granted(inside, source)
    passage = add(inside, source)
    for who in (inside.otto, inside.ada, inside.ben):
        with pytest.raises(NotFound):
            joint_passages.remove(actor=who, passage_id=passage)
    assert joint_passages.remove(actor=inside.tess, passage_id=passage) == inside.couple
    assert in_report(inside) == []


def test_what_was_said_in_a_session_is_written_down_with_its_words(inside, source):
    today = clock.today()
    values = {"actor": inside.tess, "said_on": today, "words": "Yes, say it."} | of(source)
    permissions.record_answer(answer=Answer.YES, new_id=uuid4(), **values)
    standing = permissions.source_page(actor=inside.tess, **of(source)).standing
    assert (standing.words, standing.answered_on) == ("Yes, say it.", today)
    with pytest.raises(Refused):
        permissions.record_answer(answer=Answer.YES, new_id=uuid4(), **values)
    kind, back = permissions.take_back_for(actor=inside.tess, permission_id=standing.id)
    assert (kind, back) == (JointSource.INTAKE, source)
    assert permissions.source_page(actor=inside.tess, **of(source)).standing is None
    for wrong in (
        {"words": " "},
        {"said_on": today + timedelta(days=1)},
        {"said_on": date(2020, 1, 1)},
    ):
        with pytest.raises(Invalid) as problem:
            permissions.record_answer(answer=Answer.NO, new_id=uuid4(), **(values | wrong))
        assert list(problem.value.errors) == list(wrong)


def test_an_open_question_is_answered_by_what_was_said(inside, source):
    permission = ask(inside, source)
    permissions.record_answer(
        actor=inside.tess,
        new_id=uuid4(),
        answer=Answer.NO,
        said_on=clock.today(),
        words="No.",
        **of(source),
    )
    assert db.session.query(Permission).count() == 1
    found = own_permissions.own_permission(actor=inside.ben, permission_id=permission)
    assert (found.permission.answer, found.may_answer) == (Answer.NO, False)
    with pytest.raises(Refused):
        own_permissions.answer(actor=inside.ben, permission_id=permission, answer=Answer.YES)


def test_one_question_at_a_time_and_none_about_what_everybody_reads(inside, source):
    ask(inside, source)
    with pytest.raises(Refused):
        ask(inside, source)
    with pytest.raises(Invalid):
        ask(inside, write(inside, "x", key="story", field="met"), purpose=" ")
    shown = write(inside, "y", key="hope", field="hope")
    intake.share(actor=inside.ben, entry_id=shown)
    with pytest.raises(Refused, match="Everybody"):
        ask(inside, shown)
    replaced = write(inside, "z", key="before", field="alone")
    write(inside, "zz", key="before", field="alone")
    with pytest.raises(Refused):
        ask(inside, replaced)


def test_what_is_kept_to_oneself_does_not_exist_for_the_therapist(inside):
    private = write(inside, "mine", Audience.PRIVATE, key="background", field="unsaid")
    with pytest.raises(NotFound):
        ask(inside, private)
    with pytest.raises(NotFound):
        permissions.source_page(actor=inside.tess, **of(private))


@pytest.mark.parametrize("who", ["otto", "ada", "finn", "cleo"])
def test_nobody_else_asks_answers_or_learns_of_it(inside, source, who):
    actor = getattr(inside, who)
    permission = granted(inside, source)
    for act in (
        lambda: ask(inside, source, actor=actor),
        lambda: add(inside, source, actor=actor),
        lambda: own_permissions.own_permission(actor=actor, permission_id=permission),
        lambda: own_permissions.answer(actor=actor, permission_id=permission, answer=Answer.NO),
        lambda: own_permissions.withdraw(actor=actor, permission_id=permission),
        lambda: permissions.take_back_for(actor=actor, permission_id=permission),
        lambda: joint_passages.couple_passages(actor=actor, couple_id=inside.couple),
    ):
        with pytest.raises(NotFound):
            act()
    assert own_permissions.own_permissions(actor=actor) == ()


def test_answers_about_safety_can_never_be_asked_for(inside, monkeypatch):
    response = measure_builders.answer(inside, inside.ben, "csi16")
    facts = Facts(inside.couple, inside.ben.person_id, Kind.SCREENING, Audience.THERAPIST)
    monkeypatch.setattr(Response, "facts", facts)
    with pytest.raises(NotFound):
        ask(inside, response, kind=JointSource.RESPONSE)
    with pytest.raises(NotFound):
        permissions.source_page(actor=inside.tess, kind=JointSource.RESPONSE, source_id=response)


def test_entries_and_results_can_be_asked_for_too(inside):
    task = exercises.give(inside, audience=Audience.THERAPIST)
    entry = exercises.write(inside.ben, task, Audience.THERAPIST, noticed="the tea")
    response = measure_builders.answer(inside, inside.ben, "csi16")
    for kind, source_id, words in (
        (JointSource.ENTRY, entry, "the tea"),
        (JointSource.RESPONSE, response, "of 81"),
    ):
        page = permissions.source_page(actor=inside.tess, kind=kind, source_id=source_id)
        assert words in page.text
        permission = uuid4()
        permissions.ask(
            actor=inside.tess, kind=kind, source_id=source_id, new_id=permission, purpose="x"
        )
        own_permissions.answer(actor=inside.ben, permission_id=permission, answer=Answer.YES)
        joint_passages.add(
            actor=inside.tess, kind=kind, source_id=source_id, new_id=uuid4(), text=words
        )
    assert in_report(inside) == ["the tea", "of 81"]


@pytest.mark.parametrize("answered", [False, True])
@pytest.mark.parametrize("kind", list(JointSource))
def test_whoever_holds_the_open_phone_finds_no_question_about_what_was_locked(
    inside, kind, answered
):
    task = exercises.give(inside, audience=Audience.THERAPIST)
    source_id = {
        JointSource.ENTRY: lambda: exercises.write(inside.ben, task, Audience.THERAPIST),
        JointSource.RESPONSE: lambda: measure_builders.answer(inside, inside.ben, "csi16"),
        JointSource.INTAKE: lambda: write(inside, WORDS),
    }[kind]()
    new_id = ask(inside, source_id, kind=kind, source_id=source_id)
    ben = {"actor": inside.ben, "permission_id": new_id}
    if answered:
        own_permissions.answer(**ben, answer=Answer.YES)
    assert [one.permission.id for one in own_permissions.own_permissions(actor=inside.ben)] == [
        new_id
    ]
    todo = {one.id for one in own_todo(actor=inside.ben)}
    assert (new_id in todo) is not answered

    if kind is JointSource.INTAKE:
        db.session.get_one(IntakeEntry, source_id).locked_at = clock.now()
    else:
        kept = EntryKind.HOMEWORK if kind is JointSource.ENTRY else EntryKind.ANSWERS
        own_entries.lock_away(actor=inside.ben, kind=kept, record_id=source_id)
    assert own_permissions.own_permissions(actor=inside.ben) == ()
    assert new_id not in {one.id for one in own_todo(actor=inside.ben)}
    for act in (
        lambda: own_permissions.own_permission(**ben),
        lambda: own_permissions.answer(**ben, answer=Answer.NO),
        lambda: own_permissions.withdraw(**ben),
    ):
        with pytest.raises(NotFound):
            act()
    if kind is not JointSource.INTAKE:
        own_entries.open_again(actor=inside.ben, kind=kept, record_id=source_id)
        assert own_permissions.own_permission(**ben).permission.id == new_id
