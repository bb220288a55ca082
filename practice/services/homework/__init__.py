"""Homework: giving it, doing it, reading it. Nothing here decides who may see what.

``giving`` and ``overview`` are the therapist's side, ``portal`` the partners'; ``rows`` holds
the queries, ``values`` what is handed out; ``views`` how each saw what they did together,
``reviews`` what notes say of a task.
"""

from practice.services.homework.giving import (
    MAX_DAYS,
    GivingChoices,
    assign,
    giving_choices,
    retire,
)
from practice.services.homework.overview import assignment_page, couple_homework
from practice.services.homework.portal import (
    ENTRIES_A_DAY,
    portal_assignment,
    portal_entry,
    portal_homework,
    record_entry,
    tasks_for_goal,
)
from practice.services.homework.views import AUDIENCES, ViewPage, say, view_page
from practice.services.homework.weekly import CoupleWeeks, couple_weeks

__all__ = [
    "AUDIENCES",
    "ENTRIES_A_DAY",
    "MAX_DAYS",
    "CoupleWeeks",
    "GivingChoices",
    "ViewPage",
    "assign",
    "assignment_page",
    "couple_homework",
    "couple_weeks",
    "giving_choices",
    "portal_assignment",
    "portal_entry",
    "portal_homework",
    "record_entry",
    "retire",
    "say",
    "tasks_for_goal",
    "view_page",
]
