"""A worksheet of the practice's own, from what was typed to what is asked."""

import random
from dataclasses import replace
from uuid import uuid4

import pytest

from practice.domain.homework.blocks import RatingBlock, TextBlock
from practice.domain.homework.own import (
    MOST_QUESTIONS,
    Question,
    Sheet,
    SheetProblems,
    family_of,
    own_key,
    sheet_of,
    template_from,
)
from practice.domain.homework.own_questions import a_turn
from practice.domain.homework.registry import all_templates, get_template
from practice.domain.homework.stored import template_from_json, template_to_json
from practice.domain.visibility import Audience

KEY = own_key(uuid4())
SHEET = Sheet(
    title="Evening walk",
    purpose="To be side by side for a while.",
    minutes="30",
    steps="Put the phones away.\nWalk.",
    not_when="Not in a storm.",
    questions=(
        Question(prompt="What did you see?", required=True),
        Question(
            kind="rating",
            prompt="How was it?",
            low="0",
            high="5",
            low_label="dull",
            high_label="good",
        ),
        Question(kind="choice", prompt="Who chose the way?", options="I\nYou\nNobody"),
        Question(kind="checklist", prompt="What helped?", options="The air\nThe quiet"),
        Question(kind="list", prompt="What next?", lines="3"),
        Question(kind="plan", prompt="When again?"),
    ),
)


def problems(**changes):
    with pytest.raises(SheetProblems) as refused:
        template_from(replace(SHEET, **changes), key=KEY, version=1)
    return refused.value.errors


def of_question(**changes):
    return problems(questions=(Question(prompt="First?"), Question(**changes)))


def test_what_was_typed_is_what_is_asked():
    made = template_from(SHEET, key=KEY, version=3)
    assert (made.key, made.version, made.minutes) == (KEY, 3, 30)
    assert made.steps == ("Put the phones away.", "Walk.")
    assert made.blocks[0] == TextBlock(key="question_1", prompt="What did you see?", required=True)
    assert made.blocks[1] == RatingBlock(
        key="question_2", prompt="How was it?", low=0, high=5, low_label="dull", high_label="good"
    )
    assert [one.kind for one in made.blocks[2:]] == ["choice", "checklist", "list", "plan"]
    assert [one.label for one in made.blocks[2].options] == ["I", "You", "Nobody"]
    assert made.blocks[4].most == 3
    assert made.default_audience is Audience.PRIVATE
    assert made.source is None


@pytest.mark.parametrize("key", list(all_templates()))
def test_every_worksheet_of_the_library_can_be_copied(key):
    original = get_template(key)
    copy = template_from(sheet_of(original), key=KEY, version=1)
    assert [(one.kind, one.prompt, one.hint, one.required) for one in copy.blocks] == [
        (one.kind, one.prompt, one.hint, one.required) for one in original.blocks
    ]
    assert (copy.steps, copy.purpose, copy.not_when) == (
        original.steps,
        original.purpose,
        original.not_when,
    )
    assert template_from(sheet_of(copy), key=KEY, version=1) == copy


def test_the_practices_own_keys_are_never_those_of_the_library():
    family = uuid4()
    assert family_of(own_key(family)) == family
    assert [key for key in all_templates() if family_of(key)] == []
    assert family_of("own_my_part") is None


def test_every_mistake_is_named_at_once_and_where_it_is():
    found = problems(
        title=" ",
        purpose="",
        minutes="a while",
        steps="\n",
        not_when="",
        for_whom="nobody",
        frequency="never",
        skills=("juggling",),
        questions=(Question(), Question(kind="poem", prompt="Well?")),
    )
    assert set(found) == {
        "title",
        "purpose",
        "minutes",
        "steps",
        "not_when",
        "for_whom",
        "frequency",
        "skills",
        "questions-0-prompt",
        "questions-1-kind",
    }


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ({"kind": "rating", "prompt": "?", "low_label": "a", "high_label": "b", "low": "x"}, "low"),
        (
            {"kind": "rating", "prompt": "?", "low_label": "a", "high_label": "b", "high": "0"},
            "high",
        ),
        (
            {"kind": "rating", "prompt": "?", "low_label": "a", "high_label": "b", "high": "11"},
            "high",
        ),
        ({"kind": "rating", "prompt": "?", "low_label": "a"}, "high_label"),
        ({"kind": "choice", "prompt": "?", "options": "only one"}, "options"),
        ({"kind": "choice", "prompt": "?", "options": "Yes\nyes "}, "options"),
        (
            {"kind": "checklist", "prompt": "?", "options": "\n".join(map(str, range(21)))},
            "options",
        ),
        ({"kind": "list", "prompt": "?", "lines": "0"}, "lines"),
        ({"kind": "text", "prompt": "?", "lines": "²"}, "lines"),
        ({"kind": "text", "prompt": "x" * 301}, "prompt"),
        ({"kind": "text", "prompt": "?", "hint": "x" * 301}, "hint"),
        ({"kind": "log", "prompt": "?"}, "options"),
        ({"kind": "log", "prompt": "?", "options": "What\n*: Yes / No"}, "options"),
        ({"kind": "log", "prompt": "?", "options": "What: only one"}, "options"),
        ({"kind": "log", "prompt": "?", "options": "What: Yes / yes"}, "options"),
        ({"kind": "log", "prompt": "?", "options": "a\nb\nc\nd\ne\nf\ng"}, "options"),
        ({"kind": "log", "prompt": "?", "options": "What", "lines": "21"}, "lines"),
        ({"kind": "tracker", "prompt": "?", "lines": "0"}, "lines"),
        ({"kind": "card", "prompt": "?"}, "title"),
        ({"kind": "card", "prompt": "?", "title": "x" * 81}, "title"),
    ],
)
def test_a_mistake_in_a_question_is_named_with_its_row(typed, at):
    assert list(of_question(**typed)) == [f"questions-1-{at}"]


