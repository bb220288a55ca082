"""A block as JSON and back: nothing is lost, and nothing strange comes in."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.homework.blocks import (
    AgreementBlock,
    Block,
    CardBlock,
    Column,
    LogBlock,
    Option,
    RatingBlock,
    TextBlock,
    TrackerBlock,
)
from practice.domain.homework.blocks.stored import (
    KINDS,
    InvalidBlock,
    block_from_json,
    block_to_json,
)
from practice.domain.homework.registry import all_templates
from practice.domain.intake import SeverityBlock

OPTIONS = (Option("a", "First"), Option("b", "Second"))
NEW: list[Block] = [
    LogBlock(
        key="log",
        prompt="Log",
        columns=(Column(key="when", label="When"), Column(key="c", label="C", options=OPTIONS)),
    ),
    TrackerBlock(key="tracker", prompt="Tracker", hint="Two or three.", required=True),
    AgreementBlock(key="agreement", prompt="Agreement"),
    CardBlock(key="card", prompt="Card", title="In hot moments", most=4),
]
TEXT = block_to_json(TextBlock(key="words", prompt="Words"))
LOG = block_to_json(NEW[0])


@pytest.mark.parametrize("block", NEW, ids=lambda block: block.kind)
def test_a_block_comes_back_as_it_was(block: Block):
    assert block_from_json(json.loads(json.dumps(block_to_json(block)))) == block


def test_every_worksheet_of_the_library_could_have_been_stored():
    kinds = set()
    for template in all_templates().values():
        stored = json.loads(json.dumps([block_to_json(block) for block in template.blocks]))
        assert tuple(map(block_from_json, stored)) == template.blocks, template.key
        kinds |= {block.kind for block in template.blocks}
    assert kinds | {block.kind for block in NEW} == set(KINDS)


def test_what_is_left_out_is_as_a_block_has_it_by_itself():
    assert block_from_json({"kind": "text", "key": "a", "prompt": "A"}) == TextBlock(
        key="a", prompt="A"
    )


# fmt: off
@pytest.mark.parametrize(("value", "words"), [
    (None,                                    "must be a mapping"),
    ([TEXT],                                  "must be a mapping"),
    ({},                                      "unknown kind"),
    ({**TEXT, "kind": "script"},              "words: unknown kind"),
    ({**TEXT, "kind": ["text"]},              "words: unknown kind"),
    ({**TEXT, "colour": "red"},               "words: it holds something"),
    ({**TEXT, 7: "red"},                      "words: it holds something"),
    ({"kind": "text", "key": "words"},        "words: prompt is missing"),
    ({**TEXT, "key": "No Name"},              "the key must be"),
    ({**TEXT, "key": "x" * 41},               "the key must be"),
    ({**TEXT, "key": None},                   "the key must be"),
    ({**TEXT, "prompt": " \x00 "},            "words: prompt must not be empty"),
    ({**TEXT, "prompt": "x" * 301},           "words: prompt has room for 300"),
    ({**TEXT, "prompt": 7},                   "words: prompt must be words"),
    ({**TEXT, "required": "yes"},             "words: required must be true or false"),
    ({**TEXT, "rows": 0},                     "words: rows must be a whole number from 1 to 20"),
    ({**TEXT, "rows": True},                  "words: rows must be"),
    ({**TEXT, "rows": 2.0},                   "words: rows must be"),
    ({**LOG, "columns": "when"},              "log: columns must be a list"),
    ({**LOG, "columns": ["when"]},            "log: columns must be a list of mappings"),
    ({**LOG, "columns": []},                  "log: a log needs columns"),
    ({**LOG, "columns": [{"key": "a", "label": "A"}] * 7}, "log: columns must be a list of at"),
    ({**LOG, "columns": [{"key": "a", "label": "A", "options": [{"key": "x", "label": "X"}]}]},
                                              "a: at least two options"),
    ({"kind": "rating", "key": "r", "prompt": "R", "low_label": "a", "high_label": "b",
      "low": -10, "high": 10},                "r: a rating has at most 11 steps"),
    ({"kind": "rating", "key": "r", "prompt": "R", "low_label": "a", "high_label": "b",
      "low": 5, "high": 5},                   "r: the lowest rating"),
    ({"kind": "agreement", "key": "g", "prompt": "G", "required": False}, "g: an agreement needs"),
])
# fmt: on
def test_what_cannot_be_used_is_refused_by_name(value: object, words: str):
    with pytest.raises(InvalidBlock, match=words):
        block_from_json(value)


def test_a_message_repeats_nothing_of_a_forged_key():
    with pytest.raises(InvalidBlock) as problem:
        block_from_json({**TEXT, "key": "<script>"})
    assert "script" not in str(problem.value)


def test_a_block_of_the_program_itself_is_not_stored():
    with pytest.raises(InvalidBlock, match="heavy: this kind"):
        block_to_json(SeverityBlock(key="heavy", prompt="How heavy?"))


def anything() -> Any:
    return st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=5,
    )


@given(
    kind=st.sampled_from(sorted(KINDS)),
    parts=st.dictionaries(
        st.sampled_from(
            [
                "key", "prompt", "hint", "required", "rows", "most", "low", "high", "low_label",
                "high_label", "options", "columns", "title",
            ]
        ),
        anything() | st.sampled_from(["a", "words"]),
    ),
)  # fmt: skip
def test_whatever_is_stored_is_a_block_or_refused(kind: str, parts: dict[str, Any]):
    try:
        block = block_from_json({"kind": kind, **parts})
    except InvalidBlock:
        return
    assert block_from_json(block_to_json(block)) == block
    assert not isinstance(block, RatingBlock) or block.high - block.low <= 10
