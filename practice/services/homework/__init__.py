"""Homework: giving it, doing it, reading it. Nothing here decides who may see what.

``templates`` holds what can be given, ``printing`` puts it on paper. The therapist's side:
``suggesting``, ``giving``, what becomes of it (``running``: rest, other words, end; ``following``:
carried over, made smaller; ``together``: opened in a session), ``overview`` and ``life`` for the
pages, ``reviews`` what notes say of a task, ``weekly``. The partners': ``portal`` what they read,
``recording`` what they write, both over ``seen_assignments``; ``views`` how each saw what they did
together. What members sign, keep and hang up: ``agreements``, ``promises`` and ``cards``;
``reliability`` shows the first two to whoever treats them. ``rows`` holds the queries, ``values``
what is handed out.
"""

from practice.services.homework.agreements import (
    end,
    portal_agreement,
    portal_agreements,
    sign,
)
from practice.services.homework.between_us import BetweenUs, between_us
from practice.services.homework.cards import card_pdf
from practice.services.homework.following import (
    carry_over,
    make_smaller,
    next_offer,
    taken_place_of,
)
from practice.services.homework.giving import MAX_DAYS, GivingChoices, assign, giving_choices
from practice.services.homework.overview import assignment_page, couple_homework
from practice.services.homework.portal import (
    portal_assignment,
    portal_entry,
    portal_homework,
    tasks_for_goal,
)
from practice.services.homework.printing import blank_worksheet, entries_pdf, own_entry_pdf
from practice.services.homework.promises import mark_promise, portal_promises
from practice.services.homework.recording import ENTRIES_A_DAY, record_entry
from practice.services.homework.reliability import between_members
from practice.services.homework.running import change, pause, resume, retire
from practice.services.homework.signed_copies import SignedCopy, signed_copies, signed_copy
from practice.services.homework.suggesting import Suggested, suggested
from practice.services.homework.templates import all_given
from practice.services.homework.together import open_in_session, openings_in
from practice.services.homework.views import AUDIENCES, ViewPage, say_how_it_was, view_page
from practice.services.homework.weekly import CoupleWeeks, couple_weeks

__all__ = [
    "AUDIENCES",
    "BetweenUs",
    "CoupleWeeks",
    "ENTRIES_A_DAY",
    "GivingChoices",
    "MAX_DAYS",
    "SignedCopy",
    "Suggested",
    "ViewPage",
    "all_given",
    "assign",
    "assignment_page",
    "between_members",
    "between_us",
    "blank_worksheet",
    "card_pdf",
    "carry_over",
    "change",
    "couple_homework",
    "couple_weeks",
    "end",
    "entries_pdf",
    "giving_choices",
    "make_smaller",
    "mark_promise",
    "next_offer",
    "open_in_session",
    "openings_in",
    "own_entry_pdf",
    "pause",
    "portal_agreement",
    "portal_agreements",
    "portal_assignment",
    "portal_entry",
    "portal_homework",
    "portal_promises",
    "record_entry",
    "resume",
    "retire",
    "say_how_it_was",
    "sign",
    "signed_copies",
    "signed_copy",
    "suggested",
    "taken_place_of",
    "tasks_for_goal",
    "view_page",
]
