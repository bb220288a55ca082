"""The analysis of a caseload: counts, where each figure came from, and who is left out."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.change import METHODS, Method, PartnerClass
from practice.domain.outcomes import CutoffMethod, Missing, Question, Row, analyse

REC, IMP, SAME, DET = PartnerClass
UP = Question(higher_is_better=True, reliability=0.8, sd=10, mean=40)
"""S_diff 6.32, reliable change 12.40, cut-off a 60."""


def rows(*pairs: tuple[float | None, float | None]) -> list[Row]:
    return [Row(n, f"row {n}", *pair) for n, pair in enumerate(pairs, start=2)]


def parameter(analysis, key: str):
    (found,) = [parameter for parameter in analysis.parameters if parameter.key == key]
    return found


def counts(analysis) -> dict[PartnerClass, int]:
    return {count.partner_class: count.count for count in analysis.counts}


def test_each_row_gets_its_class():
    analysis = analyse(rows((40, 61), (40, 59), (40, 50), (40, 27)), UP)
    assert [r.change.partner_class for r in analysis.results] == [REC, IMP, SAME, DET]
    assert counts(analysis) == {REC: 1, IMP: 1, SAME: 1, DET: 1}
    assert analysis.criteria.cut == 60


def test_the_other_direction_mirrors_everything():
    down = replace(UP, higher_is_better=False)
    analysis = analyse(rows((40, 19), (40, 21), (40, 30), (40, 53)), down)
    assert [r.change.partner_class for r in analysis.results] == [REC, IMP, SAME, DET]
    assert analysis.criteria.cut == 20
    assert analysis.effects.d_pre is None  # every score before is 40
    assert analysis.effects.d_av > 0


def test_rows_without_a_pair_are_left_out_and_named():
    analysis = analyse(rows((40, 61), (None, 50), (40, None), (None, None)), UP)
    assert [(left.row.number, left.reason) for left in analysis.left_out] == [
        (3, Missing.BEFORE),
        (4, Missing.AFTER),
        (5, Missing.BOTH),
    ]
    assert (analysis.n, analysis.started, analysis.without_after) == (1, 2, 1)
    assert any("1 of 2" in remark for remark in analysis.remarks)


def test_a_score_of_nought_is_a_score():
    assert analyse(rows((0, 0)), UP).n == 1


def test_sd_and_mean_come_from_the_complete_rows_alone():
    analysis = analyse(
        rows((30, 40), (40, 40), (50, 40), (999, None)),
        Question(higher_is_better=True, reliability=0.8),
    )
    assert parameter(analysis, "sd").value == pytest.approx(10)
    assert parameter(analysis, "mean").value == pytest.approx(40)
    assert parameter(analysis, "sd").origin == "sample of the complete rows, before"
    assert analysis.criteria.cut == pytest.approx(60)


def test_given_figures_are_used_and_said_to_be_given():
    analysis = analyse(rows((30, 40), (50, 40)), UP)
    assert (parameter(analysis, "sd").value, parameter(analysis, "sd").origin) == (10, "given")
    assert parameter(analysis, "cutoff_method").origin.startswith("chosen because no functional")


BOTH = {"functional_mean", "functional_sd"}
# fmt: off
CUTS = [
    # cut-off          functional    direction  cut    figures that are named
    (CutoffMethod.A,   (None, None), True,      60.0,  {"mean"}),
    (CutoffMethod.B,   (70, 15),     True,      40.0,  BOTH),
    (CutoffMethod.C,   (70, 20),     True,      50.0,  {"mean", *BOTH}),
    (None,             (70, 20),     True,      50.0,  {"mean", *BOTH}),
    (CutoffMethod.A,   (None, None), False,     20.0,  {"mean"}),
    (CutoffMethod.B,   (10, 5),      False,     20.0,  BOTH),
    (CutoffMethod.C,   (10, 20),     False,     30.0,  {"mean", *BOTH}),
    (44.5,             (None, None), True,      44.5,  set()),
]
# fmt: on


@pytest.mark.parametrize(("cutoff", "functional", "higher", "expected", "named"), CUTS)
def test_every_kind_of_cutoff(cutoff, functional, higher, expected, named):
    question = replace(
        UP,
        higher_is_better=higher,
        cutoff=cutoff,
        functional_mean=functional[0],
        functional_sd=functional[1],
    )
    analysis = analyse(rows((40, 41)), question)
    assert analysis.criteria.cut == pytest.approx(expected)
    used = {p.key for p in analysis.parameters if not p.origin.endswith("does not use it")}
    assert used & {"mean", *BOTH} == named


def test_a_figure_that_plays_no_part_is_said_to_play_none():
    analysis = analyse(rows((40, 41)), replace(UP, cutoff=50.0))
    assert parameter(analysis, "mean").origin == "given; this cut-off does not use it"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"reliability": 1}, "reliability"),
        ({"reliability": -0.1}, "reliability"),
        ({"reliability": float("nan")}, "reliability"),
        ({"sd": 0}, "SD must be above 0"),
        ({"sd": float("nan")}, "SD must be a finite"),
        ({"mean": float("inf")}, "mean must be a finite"),
        ({"cutoff": float("nan")}, "cut-off must be a finite"),
        ({"functional_sd": -1}, "functional SD must be above 0"),
        ({"cutoff": CutoffMethod.B}, "cut-off b needs"),
        ({"cutoff": CutoffMethod.C, "functional_mean": 70}, "cut-off c needs"),
        (
            {"functional_mean": 30, "functional_sd": 5},
            "^the functional mean is not on the better side of the mean before; "
            "check the figures and the direction$",
        ),
        (
            {"functional_mean": 40, "functional_sd": 5, "mean": 40, "higher_is_better": False},
            "not on the better side",
        ),
        ({"functional_mean": 40, "functional_sd": 5, "mean": 40}, "not on the better side"),
        ({"method": Method.NK, "reliability_post": 1}, "reliability after"),
        ({"method": Method.NK, "reliability_post": -0.1}, "reliability after"),
        ({"reliability_post": 0.8}, "Jacobson and Truax does not use a reliability after"),
        ({"method": Method.EN, "reliability_post": 0.8}, "Nunnally does not use a reliability"),
        ({"method": Method.HLL}, "needs at least 2 rows with both scores; there are 1"),
        ({"method": Method.HA}, "needs at least 20 rows with both scores; there are 1"),
        ({"method": Method.GLN, "mean": None}, "mean cannot be taken from a single row"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(change, message):
    with pytest.raises(ValueError, match=message):
        analyse(rows((40, 41)), replace(UP, **change))


def test_rows_that_cannot_be_used_are_refused():
    with pytest.raises(ValueError, match="no row has a score both before and after"):
        analyse(rows((40, None), (None, 3)), UP)
    with pytest.raises(ValueError, match="too large"):
        analyse(rows((1e200, 1)), UP)
    own = replace(UP, sd=None)
    with pytest.raises(ValueError, match="single row"):
        analyse(rows((40, 41)), own)
    with pytest.raises(ValueError, match="all scores before are the same"):
        analyse(rows((0.1 + 0.2, 41), (0.3, 41)), own)


def test_percentages_need_ten_rows():
    nine, ten = analyse(rows(*[(40, 41)] * 9), UP), analyse(rows(*[(40, 41)] * 10), UP)
    assert all(count.percent is None and count.interval is None for count in nine.counts)
    assert [count.percent for count in ten.counts] == [0, 0, 100, 0]
    assert any("only 9 rows" in remark for remark in nine.remarks)
    assert not any("only" in remark for remark in ten.remarks)


def test_two_rows_of_one_name_are_remarked_upon():
    pair = [Row(2, "couple 1", 40, 50), Row(3, "couple 1", 40, 50)]
    assert any("partners of one couple" in remark for remark in analyse(pair, UP).remarks)
    assert not any("partners" in r for r in analyse(rows((40, 50), (40, 50)), UP).remarks)


def test_who_started_well_and_who_crossed_by_a_hair_is_remarked_upon():
    remarks = analyse(rows((61, 75), (55, 61)), UP).remarks
    assert any("better side of the cut-off: 1." in remark for remark in remarks)
    assert any("too small to be reliable: 1." in remark for remark in remarks)


maybe = st.none() | st.integers(0, 100).map(float)


@given(st.lists(st.tuples(maybe, maybe), min_size=1, max_size=40))
def test_every_row_is_counted_exactly_once(pairs):
    source = rows((40, 41), *pairs)
    analysis = analyse(source, UP)
    assert sum(counts(analysis).values()) == analysis.n
    seen = [r.row for r in analysis.results] + [left.row for left in analysis.left_out]
    assert sorted(row.number for row in seen) == [row.number for row in source]
    if analysis.n >= 10:
        assert sum(count.percent for count in analysis.counts) == pytest.approx(100)


SPREAD = rows(*[(30 + n, 35 + n * 7 % 40) for n in range(20)])
"""Before 30 to 49 (mean 39.5); after 35 to 74."""


@pytest.mark.parametrize("method", Method)
def test_every_method_says_what_it_was_given_and_counts_every_row(method):
    analysis = analyse(SPREAD, Question(True, 0.8, method=method))
    assert analysis.method is method
    assert analysis.entry is METHODS[method]
    assert sum(counts(analysis).values()) == analysis.n == 20
    assert parameter(analysis, "method").value == METHODS[method].label
    assert parameter(analysis, "method").origin == "given"
    assert parameter(analysis, "critical_value").value == METHODS[method].critical_value
    assert parameter(analysis, "critical_value").origin == METHODS[method].sidedness
    keys = [p.key for p in analysis.parameters]
    assert len(set(keys)) == len(keys)
    for need in METHODS[method].needs:
        key = "mean" if need.value == "mean_pre" else need.value
        assert parameter(analysis, key).value == analysis.figures.known(need)
    for working in METHODS[method].workings(analysis.figures):
        assert parameter(analysis, working.key).value == working.value
    warning = METHODS[method].warning
    assert (warning in analysis.remarks) is (warning is not None)


def test_jacobson_and_truax_where_no_method_is_named():
    analysis = analyse(SPREAD, UP)
    assert analysis.method is Method.JT
    assert parameter(analysis, "method").origin == "used where no other method is named"
    assert analysis.shares is None
    assert not {"mean_post", "sd_post", "cut_before"} & {p.key for p in analysis.parameters}


def test_the_reliability_after_is_that_before_where_none_is_given():
    plain = analyse(SPREAD, replace(UP, method=Method.NK))
    assert parameter(plain, "reliability_post").value == 0.8
    assert parameter(plain, "reliability_post").origin.startswith("not given")
    given = analyse(SPREAD, replace(UP, method=Method.NK, reliability_post=0.6))
    assert parameter(given, "reliability_post").value == 0.6
    assert parameter(given, "reliability_post").origin == "given"
    assert parameter(given, "nk_error").value > parameter(plain, "nk_error").value


def test_a_mean_that_is_given_does_not_part_the_means_of_one_group():
    """The rows' own change is M after minus M before of the same rows, whatever was given."""
    analysis = analyse(SPREAD, replace(UP, method=Method.HLL))
    assert analysis.figures.mean_pre == pytest.approx(39.5)
    assert parameter(analysis, "mean_pre").origin.endswith("to go with the mean after")
    assert parameter(analysis, "mean").value == 40  # the cut-off's
    regressed = analyse(SPREAD, replace(UP, method=Method.GLN))
    assert regressed.figures.mean_pre == 40


