"""Formats of notes: changing them loses nothing; what is stored comes back as it was."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.homework.review import Barrier, HomeworkReview, Reviewed, View
from practice.domain.note_formats import (
    COUPLE_SECTIONS,
    RESPONSES,
    SECTIONS,
    NoteContent,
    NoteFormat,
    Pattern,
    Repair,
    as_stored,
    from_stored,
    in_one_text,
    layout,
    passages,
    plain,
)

ADA, BEN = UUID(int=1), UUID(int=2)
NAMES = {ADA: "Ada", BEN: "Ben"}
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=40)
scale = st.none() | st.integers(0, 10)
views = st.builds(
    View, scale, scale, scale, st.none() | st.sampled_from(Barrier), st.just("") | words
)
reviews = st.builds(HomeworkReview, words, st.none() | st.sampled_from(Reviewed), views)
contents = st.builds(
    NoteContent,
    format=st.sampled_from(NoteFormat),
    sections=st.dictionaries(st.sampled_from([k for k in SECTIONS if k != RESPONSES]), words),
    responses=st.dictionaries(st.sampled_from([ADA, BEN]), words),
    patterns=st.frozensets(st.sampled_from(Pattern)),
    repairs=st.frozensets(st.sampled_from(Repair)),
    homework=st.dictionaries(st.uuids(), reviews, max_size=2),
    template_id=st.none() | st.uuids(),
)


@given(contents, st.lists(st.sampled_from(NoteFormat), min_size=1))
def test_changing_the_format_keeps_every_word_in_sight(content, formats):
    for note_format in formats:
        shown = layout(note_format, content.written)
        assert content.written <= set(shown.all)
        assert len(set(shown.all)) == len(shown.all)
        now = NoteContent(
            note_format,
            content.sections,
            content.responses,
            content.patterns,
            content.repairs,
            content.homework,
        )
        read = {(one.key, one.about_id): one.text for one in passages(now, NAMES)}
        for key, text in content.sections.items():
            assert text in read[key, None]
        for who, text in content.responses.items():
            assert read[RESPONSES, who] == text


@given(contents)
def test_what_is_stored_comes_back_as_it_was(content):
    assert from_stored(content.format, content.text, as_stored(content)) == content


@pytest.mark.parametrize("note_format", NoteFormat)
def test_every_format_has_what_couples_need(note_format):
    assert set(COUPLE_SECTIONS) <= set(layout(note_format).all)
    assert layout(note_format).kept == ()


def test_a_note_from_before_formats_is_its_words():
    content = from_stored(NoteFormat.FREE, "As it was written.", None)
    assert content == plain("As it was written.")
    assert in_one_text(passages(content, NAMES)) == "As it was written."


def test_headings_come_in_the_order_of_their_letters():
    heads = {one: layout(one).main for one in NoteFormat}
    assert heads[NoteFormat.SOAP] == ("subjective", "objective", "assessment", "plan")
    assert heads[NoteFormat.DAP] == ("data", "assessment", "plan")
    assert heads[NoteFormat.BIRP] == ("behaviour", "interventions", "responses", "plan")
    assert heads[NoteFormat.GIRP] == ("goal", "interventions", "responses", "plan")


def test_ticks_and_homework_are_read_with_their_words():
    content = NoteContent(
        sections={"patterns": "Ada to Ben, twice."},
        patterns=frozenset({Pattern.CRITICISM, Pattern.DEMAND_WITHDRAW}),
        homework={UUID(int=9): HomeworkReview("Gratitude (Ben)", Reviewed.NOT_YET)},
    )
    text = in_one_text(passages(content, NAMES))
    assert "Criticism, Demand and withdraw\nAda to Ben, twice." in text
    assert "Gratitude (Ben): not yet" in text


def test_who_is_no_member_any_more_keeps_their_response_without_a_name():
    (one,) = passages(NoteContent(responses={UUID(int=5): "Left early."}), NAMES)
    assert (one.title, one.text) == ("A member’s response", "Left early.")


@pytest.mark.parametrize(
    "content",
    [
        plain("x"),
        NoteContent(responses={ADA: "x"}),
        NoteContent(patterns=frozenset({Pattern.CONTEMPT})),
        NoteContent(repairs=frozenset({Repair.MADE})),
        NoteContent(homework={ADA: HomeworkReview("x", Reviewed.DONE)}),
    ],
)
def test_one_mark_is_enough_to_be_written(content):
    assert not content.is_empty
    assert len(content.written) == 1


def test_a_chosen_format_alone_is_nothing_written():
    assert NoteContent(format=NoteFormat.SOAP, sections={"plan": ""}).is_empty
