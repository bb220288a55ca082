"""Worksheets and handouts on paper: every kind of block, one page a handout, nothing that tells."""

import pytest

from practice.domain.handouts.definition import Handout
from practice.domain.handouts.registry import all_handouts
from practice.domain.homework import blocks
from practice.domain.homework.blocks import Block
from practice.domain.homework.definition import SummaryLine
from practice.domain.homework.registry import all_templates, get_template
from practice.reports.handout import handout_html, text_html
from practice.reports.render import render
from practice.reports.worksheet import (
    ROOMS,
    Filled,
    Room,
    blank_worksheet_html,
    filled_worksheet_html,
    room_of,
)
from tests.reports import pdf_checks


def printed(html):
    made = render(html, in_process=True)
    assert made.warnings == ()
    return made


def kinds_of(base: type) -> set[str]:
    found = {base.kind} if isinstance(getattr(base, "kind", None), str) else set()
    return found.union(*(kinds_of(one) for one in base.__subclasses__()))


def test_every_kind_of_block_has_room_of_its_own_on_paper():
    assert blocks.TextBlock.kind in kinds_of(Block)
    assert kinds_of(Block) <= set(ROOMS)


def test_a_kind_that_nobody_has_thought_of_still_gets_lines():
    class Odd:
        kind = "odd"

    assert room_of(Odd()) == Room("lines", count=3)


@pytest.mark.parametrize("key", sorted(all_templates()))
def test_a_blank_worksheet_prints_every_question_with_its_answers(key):
    worksheet = all_templates()[key]
    html = blank_worksheet_html(worksheet)
    made = printed(html)

    pdf_checks.check_properties(made.pdf, title="Worksheet")
    assert 2 <= made.pages <= 3
    text = pdf_checks.text_of(made.pdf)
    for block in worksheet.all_blocks:
        assert _squeezed(block.prompt) in _squeezed(text)
        for option in getattr(block, "options", ()):
            assert _squeezed(option.label) in _squeezed(text)
    assert f"Page 1 of {made.pages}" in text
    for step in worksheet.steps:
        assert _squeezed(step) in _squeezed(text)


@pytest.mark.parametrize("key", ["quality_time", "speaker_listener", "time_out"])
def test_a_blank_worksheet_is_a_sound_tagged_document(key):
    html = blank_worksheet_html(get_template(key))
    pdf_checks.check(printed(html).pdf, html, title="Worksheet")


def test_a_filled_worksheet_holds_what_was_written_as_words():
    long = "word " * 900
    answers = (SummaryLine("What?", "<b>tea</b>\nand cake"), SummaryLine("More", long))
    html = filled_worksheet_html("One thing", "Every day.", [Filled("Ada, Friday", answers)])
    made = printed(html)

    pdf_checks.check(made.pdf, html, title="Worksheet")
    text = pdf_checks.text_of(made.pdf)
    assert "<b>tea</b> and cake" in text
    assert "Ada, Friday" in text
    assert made.pages > 1
    assert f"Page {made.pages} of {made.pages}" in text


def test_a_filled_worksheet_without_entries_says_so():
    html = filled_worksheet_html("One thing", "Every day.", [])
    assert "nothing to read here yet" in pdf_checks.text_of(printed(html).pdf)


@pytest.mark.parametrize("key", sorted(all_handouts()))
def test_a_handout_fits_on_one_page_and_names_nobody(key):
    handout: Handout = all_handouts()[key]
    html = handout_html(handout)
    made = printed(html)

    assert made.pages == 1
    pdf_checks.check(made.pdf, html, title="Handout")
    text = _squeezed(pdf_checks.text_of(made.pdf))
    assert _squeezed(handout.careful) in text
    for passage in handout.passages:
        for line in passage.lines:
            assert _squeezed(line.removeprefix("□ ")) in text


def test_a_text_of_the_practice_is_a_sheet_that_names_nobody():
    html = text_html("A pause", "For hot days.", "Breathe out.\n\n1. Speak.\n2. Listen. <b>")
    made = printed(html)
    assert made.pages == 1
    pdf_checks.check(made.pdf, html, title="Handout")
    assert "1. Speak. 2. Listen. <b>" in pdf_checks.text_of(made.pdf)


def _squeezed(text: str) -> str:
    return "".join(text.split())