def test_a_single_row_can_be_judged_by_given_figures():
    analysis = analyse(rows((30, 70)), replace(UP, method=Method.GLN))
    assert [r.change.partner_class for r in analysis.results] == [REC]


def test_hageman_arrindell_uses_cut_offs_among_true_scores():
    """SD 10 and r .8: true SD 8.944, SEM 4.472; functional SD 15: true SD 14.318."""
    asked = replace(UP, method=Method.HA, functional_mean=70, functional_sd=15)
    true, functional = 80**0.5, (225 - 20) ** 0.5
    expected = {
        CutoffMethod.A: 40 + 2 * true,
        CutoffMethod.B: 70 - 2 * functional,
        CutoffMethod.C: (true * 70 + functional * 40) / (true + functional),
    }
    for kind, value in expected.items():
        analysis = analyse(SPREAD, replace(asked, cutoff=kind))
        assert analysis.criteria.cut == pytest.approx(value)
        assert parameter(analysis, "cutoff").origin.startswith("computed among true scores")
    number = analyse(SPREAD, replace(asked, cutoff=55.0))
    assert number.criteria.cut == 55
    assert "among true scores" in parameter(number, "cutoff").origin
    narrow = replace(asked, cutoff=CutoffMethod.B, functional_sd=4.4)
    with pytest.raises(ValueError, match="vary no more than the test's own error"):
        analyse(SPREAD, narrow)


def test_hageman_arrindell_says_its_borders_in_raw_scores():
    analysis = analyse(SPREAD, replace(UP, method=Method.HA, cutoff=50.0))
    before, after = (parameter(analysis, key).value for key in ("cut_before", "cut_after"))
    assert before == pytest.approx(39.5 + 10.5 / 0.8)
    for result in analysis.results:
        assert result.change.started_distressed is (result.change.before < before)
        assert (result.change.ended_distressed is False) is (result.change.after > after)
    assert 0 < analysis.shares.past_cut < 1
    assert 0.5 < analysis.shares.changed < 1


def test_hageman_arrindell_refuses_changes_that_are_nothing_but_error():
    still = rows(*[(30 + n, 31 + n + n % 2) for n in range(20)])
    with pytest.raises(ValueError, match="reliability is not above 0"):
        analyse(still, replace(UP, method=Method.HA))


@given(
    st.sampled_from([method for method in Method if method is not Method.HA]),
    st.booleans(),
    st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=2, max_size=30),
)
def test_every_method_counts_every_row_exactly_once(method, higher, pairs):
    analysis = analyse(rows(*pairs), replace(UP, method=method, higher_is_better=higher))
    assert sum(counts(analysis).values()) == analysis.n == len(pairs)
