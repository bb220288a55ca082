"""Homework: giving it, doing it, reading it. Nothing here decides who may see what.

The therapist's side: ``giving``, what becomes of it (``running``: rest, other words, end;
``following``: carried over, made smaller; ``together``: opened in a session), ``overview`` and
``life`` for the pages. The partners': ``portal``. ``rows`` holds the queries, ``values`` what is
handed out.
"""

from practice.services.homework.following import (
    carry_over,
    make_smaller,
    next_offer,
    taken_place_of,
)
from practice.services.homework.giving import MAX_DAYS, GivingChoices, assign, giving_choices
from practice.services.homework.overview import assignment_page, couple_homework
from practice.services.homework.portal import (
    ENTRIES_A_DAY,
    portal_assignment,
    portal_entry,
    portal_homework,
    record_entry,
)
from practice.services.homework.running import change, pause, resume, retire
from practice.services.homework.together import open_in_session, openings_in

__all__ = [
    "ENTRIES_A_DAY",
    "MAX_DAYS",
    "GivingChoices",
    "assign",
    "assignment_page",
    "carry_over",
    "change",
    "couple_homework",
    "giving_choices",
    "make_smaller",
    "next_offer",
    "open_in_session",
    "openings_in",
    "pause",
    "portal_assignment",
    "portal_entry",
    "portal_homework",
    "record_entry",
    "resume",
    "retire",
    "taken_place_of",
]
