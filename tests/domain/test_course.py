"""Rules of thumb for the course: each from its least amount of data on, and never before."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from practice.domain.certainty import Certainty
from practice.domain.change import Criteria, criteria_for, origin_of
from practice.domain.course import (
    RECENT,
    SOURCES,
    CourseLine,
    CourseSituation,
    FeedbackLine,
    Level,
    Reading,
    SignalKind,
    line_of,
    signals_for,
)
from practice.domain.measures.definition import PublishedChange
from practice.domain.measures.registry import get_measure

START = date(2026, 3, 5)
ADA, BEN, CY = (UUID(int=number) for number in (1, 2, 3))
SHORT = get_measure("csi4").scale("csi4")
NAMES = {ADA: "Ada", BEN: "Ben", CY: "Cy"}


def week(number: int) -> date:
    return START + timedelta(weeks=number)


def criteria(scale: str) -> Criteria:
    found = criteria_for(get_measure(scale).scale(scale))
    assert found is not None
    return found


def line(*values: float | None, who=ADA, scale="csi4", judged_by=None) -> CourseLine:
    """A line of weekly answers; None is one that was missed."""
    found = get_measure(scale).scale(scale)
    made = line_of(
        [Reading(week(n), value) for n, value in enumerate(values) if value is not None],
        person_id=who,
        name=NAMES.get(who, "Di"),
        scale_key=scale,
        scale_title="CSI-4",
        criteria=judged_by or criteria(scale),
        origin=(judged_by and judged_by.published) or origin_of(found),
        cut=found.cut,
        missed=[week(n) for n, value in enumerate(values) if value is None],
    )
    assert made is not None
    return made


def kinds(*lines: CourseLine, held=0, third=None, feedback=()):
    couple = CourseSituation(
        lines=lines, sessions_held=held, third_session_on=third, feedback=feedback
    )
    return [signal.kind for signal in signals_for(couple)]


def only(*lines: CourseLine, **more):
    (signal,) = signals_for(CourseSituation(lines=lines, **more))
    return signal


# A reliable change is more than 2.72 points on the CSI-4, more than 6.66 on the CSI-16.


@pytest.mark.parametrize(
    ("values", "speaks"),
    [
        ((15,), False),
        ((15, 5), False),  # nothing before the third answer, however low
        ((15, 12, 12), True),
        ((15, 13, 12), False),  # 2 points are no reliable change: only once
        ((15, 12, 13), False),
        ((15, 15, 11), False),  # once, by 4 points
        ((15, 15, 10), True),  # once, by 5 points: more than 1.5 reliable changes (4.07)
        ((15, 10, 15), False),  # over again
        ((15, 18, 12), False),  # compared with the start, not with the best
        ((10, 15, 15), False),
    ],
)
def test_red_is_reliably_worse_twice_in_a_row_or_once_by_far(values, speaks):
    assert (SignalKind.WORSE in kinds(line(*values))) is speaks


def test_on_the_long_form_once_is_never_enough():
    assert SignalKind.WORSE not in kinds(line(60, 60, 20, scale="csi16"))
    assert SignalKind.WORSE in kinds(line(60, 53, 53, scale="csi16"))


def test_red_says_whom_why_since_when_and_on_what_it_rests():
    signal = only(line(15, 15, 12, 11))
    assert (signal.level, signal.person_id, signal.since) == (Level.RED, ADA, week(2))
    assert signal.words == "Ada: reliably worse than at the start, twice in a row,"
    assert "15 on 5 March 2026 at the start; then 12 on 19 March 2026 and 11 on 26" in signal.why
    assert "3 and 4 points worse. A reliable change is more than 2.72 points: Funk & " in signal.why
    assert "sample (general knowledge, not re-read)." in signal.why
    assert signal.basis == "4 answers over 21 days"


def test_red_once_names_its_own_threshold():
    signal = only(line(15, 15, 10))
    assert signal.since == week(2)
    assert "from 1.5 reliable changes (4.07 points) on" in signal.why


def test_a_published_change_of_exactly_so_many_points_counts():
    published = PublishedChange(3, True, "a source", Certainty.READ)
    by_points = Criteria.from_published(published, higher_is_better=False, low=0, high=27)
    signal = only(line(5, 8, 8, scale="phq9", judged_by=by_points))
    assert signal.kind is SignalKind.WORSE
    assert "A reliable change is 3 points or more: a source." in signal.why


FOUR = {"held": 4, "third": week(2)}


@pytest.mark.parametrize(
    ("values", "held", "speaks"),
    [
        ((9, 9, 9, 10), 4, True),
        ((9, 9, 9, 10), 3, False),  # not before the fourth session
        ((9, 9), 4, False),  # not before the third answer
        ((9, 9, 9, 11), 4, False),  # 2 points are more than half of 2.72
        ((12, 13, 13, 14), 4, False),  # gained little, but not distressed any more
        ((9, 12, 12, 12), 4, False),  # an early gain and then flat: not a failure
    ],
)
def test_amber_is_little_gain_on_the_distressed_side_from_session_four(values, held, speaks):
    found = kinds(line(*values), held=held, third=week(2) if held >= 3 else None)
    assert (SignalKind.LITTLE_GAIN in found) is speaks


def test_little_gain_needs_an_answer_since_the_third_session():
    assert kinds(line(9, 9, 9), held=4, third=week(2)) == [SignalKind.LITTLE_GAIN]
    assert kinds(line(9, 9, 9), held=4, third=week(3)) == []


def test_little_gain_needs_a_cut_score():
    without = Criteria(sd=4, reliability=0.94, higher_is_better=True)
    assert kinds(line(9, 9, 9, judged_by=without), **FOUR) == []


@pytest.mark.parametrize(
    ("values", "words"),
    [((9, 9, 9), "no change"), ((9, 8, 8), "lost 1 point,"), ((9, 9, 10), "gained 1 point,")],
)
def test_little_gain_says_how_little(values, words):
    signal = only(line(*values), sessions_held=5, third_session_on=week(2))
    assert signal.words == "Ada: little gain after 5 sessions"
    assert words in signal.why
    assert "cut score of 13.5 (Funk & Rogge (2007): below 13.5 notable dissat" in signal.why
    assert "1.36 points) by the fourth session" in signal.why
    assert "2.72 points: Funk & Rogge (2007), online development sample (general" in signal.why


def test_a_reliable_fall_is_not_called_little_gain():
    """Once is not yet red; the words say what it is all the same."""
    signal = only(line(12, 12, 8), sessions_held=5, third_session_on=week(2))
    assert (signal.kind, signal.words) == (
        SignalKind.LITTLE_GAIN,
        "Ada: reliably worse after 5 sessions",
    )


def test_red_outweighs_amber_and_green_of_the_same_person():
    assert kinds(line(12, 9, 8), **FOUR) == [SignalKind.WORSE]


def test_the_scale_answered_last_decides_and_of_one_day_the_longer():
    long = line(40, 40, 50, scale="csi16")
    short = line(9, 9, 9, 9)
    assert kinds(long, short, **FOUR) == [SignalKind.LITTLE_GAIN]
    assert kinds(long, line(9, 9, 9), **FOUR) == [SignalKind.ON_TRACK]
    # Two answers on the long form are too few, however late they come.
    late = line(40, 60, scale="csi16")
    assert kinds(late, line(9, 9, 9), **FOUR) == [SignalKind.LITTLE_GAIN]


def test_one_up_and_one_down_is_said_of_both():
    ada, ben = line(9, 9, 14), line(14, 12, 10, who=BEN)
    signal = signals_for(CourseSituation(lines=(ada, ben), sessions_held=4))[0]
    assert (signal.kind, signal.person_id) == (SignalKind.OPPOSITE, None)
    assert signal.words == "Ada reliably better, Ben reliably worse than at the start"
    assert "5 points better" in signal.why
    assert "4 points worse" in signal.why
    assert signal.why.endswith("Looked at from the fourth session on; 4 were held.")


def test_one_up_and_one_down_needs_three_answers_of_both_on_one_scale():
    worse = line(14, 12, 10, who=BEN)
    assert SignalKind.OPPOSITE not in kinds(line(9, 14), worse, held=4)
    assert SignalKind.OPPOSITE not in kinds(line(30, 30, 60, scale="csi16"), worse, held=4)
    assert SignalKind.OPPOSITE in kinds(line(14, 12, 10), line(9, 9, 14, who=BEN), held=4)
    assert SignalKind.OPPOSITE not in kinds(line(9, 9, 14), line(14, 14, 13, who=BEN), held=4)


@pytest.mark.parametrize(
    ("values", "speaks"),
    [
        ((9, None), False),
        ((9, None, None), True),
        ((9, None, 9, None), False),
        ((9, None, None, 9), False),
        ((9, None, None, None), True),
    ],
)
def test_two_missed_in_a_row_after_an_answer_ask_for_a_look(values, speaks):
    assert (SignalKind.MISSED in kinds(line(*values), held=4)) is speaks


@pytest.mark.parametrize("held", [0, 3, 4, 9])
def test_all_amber_waits_for_the_fourth_session(held):
    lines = [line(9, 9, 9), line(14, 12, 10, who=BEN), line(9, 9, 14, who=CY)]
    missing = line(9, None, None, who=UUID(int=4))
    amber = {
        kind
        for kind in kinds(*lines, missing, held=held, third=week(2))
        if kind.level is Level.AMBER
    }
    every = {SignalKind.OPPOSITE, SignalKind.LITTLE_GAIN, SignalKind.MISSED}
    assert amber == (every if held >= 4 else set())
    assert every == {kind for kind in SignalKind if kind.level is Level.AMBER}


def test_nothing_is_said_before_its_least_amount_of_data():
    """The fewest of each with which a rule may speak; the words beside the signals tell them."""
    low = [line(20, 1, scale="csi4"), line(1, 20, who=BEN), line(9, None, who=CY)]
    felt = [feedback(ADA, 0), feedback(BEN, 10, 10)]
    assert kinds(*low, held=9, third=week(0), feedback=felt) == []
    assert "about scores is said before the third answer" in SOURCES
    assert "after one answer and two that did not come" in SOURCES
    assert "two answers of each on" in SOURCES


def test_an_answer_on_either_scale_ends_what_was_missed():
    short = line(9, None, None)
    long = line(40, 40, 40, 40, scale="csi16")
    assert SignalKind.MISSED not in kinds(long, short, held=4)
    both = kinds(line(40, None, None, scale="csi16"), line(9, None, None), held=4)
    assert both == [SignalKind.MISSED]


def test_missed_says_by_which_days():
    signal = only(line(9, None, None), sessions_held=5)
    assert signal.words == "Ada: no answer the last 2 times"
    assert "Asked by 12 March 2026 and 19 March 2026" in signal.why
    assert signal.why.endswith("Looked at from the fourth session on; 5 were held.")
    assert (signal.since, signal.basis) == (week(1), "1 answer, then 2 missed")


def test_green_is_reliably_better_from_the_third_answer_on():
    assert kinds(line(9, 14)) == []
    assert kinds(line(9, 9, 12)) == [SignalKind.ON_TRACK]
    assert kinds(line(9, 9, 11)) == []
    assert only(line(9, 9, 12)).level is Level.GREEN


SLIDE = (14, 16, 15, 14, 13, 12)


def test_a_slow_slide_is_said_with_its_steps():
    signal = only(line(*SLIDE))
    assert (signal.kind, signal.level) == (SignalKind.SLOW_SLIDE, Level.EARLY)
    assert "(16, 15, 14, 13, 12): 4 points in all" in signal.why
    assert (signal.since, signal.basis) == (week(1), "5 answers over 28 days")


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ((16, 15, 13, 12), "four answers are too few"),
        ((16, 15, 14, 14, 13), "only the last one is reliably below the best"),
        ((16, 15, 14, 13, 12, 14), "the last one is not"),
        ((16, 16, 16, 12, 12, 11), "one step was a fall"),
        ((20, 17.5, 18, 16, 16.5, 14.5, 15, 15.5), "as many steps up as down"),
        ((12, 13, 14, 15, 16), "it goes up"),
    ],
)
def test_no_slow_slide(values, why):
    assert SignalKind.SLOW_SLIDE not in kinds(line(*values)), why


def test_a_slide_within_three_weeks_is_too_quick_to_tell():
    def speaks(apart):
        given = [Reading(START + timedelta(days=apart * n), v) for n, v in enumerate(SLIDE)]
        made = line_of(
            given,
            person_id=ADA,
            name="Ada",
            scale_key="csi4",
            scale_title="CSI-4",
            criteria=criteria("csi4"),
            origin=origin_of(SHORT),
            cut=SHORT.cut,
        )
        return SignalKind.SLOW_SLIDE in kinds(made)

    assert not speaks(5)
    assert speaks(6)


def test_a_slide_is_told_of_the_weekly_line_alone_and_of_the_last_eight_answers():
    assert SignalKind.SLOW_SLIDE not in kinds(line(60, 58, 56, 54, 52, 50, scale="csi16"))
    assert SignalKind.SLOW_SLIDE not in kinds(line(14, 18, *[14.0] * RECENT))


def feedback(who, *values):
    readings = tuple(Reading(week(n), value) for n, value in enumerate(values))
    return FeedbackLine(who, NAMES[who], readings)


@pytest.mark.parametrize(
    ("ada", "ben", "speaks"),
    [
        ((8,), (2,), False),
        ((8, 8), (2,), False),
        ((8, 8), (6, 6), True),
        ((8, 8), (6, 6.5), False),
        ((2, 8, 8, 8), (8, 8, 8), False),  # the first is too long ago
        ((5, 6), (9, 9), True),
    ],
)
def test_split_alliance_is_two_points_of_ten_over_two_sessions_or_three(ada, ben, speaks):
    found = kinds(feedback=(feedback(ADA, *ada), feedback(BEN, *ben)))
    assert (SignalKind.SPLIT_ALLIANCE in found) is speaks


def test_split_alliance_names_who_sees_it_less_well_and_the_two_furthest_apart():
    signal = only(
        feedback=(feedback(ADA, 7, 8), feedback(BEN, 9, 9), feedback(CY, 4, 5)),
    )
    assert signal.words == "Cy sees the sessions less well than Ben"
    assert "Cy 4.5, Ben 9.0 of 10; 4.5 points apart" in signal.why
    assert signal.basis == "2 and 2 answers"


def test_signals_stand_in_the_order_of_their_kinds():
    found = kinds(
        line(9, 9, 14),
        line(14, 10, 9, who=BEN),
        line(9, None, None, who=CY),
        held=4,
        feedback=(feedback(ADA, 9, 9), feedback(BEN, 1, 1)),
    )
    assert found == sorted(found, key=list(SignalKind).index)
    assert len(found) == 5


def test_without_an_answer_there_is_no_line():
    assert (
        line_of(
            [],
            person_id=ADA,
            name="Ada",
            scale_key="csi4",
            scale_title="CSI-4",
            criteria=criteria("csi4"),
            origin=origin_of(SHORT),
            cut=SHORT.cut,
        )
        is None
    )


def test_a_line_holds_no_more_than_it_says():
    with pytest.raises(ValueError, match="csi4"):
        CourseLine(
            person_id=ADA,
            name="Ada",
            scale_key="csi4",
            scale_title="CSI-4",
            criteria=criteria("csi4"),
            origin=origin_of(SHORT),
            cut=SHORT.cut,
            first=Reading(START, 3),
            recent=(),
            count=1,
        )
