"""Setting and rating goals, on both engines."""

from uuid import uuid4

import pytest

from practice.db import db
from practice.domain.goals import t_score
from practice.domain.visibility import Audience
from practice.models.goals import GoalRating
from practice.services import goals
from practice.services.errors import Invalid, NotFound, Refused
from tests.builders import leave
from tests.exercises import LEVELS, rate, set_goal
from tests.queries import statements_of_a_read

PRIVATE, THERAPIST, IN_SESSION, WAITS, COUPLE = Audience


def overview(cast):
    return goals.couple_goals(actor=cast.tess, couple_id=cast.couple)


def test_each_raters_newest_view_stands_side_by_side(inside):
    goal = set_goal(inside)
    rate(inside.ada, goal, -2, THERAPIST)
    rate(inside.ada, goal, 1, THERAPIST, comment="two evenings")
    rate(inside.ben, goal, -1, COUPLE)
    rate(inside.tess, goal, 0, THERAPIST)
    (view,) = overview(inside).running
    assert [(one.rater, one.level) for one in view.latest] == [("Ada", 1), ("Ben", -1), ("Tess", 0)]
    assert view.levels_apart == 2
    assert len(view.history) == 4
    assert view.levels == LEVELS


def test_each_rater_has_a_t_score_of_their_own(inside):
    first, second = set_goal(inside, weight=2), set_goal(inside)
    own = set_goal(inside, person_id=inside.ben.person_id)
    rate(inside.ada, first, 1, THERAPIST)
    rate(inside.ada, second, -1, THERAPIST)
    rate(inside.ben, own, 2, THERAPIST)
    ada, ben, tess = overview(inside).scores
    assert ada.t == pytest.approx(t_score([1, -1], [2, 1]))
    assert (ada.rated, ada.of) == (2, 2)
    assert ben.t == pytest.approx(t_score([2]))
    assert (ben.rated, ben.of) == (1, 3)
    assert (tess.t, tess.rated, tess.of) == (None, 0, 3)


def test_a_closed_goal_leaves_the_score_and_takes_no_more_ratings(inside):
    goal = set_goal(inside)
    rate(inside.ada, goal, 2, THERAPIST)
    goals.close_goal(actor=inside.tess, goal_id=goal)
    found = overview(inside)
    assert [view.id for view in found.closed] == [goal]
    assert found.scores[0].rated == 0
    with pytest.raises(Refused):
        rate(inside.ada, goal, 1, THERAPIST)


def test_the_wording_changes_only_until_the_first_rating(inside):
    goal = set_goal(inside)
    wording = {"title": "Anew", "levels": LEVELS, "weight": 3, "target_on": None}
    goals.edit_goal(actor=inside.tess, goal_id=goal, **wording)
    assert overview(inside).running[0].title == "Anew"
    rate(inside.ada, goal, 0, THERAPIST)
    with pytest.raises(Refused):
        goals.edit_goal(actor=inside.tess, goal_id=goal, **wording)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": "  "}, "title"),
        ({"levels": (*LEVELS[:4], "")}, "much_more"),
        ({"levels": ("", *LEVELS[1:])}, "much_less"),
        ({"weight": 10}, "weight"),
    ],
)
def test_all_five_levels_a_title_and_a_weight_are_needed(inside, wrong, field):
    with pytest.raises(Invalid) as refused:
        set_goal(inside, **wrong)
    assert set(refused.value.errors) == {field}


def test_an_own_goal_does_not_exist_for_the_others(inside):
    own = set_goal(inside, person_id=inside.ben.person_id)
    rate(inside.tess, own, 1, COUPLE)
    assert goals.portal_goals(actor=inside.ada).running == ()
    assert len(goals.portal_goals(actor=inside.ben).running) == 1
    for stranger in (inside.ada, inside.finn, inside.cleo):
        with pytest.raises(NotFound):
            goals.portal_goal(actor=stranger, goal_id=own)
        with pytest.raises(NotFound):
            rate(stranger, own, 1, THERAPIST)


