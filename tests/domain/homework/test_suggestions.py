"""Which worksheets come first for a couple, and why; and how the library is looked through."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from practice.domain.homework.finding import Length, Wanted, found
from practice.domain.homework.registry import all_templates, get_template
from practice.domain.homework.suggestions import (
    MOST,
    NOTES,
    REST,
    Before,
    OpenGoal,
    Situation,
    suggestions,
)
from practice.domain.homework.terms import GivenTo, Skill
from practice.domain.note_formats import Pattern
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern

TODAY = date(2026, 3, 14)
EVERY = tuple(all_templates().values())
CRITICISM = frozenset({InteractionPattern.CRITICISM})
AVOIDANCE = frozenset({InteractionPattern.AVOIDANCE})
NOTHING: frozenset[InteractionPattern] = frozenset()
QUIET = Situation(today=TODAY, people=2, joint_work_cleared=True)
LONG_AGO = Before(
    is_running=False, ended_on=TODAY - timedelta(days=REST + 1), tries=4, done=3, quality=7.0
)


def keys(situation, templates=EVERY):
    return [one.key for one in suggestions(templates, situation)]


def only(key, situation):
    (one,) = suggestions([get_template(key)], situation)
    return one


def test_without_anything_known_nothing_comes_to_the_front():
    assert keys(QUIET) == []


def test_a_pattern_of_a_note_brings_its_answers_and_says_so():
    seen = replace(QUIET, patterns=(CRITICISM,))

    assert keys(seen)
    for one in suggestions(EVERY, seen):
        assert InteractionPattern.CRITICISM in get_template(one.key).patterns
        assert one.reasons[0] == "An answer to “criticism”, ticked in the newest note"
        assert one.reasons[-1] == "They have not had it yet"


def test_a_pattern_that_came_again_counts_more_and_an_old_one_not_at_all():
    once = only("i_statement", replace(QUIET, patterns=(CRITICISM, NOTHING, NOTHING)))
    again = only("i_statement", replace(QUIET, patterns=(CRITICISM, NOTHING, CRITICISM)))
    assert again.points > once.points
    assert "2 of the 3 newest notes" in again.reasons[0]

    old = (*[NOTHING] * NOTES, CRITICISM)
    assert keys(replace(QUIET, patterns=old)) == []


def test_further_patterns_count_less_and_share_a_sentence():
    both = frozenset({InteractionPattern.CRITICISM, InteractionPattern.DEMAND_WITHDRAW})
    one = only("i_statement", replace(QUIET, patterns=(CRITICISM,)))
    more = only("i_statement", replace(QUIET, patterns=(both,)))
    mixed = only("i_statement", replace(QUIET, patterns=(both, CRITICISM)))

    assert more.points == one.points + 1
    words = "An answer to “criticism” and “demand and withdraw”, ticked in the newest note"
    assert more.reasons[0] == words
    assert mixed.reasons[:2] == (
        "An answer to “criticism”, ticked in 2 of the 2 newest notes",
        "An answer to “demand and withdraw”, ticked in 1 of the 2 newest notes",
    )


def test_a_goal_brings_worksheets_of_its_area_by_name():
    aim = OpenGoal("An evening without screens", ProblemGroup.CLOSENESS)
    one = only("quality_time", replace(QUIET, goals=(aim,)))

    assert one.reasons[0] == "For “An evening without screens” (closeness)"
    assert keys(replace(QUIET, goals=(aim,)), [get_template("needs_list")]) == []


@pytest.mark.parametrize(
    ("change", "left_out"),
    [
        ({"is_running": True}, True),
        ({"ended_on": TODAY}, True),
        ({"ended_on": TODAY - timedelta(days=REST)}, True),
        ({"ended_on": TODAY - timedelta(days=REST + 1)}, False),
        ({"quality": 3.0}, True),
        ({"quality": 3.5}, False),
        ({"quality": None}, False),
    ],
)
def test_what_runs_or_just_ended_or_was_hard_going_is_left_out(change, left_out):
    before = {"i_statement": replace(LONG_AGO, **change)}
    seen = replace(QUIET, patterns=(CRITICISM,), before=before)

    assert ("i_statement" not in keys(seen, [get_template("i_statement")])) is left_out


@pytest.mark.parametrize(
    ("change", "went_well"),
    [
        ({}, True),
        ({"tries": 4, "done": 2}, True),
        ({"tries": 4, "done": 1}, False),
        ({"tries": 0, "done": 0}, False),
        ({"quality": 6.0}, True),
        ({"quality": 5.9}, False),
        ({"quality": None}, False),
    ],
)
def test_what_went_well_is_a_reason_and_no_longer_new(change, went_well):
    seen = replace(QUIET, before={"gratitude": replace(LONG_AGO, **change)})
    found_ones = suggestions([get_template("gratitude")], seen)

    assert bool(found_ones) is went_well
    assert [one.reasons for one in found_ones] == [("It went well for them before",)] * went_well


def test_without_clearance_only_what_one_does_alone_is_suggested():
    aim = OpenGoal("Sleep again", ProblemGroup.TRUST)
    seen = replace(QUIET, goals=(aim,), patterns=(AVOIDANCE,), joint_work_cleared=False)

    assert "needs_list" in keys(seen)
    assert not any(get_template(key).needs_both_safe for key in keys(seen))
    assert any(get_template(key).needs_both_safe for key in keys(replace(QUIET, goals=(aim,))))


def test_where_one_is_there_alone_nothing_for_two_is_suggested():
    aim = OpenGoal("Talk again", ProblemGroup.TALKING)
    seen = replace(QUIET, goals=(aim,), people=1)

    assert keys(seen)
    assert all(get_template(key).for_whom is GivenTo.ONE for key in keys(seen))


def test_a_short_list_in_a_fixed_order_the_shorter_first_of_two_alike():
    everything = frozenset(InteractionPattern)
    seen = replace(QUIET, patterns=(everything,) * NOTES)
    ranked = suggestions(EVERY, seen)

    assert len(ranked) == MOST
    assert ranked == suggestions(EVERY[::-1], seen)
    order = [(-one.points, get_template(one.key).minutes) for one in ranked]
    assert order == sorted(order)


def test_the_patterns_of_the_notes_are_those_of_the_library():
    assert {one.value for one in Pattern} == {one.value for one in InteractionPattern}


def test_the_library_is_looked_through_by_each_thing_and_by_all_of_them():
    assert found(EVERY, Wanted()) == EVERY
    skill = found(EVERY, Wanted(skill=Skill.COMMUNICATION))
    assert 0 < len(skill) < len(EVERY)
    assert all(Skill.COMMUNICATION in one.skills for one in skill)
    both = found(EVERY, Wanted(skill=Skill.COMMUNICATION, goal=ProblemGroup.TRUST))
    assert 0 < len(both) < len(skill)
    assert {one.key for one in found(EVERY, Wanted(pattern=InteractionPattern.CONTEMPT))} == {
        one.key for one in EVERY if InteractionPattern.CONTEMPT in one.patterns
    }


def test_every_worksheet_has_one_length():
    lengths = [[one for one in Length if one.takes(sheet.minutes)] for sheet in EVERY]
    assert all(len(one) == 1 for one in lengths)
    assert {one for (one,) in lengths} == set(Length)


@pytest.mark.parametrize(
    ("words", "key"),
    [("APOLOGY", "apology_builder"), ("sorry heard", "apology_builder"), ("what's", None)],
)
def test_a_word_is_looked_for_in_any_case_and_every_word_must_be_there(words, key):
    names = {one.key for one in found(EVERY, Wanted(words=words))}
    assert key in names if key else names != {one.key for one in EVERY}
    assert found(EVERY, Wanted(words=f"{words} zyzzyva")) == ()
