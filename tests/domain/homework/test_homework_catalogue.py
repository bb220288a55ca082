"""Every worksheet of the library, filled in once as a tired couple would."""

import json
import re
from collections.abc import Iterator

import pytest

from practice.domain.homework.blocks import (
    TEXT_LIMIT,
    CardBlock,
    ChecklistBlock,
    ChoiceBlock,
    LogBlock,
    TextBlock,
)
from practice.domain.homework.definition import HOW_IT_WENT, InvalidEntry, Template
from practice.domain.homework.registry import all_templates, get_template
from practice.domain.homework.terms import GivenTo
from practice.domain.visibility import Audience
from tests.exercises import filled

TEMPLATES = list(all_templates().values())

DONE = {"outcome": "done", "quality": "7", "obstacle": ""}

# As a form hands it over: everything is text, lists of text, or a small mapping.
FILLED: dict[str, dict[str, object]] = {
    "gratitude": {
        "noticed": "Brought me tea while I was on the phone.",
        "effect": "I felt thought of.",
        "told": "aloud",
        **DONE,
    },
    "quality_time": {
        "planned": {
            "what": "Pancakes",
            "day": "2026-03-12",
            "place": "eight o'clock, at home",
        },
        "protected": ["phones_away", "both_chose"],
        "best_moment": "The burnt one.",
        "next_time": {"what": "", "day": "", "place": ""},
        **DONE,
    },
    "speaker_listener": {
        "subject": "Saturday mornings",
        "first_turn_say": "I feel rushed when we leave at eight.",
        "first_turn_reflect": "That you would like a slow hour first.",
        "first_turn_confirm": "after_a_second_try",
        "second_turn_say": "I get restless indoors.",
        "second_turn_reflect": "",
        "second_turn_confirm": "nearly",
        "kept": ["said_back"],
        "new_to_us": "",
        **DONE,
    },
    "i_statement": {
        "first_version": "",
        "event": "When you came home at nine on Tuesday",
        "feeling": "worried, and a little left out",
        "need": "a message by six if it gets late",
        "sentence": "When you came home at nine I felt worried.\r\nI would like a message by six.",
        "said": "planned",
        "how_it_was_heard": "",
        **DONE,
    },
    "repair_attempts": {
        "attempts": [
            {"moment": "", "made_by": "", "what": "", "became": ""},
            {
                "moment": "Thursday, about the washing up",
                "made_by": "partner",
                "what": "start_over",
                "became": "after_a_while",
            },
        ],
        "would_help": "",
        **DONE,
    },
    "daily_check_in": {
        "stress": "0",
        "stress_about": "",
        "appreciation": "You rang the plumber.",
        "wish": "Breakfast by you",
        **DONE,
    },
}
# A worksheet that nobody has filled in by hand above is filled in block by block.
FILLED |= {key: filled(one) | DONE for key, one in all_templates().items() if key not in FILLED}