def test_a_partner_sees_own_ratings_and_what_others_showed(inside):
    goal = set_goal(inside)
    rate(inside.ada, goal, 1, THERAPIST)
    rate(inside.ben, goal, -2, THERAPIST)
    rate(inside.tess, goal, 0, THERAPIST)
    seen = goals.portal_goal(actor=inside.ada, goal_id=goal).goal
    assert [one.rater for one in seen.history] == ["Ada"]
    rate(inside.ben, goal, -1, COUPLE)
    seen = goals.portal_goal(actor=inside.ada, goal_id=goal).goal
    assert {(one.rater, one.level) for one in seen.history} == {("Ada", 1), ("Ben", -1)}


def test_the_portals_score_is_made_of_own_ratings_alone(inside):
    goal = set_goal(inside)
    rate(inside.ben, goal, -2, COUPLE)
    assert goals.portal_goals(actor=inside.ada).score is None
    rate(inside.ada, goal, 1, THERAPIST)
    assert goals.portal_goals(actor=inside.ada).score.t == pytest.approx(60)


@pytest.mark.parametrize("audience", [PRIVATE, WAITS])
def test_a_rating_is_for_the_therapist_or_the_couple(inside, audience):
    with pytest.raises(Invalid):
        rate(inside.ada, set_goal(inside), 0, audience)


@pytest.mark.parametrize("level", [-3, 3])
def test_there_are_five_levels(inside, level):
    with pytest.raises(Invalid) as refused:
        rate(inside.ada, set_goal(inside), level, THERAPIST)
    assert set(refused.value.errors) == {"level"}


def test_the_same_send_twice_is_one_row(inside):
    goal, new_id = set_goal(inside), uuid4()
    for _ in range(2):
        rate(inside.ada, goal, 1, THERAPIST, new_id=new_id)
    assert db.session.query(GoalRating).count() == 1
    # Somebody else's id tells nothing of its row: it is answered as any new one.
    assert rate(inside.ben, goal, 1, THERAPIST, new_id=new_id) != new_id
    assert db.session.query(GoalRating).count() == 2


def test_there_is_a_bound_on_ratings_in_a_day(inside):
    goal = set_goal(inside)
    for _ in range(goals.RATINGS_A_DAY):
        rate(inside.ada, goal, 1, THERAPIST)
    with pytest.raises(Refused):
        rate(inside.ada, goal, 1, THERAPIST)
    rate(inside.ben, goal, 1, THERAPIST)


def test_whoever_has_left_keeps_their_own_ratings_without_the_joint_wording(inside):
    goal = set_goal(inside)
    rate(inside.ben, goal, 1, THERAPIST, comment="mine")
    rate(inside.ada, goal, 0, COUPLE)
    leave(inside.couple, inside.ben)
    found = goals.portal_goal(actor=inside.ben, goal_id=goal).goal
    assert [one.comment for one in found.history] == ["mine"]
    assert found.levels == ()
    assert "screens" not in found.title
    with pytest.raises(NotFound):
        rate(inside.ben, goal, 1, THERAPIST)


def test_another_therapist_finds_nothing(inside):
    goal = set_goal(inside)
    for call in (
        lambda: goals.couple_goals(actor=inside.otto, couple_id=inside.couple),
        lambda: goals.goal_page(actor=inside.otto, goal_id=goal),
        lambda: goals.close_goal(actor=inside.otto, goal_id=goal),
        lambda: rate(inside.otto, goal, 0, THERAPIST),
        lambda: goals.goal_page(actor=inside.ada, goal_id=goal),
    ):
        with pytest.raises(NotFound):
            call()


@pytest.mark.parametrize("many", [1, 6])
def test_the_number_of_statements_does_not_grow(inside, many):
    for _ in range(many):
        goal = set_goal(inside)
        for _ in range(many):
            rate(inside.ada, goal, 1, THERAPIST)
            rate(inside.ben, goal, 1, COUPLE)
    assert statements_of_a_read(lambda: overview(inside)) <= 8
    assert statements_of_a_read(lambda: goals.portal_goals(actor=inside.ada)) <= 6
