"""Homework: giving it, doing it, reading it. Nothing here decides who may see what.

``giving`` and ``overview`` are the therapist's side, ``portal`` the partners'; ``rows`` holds
the queries, ``values`` what is handed out. ``agreements``, ``promises`` and ``cards`` are what
members sign, keep and hang up; ``reliability`` shows the first two to whoever treats them.
"""

from practice.services.homework.agreements import (
    end,
    portal_agreement,
    portal_agreements,
    sign,
)
from practice.services.homework.between_us import BetweenUs, between_us
from practice.services.homework.cards import card_pdf, portal_cards
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
)
from practice.services.homework.promises import portal_promises, say
from practice.services.homework.reliability import between_members
from practice.services.homework.signed_copies import SignedCopy, signed_copies, signed_copy

__all__ = [
    "ENTRIES_A_DAY",
    "MAX_DAYS",
    "BetweenUs",
    "GivingChoices",
    "SignedCopy",
    "assign",
    "assignment_page",
    "between_members",
    "between_us",
    "card_pdf",
    "couple_homework",
    "end",
    "giving_choices",
    "portal_agreement",
    "portal_agreements",
    "portal_assignment",
    "portal_cards",
    "portal_entry",
    "portal_homework",
    "portal_promises",
    "record_entry",
    "retire",
    "say",
    "sign",
    "signed_copies",
    "signed_copy",
]
