"""Goals: setting them, rating them, reading them. Raters are shown side by side, never averaged.

``setting`` is the therapist's, ``rating`` everybody's; ``overview`` and ``portal`` are the two
views, ``rows`` holds the queries, ``values`` what is handed out.
"""

from practice.services.goals.overview import couple_goals, goal_page
from practice.services.goals.portal import portal_goal, portal_goals
from practice.services.goals.rating import RATINGS_A_DAY, rate
from practice.services.goals.setting import close_goal, edit_goal, set_goal

__all__ = [
    "RATINGS_A_DAY",
    "close_goal",
    "couple_goals",
    "edit_goal",
    "goal_page",
    "portal_goal",
    "portal_goals",
    "rate",
    "set_goal",
]
