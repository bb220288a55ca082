"""The intake: each writes alone, changes it, shows it; the therapist reads what is not private."""

from uuid import uuid4

import pytest

from practice.db import db
from practice.domain.agreements import Regime
from practice.domain.intake import SECTIONS
from practice.domain.presenting_problems import PROBLEMS, Severity
from practice.domain.visibility import Audience
from practice.models.intake import IntakeEntry
from practice.services import clock, drafts, intake, intake_record, portal_todo, secrets_policies
from practice.services.drafts import DraftKind
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.portal_todo import ToDoKind
from tests.builders import leave


def address(inside, person, key):
    return intake.section_id_of(inside.couple, person.person_id, key)


def write(inside, person, key="brings", audience=Audience.THERAPIST, **raw):
    new_id = uuid4()
    intake.save(
        actor=person,
        section_id=address(inside, person, key),
        new_id=new_id,
        raw=raw or {"brings": "The quarrels."},
        audience=audience,
    )
    return new_id


def page(inside):
    return intake_record.couple_intake(actor=inside.tess, couple_id=inside.couple)


def record(inside, person, key):
    found = {one.member.person_id: one for one in page(inside).members}
    return found[person.person_id].sections[key]


def test_a_section_is_written_changed_and_its_past_kept(inside):
    write(inside, inside.ben, brings="First.")
    write(inside, inside.ben, brings="Second.")
    found = record(inside, inside.ben, "brings")
    assert [line.text for line in found.own.lines] == ["Second."]
    assert [line.text for view in found.earlier for line in view.lines] == ["First."]
    (mine,) = intake.my_intake(actor=inside.ben).own
    assert mine.left == len(mine.sections) - 1


def test_what_becomes_private_is_gone_for_the_therapist_with_its_past(inside):
    write(inside, inside.ben, "background", unsaid="It is about him.")
    assert record(inside, inside.ben, "background").own
    write(inside, inside.ben, "background", Audience.PRIVATE, unsaid="It is about me.")
    found = record(inside, inside.ben, "background")
    assert (found.own, found.earlier) == (None, ())
    (mine,) = intake.my_intake(actor=inside.ben).own
    (kept,) = [one.entry for one in mine.sections if one.entry]
    assert kept.lines[0].text == "It is about me."


def test_only_some_sections_may_stay_private(inside):
    with pytest.raises(Invalid) as problem:
        write(inside, inside.ben, "brings", Audience.PRIVATE)
    assert list(problem.value.errors) == ["audience"]
    with pytest.raises(Invalid):
        write(inside, inside.ben, "brings", Audience.COUPLE)


@pytest.mark.parametrize(
    ("key", "raw", "field"),
    [
        ("brings", {"brings": "  "}, "brings"),
        ("brings", {"brings": "x" * 4001}, "brings"),
        ("willing", {"hurt": "11"}, "hurt"),
        ("concerns", {"pp_trust": "4"}, "pp_trust"),
        ("other_help", {"now": "perhaps"}, "now"),
    ],
)
def test_what_cannot_be_is_refused_by_question(inside, key, raw, field):
    with pytest.raises(Invalid) as problem:
        write(inside, inside.ben, key, **raw)
    assert list(problem.value.errors) == [field]
    assert db.session.query(IntakeEntry).count() == 0


def test_sent_twice_it_is_one_and_somebody_elses_id_is_no_hindrance(inside):
    mine = write(inside, inside.ben)
    intake.save(
        actor=inside.ben,
        section_id=address(inside, inside.ben, "brings"),
        new_id=mine,
        raw={"brings": "Again."},
        audience=Audience.THERAPIST,
    )
    assert db.session.query(IntakeEntry).count() == 1
    intake.save(
        actor=inside.ada,
        section_id=address(inside, inside.ada, "brings"),
        new_id=mine,
        raw={"brings": "Hers."},
        audience=Audience.THERAPIST,
    )
    assert db.session.query(IntakeEntry).count() == 2


def test_views_stand_side_by_side_and_far_apart_is_marked(inside):
    write(inside, inside.ada, "concerns", pp_trust="3", pp_arguments="1")
    write(inside, inside.ben, "concerns", pp_trust="0", pp_arguments="2")
    rows = {row.problem.key: row for row in page(inside).problems}
    assert set(rows) == {"trust", "arguments"}
    assert [view for view, _ in rows["trust"].views] == [Severity.MUCH, Severity.NONE]
    assert rows["trust"].is_far_apart
    assert not rows["arguments"].is_far_apart
    write(inside, inside.ben, "concerns", Audience.PRIVATE, pp_trust="0")
    assert [view for view, _ in page(inside).problems[1].views] == [Severity.MUCH, None]


def test_every_code_is_asked_once(inside):
    asked = [block.key for section in SECTIONS for block in section.severities]
    assert sorted(asked) == sorted(f"pp_{problem.key}" for problem in PROBLEMS)


