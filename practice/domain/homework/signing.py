"""When an agreement between members holds: everybody asked has signed, and nobody has ended it."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from practice.domain.homework.blocks import JSON

FEWEST_SIGNERS = 2
"""An agreement is between people; one alone makes a resolution."""


class AgreementState(StrEnum):
    """What all whom an agreement was put to may know of it."""

    PROPOSED = "proposed"
    """Not everybody has signed it; who has is nobody else's to know."""

    HOLDS = "holds"
    ENDED = "ended"
    """Somebody ended it or took it back, or one of those asked is no longer there."""


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when one person belonged to the couple, both days included."""

    person_id: UUID
    joined_on: date
    left_on: date | None

    def covers(self, day: date) -> bool:
        """Whether the person belonged to it on ``day``."""
        return self.joined_on <= day and (self.left_on is None or day <= self.left_on)


def asked_to_sign(
    receivers: Collection[UUID], spans: Iterable[Span], written_on: date
) -> frozenset[UUID]:
    """Return whose signatures it needs: whom the task was given to and who was there then."""
    return frozenset(
        span.person_id for span in spans if span.person_id in receivers and span.covers(written_on)
    )


def state_of(
    *,
    receivers: Collection[UUID],
    spans: Iterable[Span],
    written_on: date,
    signed: Collection[UUID],
    is_ended: bool,
) -> AgreementState | None:
    """Return how an agreement stands; None where there were not two to agree.

    Args:
        receivers: Whom the task was given to.
        spans: Every membership of the couple. Whoever left and came back has two: the first
            ended what they had signed in it.
        written_on: The day on which the entry was handed in.
        signed: Whose signature stands now.
        is_ended: Whether somebody ended it, or its author took the entry back.
    """
    spans = tuple(spans)
    asked = asked_to_sign(receivers, spans, written_on)
    if is_ended or set(signed) - asked:
        return AgreementState.ENDED
    if len(asked) < FEWEST_SIGNERS:
        return None
    then = [span for span in spans if span.person_id in asked and span.covers(written_on)]
    if any(span.left_on is not None for span in then):
        return AgreementState.ENDED
    return AgreementState.HOLDS if asked <= set(signed) else AgreementState.PROPOSED


def digest_of(template_key: str, content: Mapping[str, JSON]) -> str:
    """Return the SHA-256 of what is agreed, as 64 hexadecimal digits.

    Over the answers alone, not the questions: a worksheet that is reworded later does not
    change what somebody signed.
    """
    plain = json.dumps([template_key, content], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()
