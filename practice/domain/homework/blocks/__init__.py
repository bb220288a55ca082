"""The building blocks of a worksheet: what can be asked, and what counts as an answer.

A block turns what a form hands over into a value that can be stored as JSON (``clean``), says
whether that value is an answer at all (``is_empty``), and writes it out for readers (``text``).
Messages are for the person who fills in the form and never repeat what was typed. ``stored``
turns a block itself into JSON and back.
"""

from practice.domain.homework.blocks.agreements import AgreementBlock
from practice.domain.homework.blocks.base import (
    JSON,
    LINE_LIMIT,
    TEXT_LIMIT,
    Block,
    Option,
    RowProblem,
)
from practice.domain.homework.blocks.cards import CARD_LINE_LIMIT, CardBlock
from practice.domain.homework.blocks.choices import ChecklistBlock, ChoiceBlock, RatingBlock
from practice.domain.homework.blocks.logs import Column, LogBlock
from practice.domain.homework.blocks.plans import PlanBlock
from practice.domain.homework.blocks.trackers import TrackedLine, TrackerBlock
from practice.domain.homework.blocks.turns import two_person_turn
from practice.domain.homework.blocks.words import ListBlock, TextBlock

__all__ = [
    "CARD_LINE_LIMIT",
    "JSON",
    "LINE_LIMIT",
    "TEXT_LIMIT",
    "AgreementBlock",
    "Block",
    "CardBlock",
    "ChecklistBlock",
    "ChoiceBlock",
    "Column",
    "ListBlock",
    "LogBlock",
    "Option",
    "PlanBlock",
    "RatingBlock",
    "RowProblem",
    "TextBlock",
    "TrackedLine",
    "TrackerBlock",
    "two_person_turn",
]
