"""What waits for a partner as their pages list it: questions and steps of any kind alike."""

from dataclasses import dataclass

from flask import url_for

from practice.domain.battery import StepKind
from practice.services.measure_requests import OpenRequest
from practice.services.portal_questions import QuestionGroup, minutes_of
from practice.services.step_requests import OpenStep
from practice.web.words import item_readers, item_size, item_title

PAGES = {StepKind.GOALS: "portal.goal_step"}
"""The page on which a step of each kind is done."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that waits."""

    title: str
    size: str
    """How much it is, in a few words."""

    minutes: int
    readers: str
    therapist: str
    address: str
    optional: bool
    begun: bool
    """Whether this person has kept a part of it."""

    verb: str
    """What the button says."""


def entries(group: QuestionGroup) -> tuple[Entry, ...]:
    """Return what belongs to one sitting, in order."""
    return tuple(entry(item, is_begun=_id(item) in group.begun) for item in group.items)


def entry(item: OpenRequest | OpenStep, *, is_begun: bool = False) -> Entry:
    """Return one thing that waits."""
    asks = isinstance(item, OpenRequest)
    return Entry(
        title=item_title(item),
        size=item_size(item),
        minutes=minutes_of(item),
        readers=item_readers(item),
        therapist=item.readers.therapist,
        address=_address(item),
        optional=item.optional,
        begun=is_begun,
        verb=("Go on" if is_begun else "Answer") if asks else "Begin",
    )


def _id(item: OpenRequest | OpenStep) -> object:
    return item.request_id if isinstance(item, OpenRequest) else item.step_id


def _address(item: OpenRequest | OpenStep) -> str:
    if isinstance(item, OpenRequest):
        return url_for("portal.questions", request_id=item.request_id)
    return url_for(PAGES[item.kind], step_id=item.step_id)
