"""A practice's own measure is kept whole, and a damaged one is refused with what is wrong."""

import json
from dataclasses import replace

import pytest

from practice.domain.measures.own import needs_new_version
from practice.domain.measures.own_storage import read, stored, stored_words, with_words
from tests.practice_settings_builders import own_definition, totals_definition

SOURCED = own_definition(source="Smith (2019)", validated=True, shareable=True)


def test_words_about_it_are_mended_in_place():
    mended = own_definition(
        title="Talks",
        short_title="Talks",
        purpose="Evenings",
        minutes=3,
        licence="Ours",
        source="x",
        validated=True,
        shareable=True,
        about_relationship=False,
    )
    assert not needs_new_version(own_definition(), mended)
    words = json.loads(json.dumps(stored_words(mended)))
    assert with_words(own_definition(), words) == mended


def test_words_mend_nothing_that_a_score_rests_on():
    words = stored_words(totals_definition(title="Talks"))
    assert with_words(own_definition(), words) == replace(own_definition(), title="Talks")


@pytest.mark.parametrize("definition", [own_definition(), totals_definition(), SOURCED])
def test_what_is_stored_is_read_again(definition):
    assert read(json.loads(json.dumps(stored(definition)))) == definition


@pytest.mark.parametrize("shareable", [True, False])
def test_one_stored_before_it_was_asked_is_about_the_relationship_if_it_may_be_shown(shareable):
    data = stored(own_definition(shareable=shareable, about_relationship=not shareable))
    del data["about_relationship"]
    assert read(data).about_relationship is shareable
    assert with_words(own_definition(), data).about_relationship is shareable


def damage(**changes):
    return {**stored(own_definition()), **changes}


# fmt: off
@pytest.mark.parametrize(("data", "message"), [
    (None, "there is no definition"),
    ([], "there is no definition"),
    ("text", "there is no definition"),
    ({}, "the format is not known"),
    (damage(format=2), "the format is not known"),
    (damage(title=None), "title is no text"),
    (damage(short_title=7), "short_title is no text"),
    (damage(purpose=None), "purpose is no text"),
    (damage(instruction=None), "instruction is no text"),
    (damage(licence=None), "licence is no text"),
    (damage(source=None), "source is no text"),
    (damage(minutes="2"), "minutes is no whole number"),
    (damage(minutes=True), "minutes is no whole number"),
    (damage(minutes=2.0), "minutes is no whole number"),
    (damage(minutes=0), "minutes: Enter minutes from 1 to 60."),
    (damage(items="ab"), "items is no list"),
    (damage(items=["a"]), "there is no definition"),
    (damage(items=[{"text": "a"}]), "reverse is neither true nor false"),
    (damage(items=[{"reverse": True}]), "text is no text"),
    (damage(answers={}), "answers is no list"),
    (damage(answers=[{"value": 1.5, "label": "a"}]), "value is no whole number"),
    (damage(answers=[{"value": 1, "label": 2}]), "label is no text"),
    (damage(low=None), "low is no whole number"),
    (damage(high=6.0), "high is no whole number"),
    (damage(high=7), "items: The range is not the one that questions and answers give."),
    (damage(step="1"), "step is no number"),
    (damage(step=None), "step is no number"),
    (damage(step=True), "step is no number"),
    (damage(step=2), "step: Totals of questions go in steps of 1."),
    (damage(higher_is_better=1), "higher_is_better is neither true nor false"),
    (damage(validated="no"), "validated is neither true nor false"),
    (damage(shareable=0), "shareable is neither true nor false"),
    (damage(about_relationship=1), "about_relationship is neither true nor false"),
    (damage(minutes=0, step=2),
     "minutes: Enter minutes from 1 to 60.; step: Totals of questions go in steps of 1."),
])
# fmt: on
def test_a_damaged_definition_is_refused_saying_what_is_wrong(data, message):
    with pytest.raises(ValueError, match=r"\w") as refused:
        read(data)
    assert str(refused.value) == message


def test_damaged_words_are_refused_too():
    words = stored_words(own_definition())
    with pytest.raises(ValueError, match=r"^there is no definition$"):
        with_words(own_definition(), None)
    with pytest.raises(ValueError, match=r"^licence is no text$"):
        with_words(own_definition(), {**words, "licence": None})
    with pytest.raises(ValueError, match=r"^title: Give it a title\.$"):
        with_words(own_definition(), {**words, "title": " "})
