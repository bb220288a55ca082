"""Counts, shares and effect sizes of a caseload, against worked cases."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.caseload_outcomes import (
    SMALLEST_GROUP,
    CoupleRow,
    Dimension,
    MemberRow,
    Remark,
    Step,
    analyse_caseload,
    change_of_group,
    judge,
)
from practice.domain.change import Criteria
from practice.domain.couple_class import CoupleClass
from practice.domain.couples import Agenda, Modality

CSI16 = Criteria(sd=17, reliability=0.98, higher_is_better=True, cut=51.5, low=0, high=81)
"""Reliable from 7 points on."""

DATA = Path(__file__).parents[2] / "data" / "jacobson_1989.csv"

TESS, OTTO = UUID(int=1), UUID(int=2)

RECOVERED, IMPROVED, SAME, WORSE = (40, 60), (20, 40), (40, 42), (40, 30)


def couple(*pairs, **more):
    members = tuple(MemberRow(*pair) for pair in pairs)
    return CoupleRow(members=members, begun_on=date(2026, 3, 4), **more)


def many(n, *pairs, **more):
    return [couple(*pairs, **more) for _ in range(n)]


def counts(shares):
    return {key: share.count for key, share in shares.items() if share.count}


def remarks(found):
    return dict(found.remarks)


CASELOAD = [
    *many(6, RECOVERED, RECOVERED),
    *many(3, RECOVERED, IMPROVED),
    *many(4, IMPROVED, SAME),
    *many(1, RECOVERED, WORSE),
    *many(5, SAME, SAME),
    *many(2, WORSE, SAME),
    *many(7, RECOVERED, (40, None)),
    *many(2, (40, None), (None, None)),
    *many(3, RECOVERED, SAME, relationship_ended=True),
]


def test_the_flow_counts_couples_and_members_at_every_step():
    flow = analyse_caseload(CASELOAD, CSI16).flow
    assert [(one.step, one.couples, one.members) for one in flow.steps] == [
        (Step.BEGUN, 33, 66),
        (Step.FIRST, 31, 64),
        (Step.LATER, 24, 55),
        (Step.CLASSED, 21, 49),
    ]


def test_couple_classes_stand_beside_all_who_began():
    table = analyse_caseload(CASELOAD, CSI16).couples
    assert (table.n_measured, table.n_begun) == (21, 33)
    classes = {
        "recovered": 6,
        "improved": 3,
        "partial": 4,
        "diverging": 1,
        "unchanged": 5,
        "deteriorated": 2,
    }
    assert counts(table.measured) == classes
    assert counts(table.begun) == classes | {"ended": 3, "incomplete": 9}
    assert table.measured["recovered"].percent == pytest.approx(28.571, abs=0.001)
    assert table.begun["recovered"].percent == pytest.approx(18.182, abs=0.001)


def test_shares_have_wilson_intervals():
    share = analyse_caseload(CASELOAD, CSI16).couples.measured["recovered"]
    # Worked by hand: 6 of 21, z = 1.96.
    assert share.interval.low == pytest.approx(0.1381, abs=0.0005)
    assert share.interval.high == pytest.approx(0.4996, abs=0.0005)


def test_members_are_counted_each_for_themselves():
    table = analyse_caseload(CASELOAD, CSI16).members
    assert counts(table.measured) == {
        "recovered": 6 * 2 + 3 + 1 + 7,
        "improved": 3 + 4,
        "unchanged": 4 + 5 * 2 + 2,
        "deteriorated": 1 + 2,
    }
    assert counts(table.begun)["ended"] == 6
    assert counts(table.begun)["unknown"] == 7 + 4
    assert table.n_begun == 66


def test_what_is_unknown_is_never_unchanged():
    found = analyse_caseload(many(12, (40, None), (40, None)), CSI16)
    assert found.couples.n_measured == 0
    assert counts(found.couples.begun) == {"incomplete": 12}
    assert counts(found.members.begun) == {"unknown": 24}
    assert remarks(found)[Remark.UNKNOWN] == 12


def test_a_relationship_that_ended_is_its_own_line_whatever_the_scores():
    found = analyse_caseload(many(12, RECOVERED, WORSE, relationship_ended=True), CSI16)
    assert counts(found.couples.begun) == {"ended": 12}
    assert counts(found.members.begun) == {"ended": 24}
    assert found.couple_change is None
    assert found.member_change is None
    assert remarks(found)[Remark.ENDED] == 12


def test_effect_sizes_rest_on_couple_means():
    rows = [couple((30 + i, 40 + 2 * i), (40 - i, 44)) for i in range(12)]
    change = analyse_caseload(rows, CSI16).couple_change
    assert change.n == 12
    assert change.before.mean == 35
    assert change.before.sd == 0  # each mean is 35
    assert change.sizes.d_pre is None
    rows = [couple((30 + i, 40 + 2 * i), (40, 44)) for i in range(12)]
    change = analyse_caseload(rows, CSI16).couple_change
    # Means before 35 + i/2, after 42 + i; SD of 0..11 is sqrt(13).
    assert change.before.mean == pytest.approx(37.75)
    assert change.after.mean == pytest.approx(47.5)
    assert change.before.sd == pytest.approx(13**0.5 / 2)
    d = 9.75 / (13**0.5 / 2)
    assert change.sizes.d_pre == pytest.approx(d)
    assert change.sizes.hedges_g == pytest.approx(d * (1 - 3 / 43))


def published_couples(apart):
    """Return the published couples, each the mean of two partners ``apart`` points from it."""
    with DATA.open(encoding="utf-8", newline="") as file:
        scores = [(float(row["das_pre"]), float(row["das_post"])) for row in csv.DictReader(file)]
    return [
        couple((before + apart, after - apart), (before - apart, after + apart))
        for before, after in scores
    ]


@pytest.mark.parametrize("apart", [0, 4])
def test_couple_means_give_the_published_effect_sizes(apart):
    das = Criteria(sd=11.83, reliability=0.8, higher_is_better=True, cut=97, low=0, high=151)
    change = analyse_caseload(published_couples(apart), das).couple_change
    assert change.n == 30
    assert change.sizes.d_pre == pytest.approx(1.392, abs=5e-4)
    assert change.sizes.hedges_g == pytest.approx(1.356, abs=5e-4)
    assert change.sizes.d_av == pytest.approx(1.060, abs=5e-4)
    assert change.sizes.d_z == pytest.approx(0.994, abs=5e-4)


def test_three_members_share_one_mean():
    change = analyse_caseload([couple((10, 20), (20, 20), (30, 50))] * 10, CSI16).couple_change
    assert (change.n, change.before.mean, change.after.mean) == (10, 20, 30)


def test_a_group_under_ten_has_no_effect_size():
    pairs = [(40 + n, 50 - n) for n in range(10)]
    assert change_of_group(pairs, higher_is_better=True).n == 10
    assert change_of_group(pairs[1:], higher_is_better=True) is None


def test_effect_sizes_are_turned_so_that_positive_is_better():
    down = Criteria(sd=6, reliability=0.85, higher_is_better=False, cut=9.5, low=0, high=27)
    rows = [couple((20 - i % 3, 8), (18, 6 + i % 2)) for i in range(12)]
    assert analyse_caseload(rows, down).couple_change.sizes.d_pre > 0
    assert analyse_caseload(rows, down).couples.measured["recovered"].count == 12


def test_under_ten_there_are_counts_and_nothing_else():
    found = analyse_caseload(many(9, RECOVERED, RECOVERED), CSI16)
    share = found.couples.measured["recovered"]
    assert (share.count, share.n, share.percent, share.interval) == (9, 9, None, None)
    assert found.couple_change is None
    assert all(not one.cells for one in found.breakdowns)
    more = analyse_caseload(many(10, RECOVERED, RECOVERED), CSI16)
    assert more.couples.measured["recovered"].percent == 100
    assert more.couple_change.n == 10


def test_nobody_yet():
    found = analyse_caseload([], CSI16)
    assert found.classed == 0
    assert found.couples.n_begun == 0
    assert found.couple_change is None


def test_a_scale_of_ones_own_health_has_no_class_of_a_couple():
    found = analyse_caseload(CASELOAD, CSI16, of_couple=False)
    assert found.couples is None
    assert found.couple_change is None
    assert found.breakdowns == ()
    assert found.members.n_measured == 49


def test_three_members_are_one_couple():
    found = judge(couple(RECOVERED, RECOVERED, SAME), CSI16)
    assert found.couple_class is CoupleClass.PARTIAL
    assert found.means == (40, pytest.approx(54))


def test_somebody_alone_in_a_record_has_no_couple_class():
    found = judge(couple(RECOVERED), CSI16)
    assert found.couple_class is CoupleClass.INCOMPLETE
    assert not found.has_started


def test_a_score_outside_the_scale_is_refused():
    with pytest.raises(ValueError, match="outside the range"):
        analyse_caseload([couple((40, 99), SAME)], CSI16)


def test_remarks_count_those_who_started_well_or_late():
    rows = [couple((60, 70), SAME), couple(SAME, SAME)]
    late = replace(rows[0], members=(MemberRow(60, 70, started_late=True), MemberRow(*SAME)))
    found = remarks(analyse_caseload([late, rows[1]], CSI16))
    assert found[Remark.STARTED_WELL] == 1
    assert found[Remark.STARTED_LATE] == 1
    assert Remark.NO_CAUSE in found


def test_the_flags_beside_the_classes_are_counted_and_nobody_is_said_too():
    rows = [
        couple((50, 53), (54, 50)),  # over the cut and back, by too little
        couple((60, 40), (40, 30)),  # into distress; worse, but distressed before
        couple((75, 76), (74, 76)),  # seven points are needed: no room from 75 on
        couple((50, 53), (60, 40), relationship_ended=True),
    ]
    found = remarks(analyse_caseload(rows, CSI16))
    assert found[Remark.CROSSED_UNRELIABLY] == 2
    assert found[Remark.CROSSED_INTO_DISTRESS] == 1
    assert found[Remark.NO_ROOM] == 1
    assert found[Remark.STARTED_WELL] == 4
    assert remarks(analyse_caseload([couple(SAME, SAME)], CSI16))[Remark.NO_ROOM] == 0


def test_no_flag_of_a_cut_score_where_there_is_none_and_none_at_all_without_a_pair():
    found = remarks(analyse_caseload([couple(SAME, SAME)], replace(CSI16, cut=None)))
    assert set(found) == {Remark.NO_ROOM, Remark.NO_CAUSE}
    nobody = remarks(analyse_caseload([couple((40, None), (40, None))], CSI16))
    assert set(nobody) == {Remark.UNKNOWN, Remark.NO_CAUSE}


# --- breakdowns -------------------------------------------------------------


def parts(found, dimension):
    (one,) = [one for one in found.breakdowns if one.dimension is dimension]
    return {cell.label: cell.n for cell in one.cells}, set(one.hidden)


def test_parts_under_ten_are_not_shown_and_cannot_be_worked_out():
    rows = [
        *many(20, (40, 60), (40, 60)),
        *many(11, (40, 60), (60, 70)),
        *many(3, (60, 70), (60, 70)),
    ]
    shown, hidden = parts(analyse_caseload(rows, CSI16), Dimension.SEVERITY)
    # 34 couples less the 20 shown are 14: the three are among them and not alone.
    assert shown == {"Every member distressed": 20}
    assert hidden == {"Some distressed, some not", "Nobody distressed"}


def test_all_parts_are_shown_where_each_is_large_enough():
    rows = [*many(10, (40, 60), (40, 60)), *many(10, (60, 70), (60, 70))]
    shown, hidden = parts(analyse_caseload(rows, CSI16), Dimension.SEVERITY)
    assert shown == {"Every member distressed": 10, "Nobody distressed": 10}
    assert hidden == {"Some distressed, some not"}


def agendas(*wanted):
    members = tuple(MemberRow(40, 60, agenda=agenda) for agenda in wanted)
    return CoupleRow(members=members, begun_on=date(2026, 3, 4))


@pytest.mark.parametrize(
    ("row", "dimension", "label"),
    [
        (agendas(Agenda.IMPROVE, Agenda.IMPROVE), "agenda", "Everybody wants to improve it"),
        (agendas(Agenda.IMPROVE, Agenda.LEANING_OUT), "agenda", "Somebody leans out"),
        (agendas(Agenda.CLARIFY, Agenda.LEANING_OUT), "agenda", "Somebody leans out"),
        (
            agendas(Agenda.IMPROVE, Agenda.CLARIFY),
            "agenda",
            "Somebody wants to clarify, nobody leans out",
        ),
        (agendas(Agenda.IMPROVE, None), "agenda", "Not noted"),
        (couple(SAME, SAME, modality=Modality.IBCT), "modality", "Integrative behavioural"),
        (couple(SAME, SAME), "modality", "Not noted"),
        (couple(SAME, SAME, sessions_held=9, sessions_cancelled=1), "attendance", "90 % or more"),
        (couple(SAME, SAME, sessions_held=89, sessions_cancelled=11), "attendance", "75 to 89 %"),
        (couple(SAME, SAME, sessions_held=3, sessions_cancelled=1), "attendance", "75 to 89 %"),
        (couple(SAME, SAME, sessions_held=2, sessions_cancelled=1), "attendance", "Under 75 %"),
        (couple(SAME, SAME), "attendance", "No session yet"),
        (couple(SAME, SAME, homework_done=4, homework_due=5), "homework", "80 % or more"),
        (couple(SAME, SAME, homework_done=1, homework_due=2), "homework", "50 to 79 %"),
        (couple(SAME, SAME, homework_done=0, homework_due=2), "homework", "Under 50 %"),
        (couple(SAME, SAME), "homework", "None due"),
        (couple(SAME, SAME), "year", "2026"),
        (couple((60, 61), (40, 41)), "severity", "Some distressed"),
    ],
)
def test_each_couple_belongs_to_one_part(row, dimension, label):
    shown, hidden = parts(analyse_caseload([row] * 10, CSI16), Dimension(dimension))
    (found,) = shown
    assert found.startswith(label)
    assert found not in hidden


def test_a_cell_has_its_own_shares_and_means():
    rows = [*many(8, RECOVERED, RECOVERED), *many(2, RECOVERED, WORSE)]
    found = analyse_caseload(rows, CSI16)
    (severity,) = [one for one in found.breakdowns if one.dimension is Dimension.SEVERITY]
    (cell,) = severity.cells
    assert (cell.recovered.count, cell.gained.count, cell.worsened.count) == (8, 8, 2)
    assert cell.change.after.mean == pytest.approx((8 * 60 + 2 * 45) / 10)


# --- what a practice shows -------------------------------------------------


def of(therapist, n, *pairs, **more):
    return many(n, *pairs, known_to=frozenset({therapist}), **more)


def test_a_practice_shows_nothing_that_leaves_a_few_of_a_colleague():
    rows = [*of(TESS, 30, RECOVERED, RECOVERED), *of(OTTO, 9, WORSE, WORSE)]
    found = analyse_caseload(rows, CSI16, guarded=True)
    assert [one.couples for one in found.flow.steps] == [None] * 4
    assert found.couples is found.members is found.couple_change is found.member_change is None
    assert found.breakdowns == ()
    assert found.remarks == ((Remark.NOTHING_MAY_BE_SHOWN, 0),)
    more = analyse_caseload([*rows, *of(OTTO, 1, WORSE, WORSE)], CSI16, guarded=True)
    assert more.couples.n_begun == 40


def test_a_practice_shows_how_many_began_where_only_the_measured_are_few():
    rows = [
        *of(TESS, 30, RECOVERED, RECOVERED),
        *of(OTTO, 9, WORSE, WORSE),
        *of(OTTO, 5, (40, None), SAME),
    ]
    found = analyse_caseload(rows, CSI16, guarded=True)
    assert [one.couples for one in found.flow.steps] == [44, 44, None, None]
    assert found.couples is None


def test_a_practice_of_one_shows_all_of_it():
    found = analyse_caseload(of(TESS, 12, RECOVERED, SAME), CSI16, guarded=True)
    assert found.couples.n_measured == 12
    assert parts(found, Dimension.YEAR) == ({"2026": 12}, set())


def test_a_practice_does_not_show_a_member_measured_alone():
    rows = [
        *of(TESS, 10, RECOVERED, RECOVERED),
        *of(OTTO, 10, RECOVERED, RECOVERED),
        *of(OTTO, 1, WORSE, (40, None)),
    ]
    guarded = analyse_caseload(rows, CSI16, guarded=True).members
    assert counts(guarded.begun) == {"recovered": 40, "unknown": 2}
    own = analyse_caseload(rows, CSI16).members
    assert counts(own.begun) == {"recovered": 40, "deteriorated": 1, "unknown": 1}


SCORES = st.one_of(st.none(), st.integers(0, 81))
MEMBERS = st.builds(
    lambda first, latest: MemberRow(first, latest if first is not None else None), SCORES, SCORES
)
ROWS = st.lists(
    st.builds(
        lambda members, ended, who: CoupleRow(
            members=tuple(members),
            begun_on=date(2026, 1, 1),
            relationship_ended=ended,
            known_to=frozenset({who}),
        ),
        st.lists(MEMBERS, min_size=2, max_size=3),
        st.booleans(),
        st.sampled_from([TESS, OTTO]),
    ),
    max_size=40,
)


@given(ROWS)
def test_everybody_who_began_is_counted_exactly_once(rows):
    found = analyse_caseload(rows, CSI16)
    assert sum(share.count for share in found.couples.begun.values()) == len(rows)
    assert sum(share.count for share in found.couples.measured.values()) == found.classed
    members = sum(len(row.members) for row in rows)
    assert sum(share.count for share in found.members.begun.values()) == members
    for one in found.breakdowns:
        assert sum(cell.n for cell in one.cells) <= found.classed
        assert all(cell.n >= SMALLEST_GROUP for cell in one.cells)
    couples = [one.couples for one in found.flow.steps]
    assert couples == sorted(couples, reverse=True)


@given(ROWS)
def test_what_a_practice_shows_leaves_each_therapist_with_none_or_enough(rows):
    found = analyse_caseload(rows, CSI16, guarded=True)
    judged = [judge(row, CSI16) for row in rows]
    if found.couples is None:
        return
    for who in (TESS, OTTO):
        rest = sum(one.is_classed and who not in one.row.known_to for one in judged)
        assert rest == 0 or rest >= SMALLEST_GROUP
