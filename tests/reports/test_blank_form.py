"""The sheet to fill in by hand: how each kind of answer stands on it."""

import pytest

from practice.domain.measures.registry import get_measure
from practice.reports.blank_form import LONGEST_HEAD, blank_form_html, groups_of


@pytest.mark.parametrize(
    ("key", "kinds"),
    [
        ("phq9", {"grid"}),
        ("who5", {"grid"}),
        ("ratings", {"digits"}),
        ("csi16", {"grid", "places"}),
        ("relationship_now", {"list"}),
    ],
)
def test_answers_stand_where_there_is_room_for_their_words(key, kinds):
    groups = groups_of(get_measure(key))
    assert {group.kind for group in groups} == kinds
    for group in groups:
        if group.kind == "grid":
            assert max(map(len, group.answers)) <= LONGEST_HEAD


def test_one_question_is_not_called_questions():
    assert "A question of the practice’s own" in blank_form_html(get_measure("relationship_now"))
    assert "Questions of the practice’s own" in blank_form_html(get_measure("ratings"))
