"""Goals: setting them, rating them, reading them. Raters are shown side by side, never averaged.

``setting`` is the therapist's, ``rating`` everybody's; ``hopes`` is what members wrote before there
was a goal, ``steps`` what the schedule asks them; ``overview`` and ``portal`` are the two views,
``rows`` holds the queries, ``values`` what is handed out.
"""

from practice.services.goals.hopes import hope_of, own_hopes
from practice.services.goals.overview import couple_goals, goal_page
from practice.services.goals.portal import portal_goal, portal_goals
from practice.services.goals.rating import RATINGS_A_DAY, rate
from practice.services.goals.setting import close_goal, edit_goal, say_area, set_goal
from practice.services.goals.steps import goal_step, say, write_hopes

__all__ = [
    "RATINGS_A_DAY",
    "close_goal",
    "couple_goals",
    "edit_goal",
    "goal_page",
    "goal_step",
    "hope_of",
    "own_hopes",
    "portal_goal",
    "portal_goals",
    "rate",
    "say",
    "say_area",
    "set_goal",
    "write_hopes",
]
