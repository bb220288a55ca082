"""The class of a couple: the whole truth table for two members, and its sense for three."""

from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.change import PartnerClass
from practice.domain.class_words import COUPLE_CLASS_WORDS
from practice.domain.couple_class import CoupleClass, couple_class

REC, IMP, SAME, DET = PartnerClass
RECOVERED, IMPROVED, PARTIAL, DIVERGING, UNCHANGED, DETERIORATED, INCOMPLETE, ENDED = CoupleClass
GAINS = {REC, IMP}

# fmt: off
TWO = {
    (REC,  REC):  RECOVERED,
    (REC,  IMP):  IMPROVED,     (IMP,  REC):  IMPROVED,     (IMP,  IMP):  IMPROVED,
    (REC,  SAME): PARTIAL,      (SAME, REC):  PARTIAL,
    (IMP,  SAME): PARTIAL,      (SAME, IMP):  PARTIAL,
    (REC,  DET):  DIVERGING,    (DET,  REC):  DIVERGING,
    (IMP,  DET):  DIVERGING,    (DET,  IMP):  DIVERGING,
    (SAME, SAME): UNCHANGED,
    (SAME, DET):  DETERIORATED, (DET,  SAME): DETERIORATED, (DET,  DET):  DETERIORATED,
    (None, REC):  INCOMPLETE,   (REC,  None): INCOMPLETE,
    (None, IMP):  INCOMPLETE,   (IMP,  None): INCOMPLETE,
    (None, SAME): INCOMPLETE,   (SAME, None): INCOMPLETE,
    (None, DET):  INCOMPLETE,   (DET,  None): INCOMPLETE,
    (None, None): INCOMPLETE,
}
THREE = {
    (REC,  REC,  REC):  RECOVERED,
    (REC,  REC,  IMP):  IMPROVED,
    (REC,  IMP,  IMP):  IMPROVED,
    (IMP,  IMP,  IMP):  IMPROVED,
    (REC,  REC,  SAME): PARTIAL,
    (REC,  IMP,  SAME): PARTIAL,
    (IMP,  IMP,  SAME): PARTIAL,
    (REC,  SAME, SAME): PARTIAL,
    (IMP,  SAME, SAME): PARTIAL,
    (REC,  REC,  DET):  DIVERGING,
    (REC,  IMP,  DET):  DIVERGING,
    (IMP,  IMP,  DET):  DIVERGING,
    (REC,  SAME, DET):  DIVERGING,
    (IMP,  SAME, DET):  DIVERGING,
    (REC,  DET,  DET):  DIVERGING,
    (IMP,  DET,  DET):  DIVERGING,
    (SAME, SAME, SAME): UNCHANGED,
    (SAME, SAME, DET):  DETERIORATED,
    (SAME, DET,  DET):  DETERIORATED,
    (DET,  DET,  DET):  DETERIORATED,
}
# fmt: on


def test_the_table_for_two_is_complete():
    assert set(TWO) == set(product([*PartnerClass, None], repeat=2))


@pytest.mark.parametrize(("classes", "expected"), TWO.items())
def test_two_members(classes, expected):
    assert couple_class(classes) is expected


def test_the_table_for_three_is_complete():
    assert {tuple(sorted(key)) for key in THREE} == {
        tuple(sorted(key)) for key in product(PartnerClass, repeat=3)
    }


@pytest.mark.parametrize(("classes", "expected"), THREE.items())
def test_three_members_in_any_order(classes, expected):
    assert {couple_class(order) for order in permutations(classes)} == {expected}


@pytest.mark.parametrize("pair", list(product(PartnerClass, repeat=2)))
def test_a_third_without_scores_makes_it_incomplete(pair):
    assert {couple_class(order) for order in permutations((*pair, None))} == {INCOMPLETE}


@pytest.mark.parametrize("classes", [*TWO, *THREE])
def test_an_ended_relationship_is_never_coded_by_scores(classes):
    assert couple_class(classes, ended=True) is ENDED


@pytest.mark.parametrize("classes", [(), (REC,), (None,)])
def test_one_person_is_not_a_couple(classes):
    with pytest.raises(ValueError, match="at least two members"):
        couple_class(classes)


@given(st.lists(st.sampled_from(PartnerClass), min_size=2, max_size=6))
def test_the_class_says_nothing_that_a_member_contradicts(classes):
    found = couple_class(classes)
    assert (DET in classes) == (found in (DIVERGING, DETERIORATED))
    assert bool(GAINS & set(classes)) == (found in (RECOVERED, IMPROVED, PARTIAL, DIVERGING))
    assert (set(classes) == {REC}) == (found is RECOVERED)
    assert couple_class(classes[::-1]) is found


def test_every_class_has_its_words():
    assert set(COUPLE_CLASS_WORDS) == set(CoupleClass)
    assert len({words.label for words in COUPLE_CLASS_WORDS.values()}) == len(CoupleClass)