def each(templates: list[Template]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("template", templates, ids=lambda template: template.key)


def texts(template: Template) -> Iterator[str]:
    """Everything of a template that a couple may read."""
    yield from (template.title, template.purpose, *template.steps)
    yield from (template.example, template.not_when, template.source or "")
    for block in template.all_blocks:
        yield from (block.prompt, block.hint, block.missing)
        if isinstance(block, ChoiceBlock | ChecklistBlock):
            yield from (option.label for option in block.options)
        if isinstance(block, LogBlock):
            yield from (column.label for column in block.columns)
            yield from (option.label for column in block.columns for option in column.options)
        if isinstance(block, CardBlock):
            yield block.title


def test_the_library_holds_the_six():
    assert {
        "gratitude",
        "quality_time",
        "speaker_listener",
        "i_statement",
        "repair_attempts",
        "daily_check_in",
    } <= set(all_templates())


def test_a_template_is_found_by_its_key_and_an_unknown_one_is_not():
    assert get_template("gratitude").key == "gratitude"
    with pytest.raises(KeyError):
        get_template("no_such_worksheet")


@each(TEMPLATES)
def test_a_filled_worksheet_can_be_stored_as_json_and_cleaned_again(template: Template):
    value = template.clean(FILLED[template.key])

    assert list(value) == [block.key for block in template.all_blocks]
    assert json.loads(json.dumps(value)) == value
    assert template.clean(value) == value


@each(TEMPLATES)
def test_the_summary_shows_everything_that_was_written_and_nothing_else(template: Template):
    lines = template.summary(template.clean(FILLED[template.key]))
    shown = "\n".join(line.text for line in lines)

    for block in template.blocks:
        given = FILLED[template.key][block.key]
        if isinstance(block, TextBlock) and given:
            assert str(given).replace("\r\n", "\n") in shown
        if isinstance(block, ChoiceBlock) and given:
            assert {option.key: option.label for option in block.options}[str(given)] in shown
    assert all(line.label and line.text for line in lines)
    assert "Done" in shown
    assert "7 of 10" in shown


@each(TEMPLATES)
def test_an_empty_worksheet_names_every_required_answer_at_once(template: Template):
    with pytest.raises(InvalidEntry) as caught:
        template.clean({})

    assert list(caught.value.errors) == [
        block.key for block in template.all_blocks if block.required
    ]
    assert all(message.endswith(".") for message in caught.value.errors.values())


@each(TEMPLATES)
@pytest.mark.parametrize("outcome", ["partly", "not_this_time"])
def test_saying_that_it_did_not_work_out_needs_no_worksheet(template: Template, outcome: str):
    value = template.clean({"outcome": outcome, "obstacle": "Both of us were ill."})

    assert [line.text for line in template.summary(value)][1:] == ["Both of us were ill."]


@each(TEMPLATES)
def test_a_text_beyond_the_limit_is_refused_without_repeating_it(template: Template):
    block = next(block for block in template.blocks if isinstance(block, TextBlock))
    longest = {**FILLED[template.key], block.key: "a" * TEXT_LIMIT}
    assert template.clean(longest)[block.key] == "a" * TEXT_LIMIT

    with pytest.raises(InvalidEntry) as caught:
        template.clean({**longest, block.key: "a" * (TEXT_LIMIT + 1)})

    assert list(caught.value.errors) == [block.key]
    assert "10,001 characters" in caught.value.errors[block.key]
    assert "aaa" not in str(caught.value)


@each(TEMPLATES)
def test_an_answer_that_was_not_offered_is_refused(template: Template):
    offered = [b for b in template.all_blocks if isinstance(b, ChoiceBlock | ChecklistBlock)]
    assert offered
    for block in offered:
        raw = ["nonsense"] if isinstance(block, ChecklistBlock) else "nonsense"
        with pytest.raises(InvalidEntry) as caught:
            template.clean({**FILLED[template.key], block.key: raw})
        assert list(caught.value.errors) == [block.key]
        assert "nonsense" not in str(caught.value)


@each(TEMPLATES)
def test_the_wording_shames_nobody_and_cheers_at_nobody(template: Template):
    forbidden = re.compile(
        r"fail(ed|ure|s)?\b|overdue|non-?compliant|missed|compliance|should have|!", re.IGNORECASE
    )
    for text in texts(template):
        assert not forbidden.search(text), text


@each(TEMPLATES)
def test_a_worksheet_says_what_a_counsellor_would_want_said(template: Template):
    assert 3 <= len(template.steps) <= 8
    assert all(
        len(step) <= 260 and step.endswith((".", "?", "”.", "?”")) for step in template.steps
    )
    assert "\n" not in template.purpose
    assert len(template.purpose) <= 100
    assert template.example
    assert re.search(r"afraid|frightened", template.not_when), "names when joint work is unsafe"
    assert "counsellor alone" not in template.not_when, "would read: tell nobody else"
    assert re.search(
        r"normal|usual|ordinary|happens to everybody|nothing is wrong|Many attempts",
        template.steps[-1],
    ), "the last step names setbacks as part of it"
    assert template.minutes <= 60


@each(TEMPLATES)
def test_what_two_do_together_names_the_clearance_it_waits_for(template: Template):
    assert template.goals, "names what a goal it serves is about"
    if template.needs_both_safe and template.for_whom is not GivenTo.ONE:
        assert re.search("work as a couple can begin", template.not_when)
    if template.default_audience is Audience.PRIVATE:
        assert template.for_whom is GivenTo.ONE


def test_there_is_something_for_one_alone_where_nothing_is_cleared():
    alone = {one.key for one in TEMPLATES if not one.needs_both_safe}
    assert {"settle_myself", "private_journal", "needs_list"} <= alone
    assert not alone & {"stay_present", "apology_builder", "own_my_part", "daily_follow_through"}


@each(TEMPLATES)
def test_what_one_member_writes_alone_is_never_preset_to_open_at_once(template: Template):
    if template.for_whom is not GivenTo.TOGETHER:
        assert template.default_audience is not Audience.COUPLE


def test_every_worksheet_closes_with_how_it_went():
    assert [block.key for block in HOW_IT_WENT] == ["outcome", "quality", "obstacle"]
    for template in TEMPLATES:
        assert template.all_blocks[-3:] == HOW_IT_WENT


def test_what_was_written_before_a_worksheet_became_a_log_is_still_read():
    before = {
        "moment": "Thursday", "made_by": "partner", "attempt": ["start_over"],
        "own_words": "pause", "noticed": "later", "accepted": "partly", "would_help": "",
        **DONE, "quality": 7,
    }  # fmt: skip
    lines = [line.text for line in get_template("repair_attempts").summary(before)]
    assert len(lines) == sum(bool(one) for one in before.values())
    read = " ".join(lines)
    assert "“Let's start over”" in read
    assert "Yes, a little later" in read


def test_agreements_say_that_nobody_is_to_be_watched():
    agreements = [template for template in TEMPLATES if template.agreement]
    assert {one.key for one in agreements} == {"transparency_agreement", "boundary_agreement"}
    for template in agreements:
        assert re.search(r"follow", template.not_when)
        assert "joint" in template.not_when or "as a couple" in template.not_when
