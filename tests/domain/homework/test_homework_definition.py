"""What a template and the registry refuse, and how an entry is closed."""

import types
from dataclasses import replace

import pytest

from practice.domain.homework import registry
from practice.domain.homework.blocks import RatingBlock, TextBlock
from practice.domain.homework.definition import InvalidEntry, outcome_of
from practice.domain.homework.registry import get_template
from practice.domain.homework.terms import Frequency, GivenTo, Outcome, Skill, frequency_label

GRATITUDE = get_template("gratitude")
NOTICED = TextBlock(key="noticed", prompt="Again")


# fmt: off
@pytest.mark.parametrize(("change", "words"), [
    ({"key": "Gratitude"},                           "lower-case"),
    ({"version": 0},                                 "version"),
    ({"minutes": 0},                                 "minutes"),
    ({"times_per_week": 8},                          "1 to 7"),
    ({"steps": ()},                                  "steps"),
    ({"blocks": ()},                                 "blocks"),
    ({"blocks": (NOTICED, NOTICED)},                 "block keys"),
    ({"blocks": (replace(NOTICED, key="quality"),)}, "HOW_IT_WENT"),
    ({"needs_both_safe": False, "for_whom": GivenTo.TOGETHER}, "to be safe"),
])
# fmt: on
def test_a_template_with_a_mistake_is_refused_by_name(change: dict[str, object], words: str):
    with pytest.raises(ValueError, match=words):
        replace(GRATITUDE, **change)


def test_all_messages_come_at_once_in_the_order_of_the_page():
    template = replace(
        GRATITUDE,
        blocks=(
            NOTICED,
            RatingBlock(key="rating", prompt="How?", low_label="a", high_label="b"),
            TextBlock(key="last", prompt="Last", required=True),
        ),
    )
    with pytest.raises(InvalidEntry) as caught:
        template.clean({"quality": "12", "rating": "12", "noticed": 3, "outcome": "done"})

    assert list(caught.value.errors) == ["noticed", "rating", "last", "quality"]
    assert "rating: Choose a whole number from 0 to 10." in str(caught.value)


def test_what_the_form_adds_of_its_own_is_not_stored():
    value = GRATITUDE.clean({"outcome": "partly", "csrf_token": "secret", "audience": "couple"})

    assert set(value) == {"noticed", "effect", "told", "outcome", "quality", "obstacle"}


def test_an_unknown_outcome_is_the_only_thing_said_when_all_else_is_there():
    with pytest.raises(InvalidEntry) as caught:
        GRATITUDE.clean({"noticed": "Tea", "told": "aloud", "outcome": "brilliant"})

    assert caught.value.errors == {"outcome": "Choose one of the answers in the list."}


def test_an_entry_of_an_older_version_is_still_shown():
    lines = GRATITUDE.summary({"noticed": "Tea", "told": "by_pigeon"})

    assert [(line.label, line.text) for line in lines] == [
        ("What did your partner do?", "Tea"),
        ("Have you told them?", "by_pigeon"),
    ]


def test_a_part_counts_and_not_this_time_does_not():
    entry = GRATITUDE.clean({"outcome": "partly"})

    assert outcome_of(entry) is Outcome.PARTLY
    assert {one for one in Outcome if one.counts_as_done} == {Outcome.DONE, Outcome.PARTLY}
    with pytest.raises(ValueError, match="None"):
        outcome_of({})


# fmt: off
@pytest.mark.parametrize(("frequency", "times", "words"), [
    (Frequency.ONCE,                 3, "once"),
    (Frequency.DAILY,                1, "every day"),
    (Frequency.WEEKLY,               1, "once a week"),
    (Frequency.SEVERAL_TIMES_A_WEEK, 1, "once a week"),
    (Frequency.SEVERAL_TIMES_A_WEEK, 2, "twice a week"),
    (Frequency.SEVERAL_TIMES_A_WEEK, 3, "3 times a week"),
])
# fmt: on
def test_how_often_is_said_in_words(frequency: Frequency, times: int, words: str):
    assert frequency_label(frequency, times) == words


@pytest.mark.parametrize("words", [GivenTo, Frequency, Outcome, Skill])
def test_every_word_has_a_label_of_its_own(words: type[GivenTo]):
    assert len({word.label for word in words}) == len(words)


def test_a_module_must_hold_a_template_under_its_own_name(monkeypatch: pytest.MonkeyPatch):
    modules = {
        "empty": types.SimpleNamespace(__name__="empty"),
        "other": types.SimpleNamespace(__name__="other", TEMPLATE=GRATITUDE),
    }
    monkeypatch.setattr(
        registry.importlib, "import_module", lambda name: modules[name.rsplit(".")[-1]]
    )
    with pytest.raises(LookupError, match="empty has no constant TEMPLATE"):
        registry._load("empty")
    with pytest.raises(LookupError, match="other holds the key 'gratitude'"):
        registry._load("other")
