"""What the rules of thumb say of one couple, for the treating therapist alone."""

from collections.abc import Iterator
from datetime import date

from practice.domain.change import criteria_for, origin_of
from practice.domain.course import (
    CourseLine,
    CourseSituation,
    FeedbackLine,
    Reading,
    Signal,
    line_of,
    signals_for,
)
from practice.services.caseload_figures import (
    FEEDBACK_KEY,
    SATISFACTION_KEYS,
    satisfaction_scale,
)
from practice.services.couple_material import Material, day_of
from practice.services.people import Member


def signals_of(material: Material) -> tuple[Signal, ...]:
    """Return what the rules say; nothing once care or the relationship has ended."""
    if material.care_ended or material.relationship_ended:
        return ()
    present = [member for member in material.members if member.is_current]
    return signals_for(
        CourseSituation(
            lines=tuple(line for member in present for line in _lines(material, member)),
            sessions_held=len(material.together),
            third_session_on=material.together[2] if len(material.together) > 2 else None,
            feedback=tuple(
                FeedbackLine(
                    member.person_id, material.names[member.person_id], _feedback(material, member)
                )
                for member in present
            ),
        )
    )


def _lines(material: Material, member: Member) -> Iterator[CourseLine]:
    for key in SATISFACTION_KEYS:
        scale = satisfaction_scale(key)
        criteria, origin = criteria_for(scale), origin_of(scale)
        if criteria is None or origin is None:
            continue
        line = line_of(
            _readings(material, member, key),
            person_id=member.person_id,
            name=material.names[member.person_id],
            scale_key=key,
            scale_title=scale.short_title,
            criteria=criteria,
            origin=origin,
            cut=scale.cut,
            missed=_missed(material, member, key),
        )
        if line is not None:
            yield line


def _readings(material: Material, member: Member, key: str) -> list[Reading]:
    return [
        Reading(day_of(row), score.value)
        for row in material.responses
        if row.author_id == member.person_id
        for score in row.scores
        if score.scale_key == key
    ]


def _missed(material: Material, member: Member, key: str) -> Iterator[date]:
    """Yield the days by which an answer was asked for that would have given this score."""
    for item in material.asked:
        gives = any(scale.key == key for scale in item.measure.scales)
        mine = item.person_id == member.person_id
        if gives and mine and item.gap_on is not None:
            yield item.gap_on


def _feedback(material: Material, member: Member) -> tuple[Reading, ...]:
    return tuple(
        Reading(day_of(row), sum(score.value for score in row.scores) / len(row.scores))
        for row in material.responses
        if row.author_id == member.person_id and row.measure_key == FEEDBACK_KEY and row.scores
    )
