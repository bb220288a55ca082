"""A worksheet as plain values and back, and what is refused on the way."""

import json
from dataclasses import fields, replace

import pytest

from practice.domain.homework.blocks import Block, PlanBlock, TextBlock
from practice.domain.homework.blocks import stored as stored_blocks
from practice.domain.homework.definition import Template
from practice.domain.homework.registry import all_templates, get_template
from practice.domain.homework.stored import (
    TEMPLATE_FIELDS,
    Damaged,
    template_from_json,
    template_to_json,
)

GRATITUDE = get_template("gratitude")


def stored(template=GRATITUDE):
    """As a database hands it back."""
    return json.loads(json.dumps(template_to_json(template)))


@pytest.mark.parametrize("key", list(all_templates()))
def test_every_worksheet_of_the_library_comes_back_as_it_was(key):
    template = get_template(key)
    assert template_from_json(key, template.version, stored(template)) == template


def test_every_field_and_every_kind_of_question_can_be_stored():
    assert {one.name for one in fields(Template)} - {"key", "version"} == set(TEMPLATE_FIELDS)
    kinds = {one.kind for one in Block.__subclasses__() if hasattr(one, "kind")}
    assert kinds <= set(stored_blocks.KINDS)


def test_a_field_that_came_later_may_be_missing():
    data = {name: value for name, value in stored().items() if name != "patterns"}
    assert template_from_json("gratitude", 1, data).patterns == ()


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        ("title", 7, "title: should be words"),
        ("minutes", "5", "minutes: should be a whole number"),
        ("minutes", True, "minutes: should be a whole number"),
        ("minutes", 0, "minutes must be at least 1"),
        ("steps", "one", "steps: should be a list"),
        ("steps", ["one", None], "steps: step 2: should be words"),
        ("for_whom", "everybody", "for_whom: is not one of the words"),
        ("skills", ["juggling"], "skills: skill 1: is not one of the words"),
        ("times_per_week", 8, "times_per_week must be 1 to 7"),
        ("blocks", [], "it needs steps and blocks"),
        ("blocks", [{"kind": "text"}], "blocks: question 1: A block: key is missing"),
        ("blocks", [{"kind": "script", "key": "a"}], "question 1: a: unknown kind"),
        ("blocks", ["text"], "question 1: A block must be a mapping"),
        ("surprise", 1, "not part of a worksheet"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(place, value, said):
    with pytest.raises(Damaged, match=said):
        template_from_json("gratitude", 1, stored() | {place: value})


@pytest.mark.parametrize(
    ("kind", "part", "value"),
    [
        ("text", "rows", "3"),
        ("text", "required", 1),
        ("text", "prompt", None),
        ("text", "most", 3),
        ("choice", "options", []),
        ("choice", "options", [{"key": "a", "label": "A"}]),
        ("choice", "options", [{"key": "a"}, {"key": "b", "label": "B"}]),
        ("choice", "options", "ab"),
        ("rating", "low", 10),
        ("rating", "low", True),
    ],
)
def test_a_question_that_does_not_fit_is_refused(kind, part, value):
    options = [{"key": key, "label": key} for key in "ab"]
    more = {
        "text": {},
        "choice": {"options": options},
        "rating": {"low_label": "bad", "high_label": "good"},
    }
    data = {"kind": kind, "key": "one", "prompt": "Well?"} | more[kind]
    assert stored_blocks.block_from_json(data).kind == kind
    with pytest.raises(stored_blocks.InvalidBlock):
        stored_blocks.block_from_json(data | {part: value})


def test_the_message_does_not_repeat_what_was_stored():
    with pytest.raises(Damaged) as refused:
        template_from_json("gratitude", 1, stored() | {"secret words": 1})
    assert "secret" not in str(refused.value)


def test_nothing_stored_is_no_worksheet():
    for data in (None, [], "worksheet", {}):
        with pytest.raises(Damaged):
            template_from_json("gratitude", 1, data)


def test_two_questions_of_one_key_are_refused():
    twice = replace(GRATITUDE, blocks=GRATITUDE.blocks[:1])
    data = stored(twice)
    with pytest.raises(Damaged, match="block keys must differ"):
        template_from_json("gratitude", 1, data | {"blocks": data["blocks"] * 2})


def test_a_kind_that_belongs_to_the_program_is_not_stored():
    class Odd(TextBlock):
        kind = "odd"

    with pytest.raises(stored_blocks.InvalidBlock):
        stored_blocks.block_to_json(Odd(key="odd", prompt="Odd?"))
    plan = PlanBlock(key="plan", prompt="When?")
    assert stored_blocks.block_from_json(stored_blocks.block_to_json(plan)) == plan