def test_what_one_does_alone_is_never_for_the_other():
    assert "default_audience" in problems(for_whom="one", default_audience="couple")
    assert "default_audience" in problems(for_whom="together", default_audience="when_all_done")


AGREED = {"for_whom": "together", "default_audience": "couple"}
AGREEMENT = Question(kind="agreement", prompt="When do you look at it again?")


def test_a_log_is_typed_column_by_column():
    options = "What happened *\nWho asked: I did / You did"
    made = template_from(
        replace(SHEET, questions=(Question(kind="log", prompt="Row by row", options=options),)),
        key=KEY,
        version=1,
    ).blocks[0]
    assert [(one.label, one.required) for one in made.columns] == [
        ("What happened", True),
        ("Who asked", False),
    ]
    assert [one.label for one in made.columns[1].options] == ["I did", "You did"]
    assert made.most == 7


def test_an_agreement_is_made_together_and_read_by_all_of_them():
    made = template_from(replace(SHEET, questions=(AGREEMENT,), **AGREED), key=KEY, version=1)
    assert made.agreement.required
    assert "for_whom" in problems(questions=(AGREEMENT,), **AGREED | {"for_whom": "each"})
    alone = AGREED | {"default_audience": "therapist"}
    assert "default_audience" in problems(questions=(AGREEMENT,), **alone)
    assert "questions" in problems(questions=(AGREEMENT, AGREEMENT), **AGREED)


def test_a_card_is_for_more_than_one():
    card = Question(kind="card", prompt="On the card", title="Our card")
    assert "for_whom" in problems(
        questions=(card,), for_whom="one", default_audience="private", needs_both_safe=False
    )
    made = template_from(replace(SHEET, questions=(card,)), key=KEY, version=1)
    assert (made.blocks[0].title, made.blocks[0].most) == ("Our card", 6)


def test_a_turn_of_two_is_three_questions_that_can_be_changed():
    made = template_from(replace(SHEET, questions=a_turn()), key=KEY, version=1)
    assert [block.kind for block in made.blocks] == ["text", "text", "choice"]


def test_there_is_room_for_so_many_questions_and_for_one_at_least():
    assert "questions" in problems(questions=())
    many = (Question(prompt="And?"),) * (MOST_QUESTIONS + 1)
    assert "questions" in problems(questions=many)
    assert len(template_from(replace(SHEET, questions=many[:-1]), key=KEY, version=1).blocks) == 30


def test_no_message_repeats_what_was_typed():
    found = problems(title="heron" * 40, minutes="heron", steps="heron" * 100)
    assert "heron" not in "".join(found.values())


PIECES = (
    "",
    "\x00",
    "\ud800",
    "<b>",
    "x" * 9000,
    "1",
    "-3",
    "٣",
    "²",
    "\n" * 200,
    "a\r\nb",
    "text",
)
KINDS = ("text", "rating", "choice", "checklist", "list", "plan", "log", "\x00")


def some_question(chance):
    typed = {name: "" for name in Question.__slots__ if name not in ("kind", "required")}
    for name in chance.sample(sorted(typed), 2):
        typed[name] = chance.choice(PIECES)
    return Question(**typed | {"kind": chance.choice(KINDS), "prompt": typed["prompt"] or "Well?"})


def test_whatever_is_typed_is_a_worksheet_or_a_list_of_mistakes():
    chance, made, refused = random.Random(42), 0, 0
    for _ in range(600):
        questions = tuple(some_question(chance) for _ in range(chance.randrange(1, 3)))
        sheet = replace(SHEET, title=chance.choice(["Walk", *PIECES]), questions=questions)
        try:
            built = template_from(sheet, key=KEY, version=1)
        except SheetProblems:
            refused += 1
        else:
            made += 1
            assert template_from(sheet_of(built), key=KEY, version=1) == built
            assert template_from_json(KEY, 1, template_to_json(built)) == built
    assert min(made, refused) > 30


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"smaller": "ten_minutes"}, ""),
        ({"smaller": "no_such"}, "of the list"),
        ({"smaller": "boundary_agreement", "minutes": "90"}, "of the list"),
        ({"smaller": "quality_time", "minutes": "60"}, "shorter"),
        ({"smaller": "gratitude", "needs_both_safe": False}, "needs both to be safe"),
        ({"smaller": "reflect_back"}, "done together"),
    ],
)
def test_where_it_is_too_much_it_names_something_shorter_and_no_less_safe(changes, message):
    sheet = replace(sheet_of(get_template("quality_time")), **{"minutes": "30"} | changes)
    if not message:
        assert template_from(sheet, key="own_x", version=1).smaller == "ten_minutes"
        return
    with pytest.raises(SheetProblems, match=message) as problem:
        template_from(sheet, key="own_x", version=1)
    assert set(problem.value.errors) == {"smaller"}
