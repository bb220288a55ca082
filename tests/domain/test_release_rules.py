"""Deadlines, whose agreement it takes, passages about others, and the retention clock."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from practice.domain.releases.authorisations import (
    KINDS_OF,
    Part,
    ReleaseKind,
    ReleaseRule,
    Signature,
    Span,
    Standing,
    holds,
)
from practice.domain.releases.cases import (
    CHECKS,
    PERIODS,
    Period,
    RequestKind,
    Unit,
    deadline,
    unchecked,
)
from practice.domain.releases.passages import (
    NAME_REMOVED,
    PASSAGE_REMOVED,
    PassageFate,
    key_of,
    mentions,
    paragraphs,
    parts_of_names,
    redacted,
    without_names,
)
from practice.domain.releases.retention import Clock

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ADA, BEN, CY = uuid4(), uuid4(), uuid4()


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 12, 15), date(2027, 1, 15)),
        (date(2026, 11, 30), date(2026, 12, 30)),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_last(received, due):
    assert deadline(RequestKind.SUBJECT_ACCESS, received) == due


def test_days_are_counted_from_the_next_and_the_practices_own_period_wins():
    assert Period(14, Unit.DAYS).after(TODAY) == date(2026, 12, 5)
    assert deadline(RequestKind.RELEASE, TODAY, Period(1, Unit.DAYS)) == date(2026, 11, 22)
    assert str(Period(1, Unit.MONTHS)) == "1 month"
    assert str(Period(14, Unit.DAYS)) == "14 days"


@pytest.mark.parametrize("count", [0, -1, 367])
def test_a_period_has_a_length(count):
    with pytest.raises(ValueError, match="1 to 366"):
        Period(count, Unit.DAYS)


def test_every_kind_has_checks_a_period_and_a_label():
    for kind in RequestKind:
        keys = [check.key for check in CHECKS[kind]]
        assert len(keys) == len(set(keys)) >= 3
        assert kind in PERIODS
        assert kind.label
        assert unchecked(kind, frozenset(keys[1:])) == CHECKS[kind][:1]


def signed(person, **more):
    return Signature(**({"person_id": person, "expires_on": TODAY, "signed_at": NOW} | more))


@pytest.mark.parametrize(
    ("rule", "needed", "signatures", "expected"),
    [
        (ReleaseRule.ALL_MEMBERS, {ADA, BEN}, [ADA], False),
        (ReleaseRule.ALL_MEMBERS, {ADA, BEN}, [ADA, BEN], True),
        (ReleaseRule.ALL_MEMBERS, {ADA, BEN, CY}, [ADA, BEN], False),
        (ReleaseRule.ALL_MEMBERS, set(), [ADA], False),
        (ReleaseRule.ANY_MEMBER, {ADA, BEN}, [BEN], True),
        (ReleaseRule.ANY_MEMBER, {ADA, BEN}, [CY], False),
        (ReleaseRule.ANY_MEMBER, set(), [ADA], False),
        (ReleaseRule.ANY_MEMBER, {ADA}, [], False),
    ],
)
def test_whose_agreement_it_takes(rule, needed, signatures, expected):
    assert holds(rule, needed, [signed(one) for one in signatures], TODAY) is expected


@pytest.mark.parametrize(
    ("more", "standing"),
    [
        ({}, Standing.SIGNED),
        ({"signed_at": None}, Standing.WAITING),
        ({"signed_at": None, "refused_at": NOW}, Standing.REFUSED),
        ({"revoked_at": NOW}, Standing.REVOKED),
        ({"withdrawn_at": NOW}, Standing.WITHDRAWN),
        ({"revoked_at": NOW, "withdrawn_at": NOW}, Standing.REVOKED),
        ({"expires_on": date(2026, 11, 20)}, Standing.EXPIRED),
        ({"expires_on": date(2026, 11, 20), "signed_at": None}, Standing.EXPIRED),
    ],
)
def test_how_an_authorisation_stands(more, standing):
    signature = signed(ADA, **more)
    assert signature.standing(TODAY) is standing
    alone = holds(ReleaseRule.ALL_MEMBERS, {ADA}, [signature], TODAY)
    assert alone is (standing is Standing.SIGNED)


def test_a_period_meets_whoever_was_there_on_one_of_its_days():
    span = Span(date(2026, 3, 1), date(2026, 3, 31))
    assert span.meets(date(2026, 3, 31), None)
    assert span.meets(date(2025, 1, 1), date(2026, 3, 1))
    assert not span.meets(date(2026, 4, 1), None)
    assert not span.meets(date(2025, 1, 1), date(2026, 2, 28))
    with pytest.raises(ValueError, match="before"):
        Span(date(2026, 3, 2), date(2026, 3, 1))


def test_process_notes_have_nothing_to_tick_and_one_part_has_no_reports():
    assert KINDS_OF[Part.PROCESS_NOTES] == ()
    assert ReleaseKind.REPORTS not in KINDS_OF[Part.OWN]
    assert KINDS_OF[Part.JOINT] == tuple(ReleaseKind)


def test_names_are_found_by_whole_words_whatever_the_case():
    names = parts_of_names(["Ben Morrow", "Al"])
    assert names == ("Ben Morrow", "Ben", "Morrow", "Al")
    assert mentions("BEN and al, not Benny or Alice.", names, relations=False) == ("BEN", "al")
    assert mentions("Ben’s coat", names, relations=False) == ("Ben",)
    assert mentions("Her mother-in-law rang.", (), relations=True) == ("mother-in-law",)
    assert mentions("Nobody here.", (), relations=True) == ()


def test_what_is_taken_out_is_gone():
    names = parts_of_names(["Vera Morrow"])
    words = "Vera Morrow rang Vera twice."
    assert redacted(words, names, PassageFate.KEEP) == words
    assert redacted(words, names, PassageFate.NAMES) == f"{NAME_REMOVED} rang {NAME_REMOVED} twice."
    assert redacted(words, names, PassageFate.REMOVE) == PASSAGE_REMOVED
    assert without_names(words, ()) == words


def test_a_decision_is_about_words_in_their_place():
    assert key_of("note:1", "Vera rang.") == key_of("note:1", "Vera rang.")
    assert len({key_of("note:1", "a"), key_of("note:2", "a"), key_of("note:1", "b")}) == 3
    assert paragraphs(" One.\n\n  Two. \n") == ("One.", "Two.")


def test_the_clock_runs_in_whole_years_and_stops_under_a_hold():
    clock = Clock(date(2020, 2, 29), 7)
    assert clock.due_on == date(2027, 3, 1)
    assert not clock.is_due(date(2027, 2, 28))
    assert clock.is_due(date(2027, 3, 1))
    assert not Clock(date(2000, 1, 1), 7, is_held=True).is_due(TODAY)
    for years in (0, 51):
        with pytest.raises(ValueError, match="1 to 50"):
            Clock(TODAY, years)