def test_what_was_told_is_noted_beside_and_its_person_reads_it(inside):
    values = {"couple_id": inside.couple, "person_id": inside.ada.person_id, "key": "before"}
    intake_record.note(actor=inside.tess, new_id=uuid4(), raw={"alone": "Letters."}, **values)
    found = record(inside, inside.ada, "before")
    assert (found.own, found.noted.lines[0].text) == (None, "Letters.")
    write(inside, inside.ada, "before", alone="Long letters.")
    found = record(inside, inside.ada, "before")
    assert (found.own.lines[0].text, found.noted.lines[0].text) == ("Long letters.", "Letters.")
    (mine,) = intake.my_intake(actor=inside.ada).own
    noted = [one.noted for one in mine.sections if one.noted]
    assert noted[0].lines[0].text == "Letters."
    with pytest.raises(Refused):
        intake.share(actor=inside.ada, entry_id=noted[0].id)
    assert intake.my_intake(actor=inside.ben).shown == ()
    for who in (inside.otto, inside.ada, inside.ben):
        with pytest.raises(NotFound):
            intake_record.note(actor=who, new_id=uuid4(), raw={"alone": "x"}, **values)
        with pytest.raises(NotFound):
            intake_record.couple_intake(actor=who, couple_id=inside.couple)
    with pytest.raises(NotFound):
        intake_record.note(
            actor=inside.tess,
            new_id=uuid4(),
            raw={"alone": "x"},
            **(values | {"person_id": inside.finn.person_id}),
        )


def test_shown_taken_back_and_locked_away(inside):
    entry = write(inside, inside.ben)
    with pytest.raises(NotFound):
        intake.share(actor=inside.ada, entry_id=entry)
    intake.share(actor=inside.ben, entry_id=entry)
    (shown,) = intake.my_intake(actor=inside.ada).shown
    assert shown.view.lines[0].text == "The quarrels."
    assert intake.my_intake(actor=inside.finn).shown == ()
    db.session.get_one(IntakeEntry, entry).locked_at = clock.now()
    assert intake.my_intake(actor=inside.ada).shown == ()
    db.session.get_one(IntakeEntry, entry).locked_at = None
    intake.unshare(actor=inside.ben, entry_id=entry)
    assert intake.my_intake(actor=inside.ada).shown == ()
    intake.share(actor=inside.ben, entry_id=entry)
    write(inside, inside.ben, brings="Changed.")
    assert intake.my_intake(actor=inside.ada).shown == ()


def test_whoever_has_left_keeps_their_words_and_adds_none(inside):
    entry = write(inside, inside.ben)
    leave(inside.couple, inside.ben, on=clock.today())
    (mine,) = intake.my_intake(actor=inside.ben).own
    assert (len(mine.sections), mine.may_write) == (1, False)
    with pytest.raises(NotFound):
        write(inside, inside.ben)
    with pytest.raises(NotFound):
        intake.share(actor=inside.ben, entry_id=entry)


def test_nobody_writes_in_anothers_section(inside):
    for who in (inside.ada, inside.cleo, inside.finn, inside.tess):
        with pytest.raises(NotFound):
            intake.section_page(actor=who, section_id=address(inside, inside.ben, "brings"))
        with pytest.raises(NotFound):
            intake.keep_for_later(
                actor=who, section_id=address(inside, inside.ben, "brings"), fields={}
            )


def test_what_was_begun_comes_back_and_goes_when_it_is_saved(inside):
    section = address(inside, inside.ben, "brings")
    intake.keep_for_later(actor=inside.ben, section_id=section, fields={"answer_brings": "half a"})
    kept = intake.section_page(actor=inside.ben, section_id=section).kept
    assert kept.fields == {"answer_brings": "half a"}
    write(inside, inside.ben)
    assert drafts.kept(actor=inside.ben, kind=DraftKind.INTAKE, about_id=section) is None


def test_it_waits_with_honest_minutes_until_it_is_done_or_put_to_rest(inside):
    def waits(person):
        return [one for one in portal_todo.own_todo(actor=person) if one.kind is ToDoKind.INTAKE]

    ask = {"actor": inside.tess, "couple_id": inside.couple, "person_id": inside.ben.person_id}
    assert waits(inside.ben) == []
    intake_record.ask(**ask)
    (before,) = waits(inside.ben)
    assert waits(inside.ada) == []
    write(inside, inside.ben)
    (after,) = waits(inside.ben)
    assert (before.count - after.count, before.minutes - after.minutes) == (1, 5)
    assert after.is_begun
    intake.finish(actor=inside.ben, intake_id=after.id)
    assert waits(inside.ben) == []
    intake_record.ask(**ask)
    assert waits(inside.ben)
    intake_record.close(**ask)
    assert waits(inside.ben) == []
    with pytest.raises(NotFound):
        intake.finish(actor=inside.ada, intake_id=after.id)


def test_each_entry_carries_the_rule_under_which_it_was_written(inside):
    write(inside, inside.ben)
    secrets_policies.choose(
        actor=inside.tess,
        couple_id=inside.couple,
        new_id=uuid4(),
        regime=Regime.LIMITED,
        chosen_on=clock.today(),
        told=[inside.ben.person_id],
    )
    write(inside, inside.ben, "story", met="At a dance.")
    assert record(inside, inside.ben, "brings").rule.regime is None
    assert record(inside, inside.ben, "story").rule.regime is Regime.LIMITED
    found = intake.section_page(actor=inside.ben, section_id=address(inside, inside.ben, "hope"))
    assert found.rule.regime is Regime.LIMITED
