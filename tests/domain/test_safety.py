"""The private questions, joint work, safe contact and plans, as rules."""

import re
from datetime import date
from pathlib import Path

import pytest

from practice.domain.safety import hark_items
from practice.domain.safety.contact import (
    Channel,
    SafeContact,
    Voicemail,
    ask_again_on,
    from_json,
)
from practice.domain.safety.hark_items import HARK_ITEMS
from practice.domain.safety.joint_work import JointWork, warning
from practice.domain.safety.plan import LONGEST_PART, MOST_LINES, PlanPart, problems_of
from practice.domain.safety.screening import (
    WHAT_IT_IS,
    ScreeningState,
    checked_answers,
    default_rescreen,
    due_on,
    is_positive,
    state_of,
    yes_count,
)

ROOT = Path(__file__).parents[2]
DAY = date(2026, 8, 31)


def test_the_questions_are_the_four_of_the_authors_in_their_words():
    assert [key for key, _ in HARK_ITEMS] == list("hark")
    assert all(text.startswith("Within the last year, have you been ") for _, text in HARK_ITEMS)
    assert "afraid of your partner or ex-partner?" in HARK_ITEMS[1][1]
    assert all(text.endswith("partner?") for _, text in HARK_ITEMS)


def test_source_and_licence_stand_beside_them_and_in_the_notice():
    source = Path(hark_items.__file__)
    notice = re.sub(r"\s+", " ", (ROOT / "NOTICE").read_text(encoding="utf-8"))
    assert f"File: {source.relative_to(ROOT)}" in notice
    for text in (source.read_text(encoding="utf-8"), notice):
        assert "10.1186/1471-2296-8-49" in text
        assert "CC BY 2.0" in text
    assert "CC BY 2.0" in hark_items.CREDIT
    assert "CC BY 2.0" in hark_items.CITATION


def test_what_it_is_names_its_limits():
    assert "women only" in WHAT_IT_IS
    assert "A negative screen is not safety" in WHAT_IT_IS


@pytest.mark.parametrize(
    ("answers", "count"),
    [
        ({}, 0),
        (dict.fromkeys("hark", False), 0),
        ({"h": False, "a": True}, 1),
        ({"k": True}, 1),
        (dict.fromkeys("hark", True), 4),
    ],
)
def test_one_yes_is_enough(answers, count):
    assert yes_count(answers) == count
    assert is_positive(answers) is (count >= 1)


@pytest.mark.parametrize("answers", [{}, {"x": True}, {"h": True, "x": False}])
def test_answers_are_to_the_four_questions(answers):
    with pytest.raises(ValueError, match="one or more of the four"):
        checked_answers(answers)


def test_it_is_time_again_after_half_a_year_or_after_an_event():
    planned = default_rescreen(DAY)
    assert planned == date(2027, 2, 28)
    assert due_on(planned, DAY) == planned
    assert due_on(planned, DAY, [DAY, date(2026, 8, 1)]) == planned, "only what came after"
    assert due_on(planned, DAY, [date(2026, 11, 2), date(2026, 10, 1)]) == date(2026, 10, 1)
    assert due_on(date(2026, 12, 1), date(2026, 11, 3), [date(2026, 11, 2)]) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("due", "is_asked", "state"),
    [
        (None, False, ScreeningState.NOT_ASKED),
        (None, True, ScreeningState.ASKED),
        (date(2026, 9, 1), False, ScreeningState.DONE),
        (DAY, False, ScreeningState.DUE),
        (date(2026, 8, 1), False, ScreeningState.DUE),
        (date(2026, 8, 1), True, ScreeningState.ASKED),
    ],
)
def test_states(due, is_asked, state):
    assert state_of(due=due, is_asked=is_asked, today=DAY) is state


def test_only_a_clearance_stops_the_warning_and_none_names_a_reason():
    assert warning(JointWork.CLEARED) == ""
    words = {warning(one) for one in (None, JointWork.PAUSED, JointWork.NOT_CLEARED)}
    assert len(words) == 3
    for text in words:
        assert "alone" in text
        assert not re.search("violen|danger|risk|afraid", text)


def test_a_contact_comes_back_as_it_was_stored():
    contact = SafeContact(
        {Channel.LETTER: "PO Box 4", Channel.CALL: "01632 960 001"},
        "Mornings",
        Voicemail.NEUTRAL,
        "Maria",
        "lantern",
        "The house telephone",
    )
    assert from_json(contact.as_json()) == contact
    assert from_json(SafeContact().as_json()) == SafeContact()
    assert ask_again_on(date(2026, 8, 31)) == date(2027, 2, 28)


def test_a_plan_keeps_to_one_page():
    full = dict.fromkeys(PlanPart, "x" * LONGEST_PART)
    assert problems_of(full) == {}
    assert problems_of({PlanPart.SIGNS: "a\n" * (MOST_LINES - 1) + "a"}) == {}
    assert set(problems_of({PlanPart.SIGNS: "a\n" * MOST_LINES})) == {"signs"}
    assert set(problems_of({**full, PlanPart.NUMBERS: "x" * (LONGEST_PART + 1)})) == {"numbers"}
    assert set(problems_of(dict.fromkeys(PlanPart, ""))) == {"signs"}


def test_plain_headings_say_nothing():
    for part in PlanPart:
        assert not re.search(
            "safe|warn|emergen|danger|therap|counsel|professional", part.plain_label.lower()
        )
