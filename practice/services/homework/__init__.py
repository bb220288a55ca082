"""Homework: giving it, doing it, reading it. Nothing here decides who may see what.

``library`` holds what can be given, ``printing`` puts it on paper. ``giving``, ``suggesting`` and
``overview`` are the therapist's side, ``portal`` the partners'; ``rows`` holds the queries,
``values`` what is handed out.
"""

from practice.services.homework.giving import (
    MAX_DAYS,
    GivingChoices,
    assign,
    giving_choices,
    retire,
)
from practice.services.homework.library import worksheets
from practice.services.homework.overview import assignment_page, couple_homework
from practice.services.homework.portal import (
    ENTRIES_A_DAY,
    portal_assignment,
    portal_entry,
    portal_homework,
    record_entry,
)
from practice.services.homework.printing import blank_worksheet, entries_pdf, own_entry_pdf
from practice.services.homework.suggesting import Suggested, suggested

__all__ = [
    "ENTRIES_A_DAY",
    "MAX_DAYS",
    "GivingChoices",
    "Suggested",
    "assign",
    "assignment_page",
    "blank_worksheet",
    "couple_homework",
    "entries_pdf",
    "giving_choices",
    "own_entry_pdf",
    "portal_assignment",
    "portal_entry",
    "portal_homework",
    "record_entry",
    "retire",
    "suggested",
    "worksheets",
]
