"""S15: the words of a mail; and how often one is tried."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.reminders.terms import Problem, ReminderKind, ReminderState
from practice.domain.reminders.trying import DELAYS, LEASE, SENDING_SECONDS, next_try
from practice.domain.reminders.words import LINES, SUBJECT, is_address, sender_line, words_of

PAGE = "https://dyad.example.org/sign-in"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize("page", [None, PAGE])
def test_a_mail_holds_neutral_lines_and_nothing_else(page):
    words = words_of(sender="Tess", sign_in_page=page)
    lines = [line for line in words.body.split("\n") if line]
    assert words.subject == SUBJECT
    assert set(lines) - LINES == ({page} if page else set())
    assert ("http" in words.body) == bool(page)


def test_no_word_of_a_mail_says_what_it_is_about():
    text = " ".join([SUBJECT, *LINES]).lower()
    for word in ("therap", "couple", "counsel", "partner", "session", "appointment", "homework"):
        assert word not in text
    for kind in ReminderKind:
        assert kind.value not in text


@given(st.text(max_size=200))
def test_a_sender_is_one_line_that_can_end_no_header(text):
    line = sender_line(text)
    assert len(line) <= 80
    assert line == line.strip()
    assert not set(line) & set('\r\n\0<>"@,;:\\')


def test_a_sender_keeps_its_words():
    assert sender_line('Dr.\tA. O\'Neil, "Notes" <b@c.d>') == "Dr. A. O'Neil Notes b c.d"
    assert sender_line("x" * 79 + " yz") == "x" * 79
    assert words_of(sender="Notes, x", sign_in_page=None).sender == "Notes x"


@pytest.mark.parametrize(
    "text", ["ada@example.org", "a.b+c@mail.example.co.uk", "x_1@a-b.example", "o'k@example.org"]
)
def test_an_address(text):
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ada",
        "ada@",
        "@example.org",
        "ada@example",
        "ada@example.org, ben@example.org",
        "ada@example.org\nBcc: ben@example.org",
        "ada@example.org\n",
        "Ada <ada@example.org>",
        "a da@example.org",
        ".ada@example.org",
        "a..da@example.org",
        "ada.@example.org",
        "ada@-example.org",
        "ada@example..org",
        "ada@exam\u00adple.org",
        "a" * 65 + "@example.org",
    ],
)
def test_what_is_no_address(text):
    assert not is_address(text)


def test_delays_grow_and_come_to_an_end():
    waits = [next_try(number, NOW) for number in range(1, len(DELAYS) + 1)]
    assert [at - NOW for at in waits] == sorted(at - NOW for at in waits)
    assert next_try(len(DELAYS) + 1, NOW) is None
    assert sum(DELAYS, timedelta()) < timedelta(days=1)
    with pytest.raises(ValueError, match="nothing was tried"):
        next_try(0, NOW)


def test_a_mail_is_sent_well_within_its_lease():
    assert timedelta(seconds=2 * SENDING_SECONDS) < LEASE


def test_only_what_is_about_this_mail_is_given_up_at_once():
    assert {one for one in Problem if one.lasts} == {Problem.ADDRESS_REFUSED, Problem.MAIL_REFUSED}


@pytest.mark.parametrize("kinds", [ReminderKind, ReminderState, Problem])
def test_every_term_has_its_words(kinds):
    for one in kinds:
        assert getattr(one, "label", None) or one.words
    for problem in Problem:
        assert problem.advice
