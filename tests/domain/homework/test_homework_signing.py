"""When an agreement holds, and how promises are counted."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.homework.promises import PromiseWord, choices_for_own
from practice.domain.homework.reliability import PromiseMade, reliability
from practice.domain.homework.signing import AgreementState, Span, digest_of, state_of
from practice.domain.visibility import Audience

ADA, BEN, CIM = uuid4(), uuid4(), uuid4()
THEN = date(2026, 3, 14)
EARLY = date(2026, 1, 1)
PROPOSED, HOLDS, ENDED = AgreementState
KEPT, PARTLY, NOT_YET = PromiseWord


def state(signed=(), *, spans=None, receivers=(ADA, BEN), is_ended=False):
    spans = spans or [Span(ADA, EARLY, None), Span(BEN, EARLY, None)]
    return state_of(
        receivers=receivers, spans=spans, written_on=THEN, signed=signed, is_ended=is_ended
    )


# fmt: off
@pytest.mark.parametrize(("signed", "expected"), [
    ((),              PROPOSED),
    ((ADA,),          PROPOSED),
    ((BEN,),          PROPOSED),
    ((ADA, BEN),      HOLDS),
])
# fmt: on
def test_it_takes_every_signature(signed, expected):
    assert state(signed) is expected
    assert state(signed, is_ended=True) is ENDED


# fmt: off
@pytest.mark.parametrize(("joined", "left", "signed", "expected"), [
    (EARLY,                     THEN,                     (ADA, CIM, BEN), ENDED),
    (EARLY,                     THEN - timedelta(days=1), (ADA, BEN),      HOLDS),
    (THEN + timedelta(days=1),  None,                     (ADA, BEN),      HOLDS),
    (EARLY,                     None,                     (ADA, BEN),      PROPOSED),
    (EARLY,                     THEN - timedelta(days=1), (ADA, BEN, CIM), ENDED),
    (EARLY,                     THEN,                     (ADA, BEN),      ENDED),
    (THEN,                      None,                     (ADA, BEN),      PROPOSED),
])
# fmt: on
def test_of_three_those_sign_who_were_there(joined, left, signed, expected):
    spans = [Span(ADA, EARLY, None), Span(BEN, EARLY, None), Span(CIM, joined, left)]
    assert state(signed, spans=spans, receivers=(ADA, BEN, CIM)) is expected


def test_whoever_comes_back_finds_it_ended():
    back = [
        Span(ADA, EARLY, None),
        Span(BEN, EARLY, THEN + timedelta(days=9)),
        Span(BEN, THEN + timedelta(days=20), None),
    ]
    assert state((ADA, BEN), spans=back) is ENDED


def test_whoever_was_back_before_it_was_written_ends_nothing():
    before = Span(BEN, EARLY, EARLY + timedelta(days=9))
    back = [Span(ADA, EARLY, None), before, Span(BEN, EARLY + timedelta(days=20), None)]
    assert state((ADA, BEN), spans=back) is HOLDS


def test_one_alone_makes_no_agreement():
    assert state(spans=[Span(ADA, EARLY, None)]) is None
    assert state(receivers=(ADA,)) is None


@given(signed=st.sets(st.sampled_from([ADA, BEN, CIM])), asked=st.sets(st.just(CIM)))
def test_it_never_holds_without_everybody(signed, asked):
    spans = [Span(one, EARLY, None) for one in (ADA, BEN, CIM)]
    receivers = {ADA, BEN} | asked
    holds = state(signed & receivers, spans=spans, receivers=receivers) is HOLDS
    assert holds == (receivers <= signed)


def test_other_words_have_another_digest():
    words = {"lines": ["a", "b"], "review_on": "2026-06-01"}
    assert digest_of("x", words) == digest_of("x", dict(reversed(words.items())))
    assert digest_of("x", words) != digest_of("y", words)
    assert digest_of("x", words) != digest_of("x", words | {"lines": ["a b"]})


def test_what_was_signed_long_ago_keeps_its_digest():
    words = {"lines": ["une soirée à deux"], "review_on": "2026-06-01"}
    assert digest_of("boundary_agreement", words) == (
        "2c5534e91236cae16626f9ca21f9ef04af85e1ec9658ce5ad3f2e50ec08cd624"
    )


def made(word=None, *, maker=ADA, due=THEN, has_day=True, confirmed=()):
    return PromiseMade(maker, due, has_day, word, frozenset(confirmed))


def test_promises_are_counted_by_the_month_in_which_they_fell_due():
    found = reliability(
        [
            made(KEPT, confirmed=[BEN]),
            made(KEPT),
            made(PARTLY, confirmed=[BEN]),
            made(),
            made(NOT_YET, due=THEN - timedelta(days=30)),
            made(KEPT, maker=BEN),
            made(due=THEN + timedelta(days=1)),
            made(has_day=False),
            made(KEPT, due=THEN + timedelta(days=1)),
        ],
        ADA,
        THEN,
    )
    assert [(one.month, one.due, one.kept, one.partly, one.not_yet) for one in found] == [
        (date(2026, 2, 1), 1, 0, 0, 1),
        (date(2026, 3, 1), 4, 2, 1, 0),
    ]
    assert [(one.missing, one.confirmed, one.title) for one in found] == [
        (0, 0, "February 2026"),
        (1, 1, "March 2026"),
    ]


def test_a_promise_without_a_day_counts_once_something_is_said():
    (month,) = reliability([made(KEPT, has_day=False), made(has_day=False)], ADA, THEN)
    assert (month.due, month.kept, month.missing) == (1, 1, 0)


@given(
    st.lists(
        st.builds(
            made,
            st.none() | st.sampled_from(PromiseWord),
            maker=st.sampled_from([ADA, BEN]),
            due=st.dates(EARLY, date(2026, 12, 31)),
            has_day=st.booleans(),
            confirmed=st.sets(st.just(BEN)),
        )
    )
)
def test_no_figure_is_more_than_what_it_is_part_of(promises):
    months = reliability(promises, ADA, THEN)
    assert [one.month for one in months] == sorted({one.month for one in months})
    for one in months:
        assert one.due == one.kept + one.partly + one.not_yet + one.missing
        assert 0 <= one.confirmed <= one.kept
        assert one.missing >= 0
    assert sum(one.due for one in months) <= sum(p.maker_id == ADA for p in promises)


@pytest.mark.parametrize("audience", list(Audience))
def test_a_word_is_never_for_more_than_the_promise_itself(audience):
    for is_open in (True, False):
        choices = choices_for_own(audience, is_open=is_open)
        assert choices[0] is Audience.PRIVATE
        assert Audience.COUPLE not in choices or is_open
        assert audience is not Audience.PRIVATE or choices == (Audience.PRIVATE,)
