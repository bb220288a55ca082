"""The classes in plain words, for screens and reports: the only place that words them."""

from dataclasses import dataclass

from practice.domain.change import Change, MethodChange, PartnerClass
from practice.domain.couple_class import CoupleClass


@dataclass(frozen=True, slots=True)
class ClassWords:
    """One class as a reader meets it."""

    label: str
    """A word or two, for a table."""

    meaning: str
    """One sentence that says what was found, and no more than that."""


PARTNER_CLASS_WORDS: dict[PartnerClass, ClassWords] = {
    PartnerClass.RECOVERED: ClassWords(
        "Recovered",
        "The score improved by more than the questionnaire's own error, and moved from the "
        "distressed side of the cut score to the other side.",
    ),
    PartnerClass.IMPROVED: ClassWords(
        "Improved",
        "The score improved by more than the questionnaire's own error, without moving from the "
        "distressed side of the cut score to the other side.",
    ),
    PartnerClass.UNCHANGED: ClassWords(
        "Unchanged",
        "The two scores lie so close that the questionnaire's own error could explain the "
        "difference.",
    ),
    PartnerClass.DETERIORATED: ClassWords(
        "Deteriorated",
        "The score worsened by more than the questionnaire's own error.",
    ),
}

METHOD_CLASS_MEANINGS: dict[PartnerClass, str] = {
    PartnerClass.RECOVERED: "The index is larger than the critical value, for the better, and the "
    "row moved from the distressed side of the cut-off to the other side.",
    PartnerClass.IMPROVED: "The index is larger than the critical value, for the better, without "
    "that move.",
    PartnerClass.UNCHANGED: "The index is not larger than the critical value in either direction.",
    PartnerClass.DETERIORATED: "The index is larger than the critical value, for the worse.",
}
"""The classes where a method compares a score with an expected one and not with the first.

There a score that fell can be better than expected, so nothing is said of the score itself.
"""

COUPLE_CLASS_WORDS: dict[CoupleClass, ClassWords] = {
    CoupleClass.RECOVERED: ClassWords(
        "Couple recovered",
        "Every member improved reliably and moved from the distressed side of the cut score to "
        "the other side.",
    ),
    CoupleClass.IMPROVED: ClassWords(
        "Couple improved",
        "Every member improved reliably; not every one of them crossed the cut score.",
    ),
    CoupleClass.PARTIAL: ClassWords(
        "Improved in part",
        "Some of the members improved reliably, the others did not change reliably.",
    ),
    CoupleClass.DIVERGING: ClassWords(
        "Diverging",
        "Some of the members improved reliably while others worsened reliably.",
    ),
    CoupleClass.UNCHANGED: ClassWords(
        "Unchanged", "No member changed reliably in either direction."
    ),
    CoupleClass.DETERIORATED: ClassWords(
        "Deteriorated", "At least one member worsened reliably, and none improved reliably."
    ),
    CoupleClass.INCOMPLETE: ClassWords(
        "Incomplete",
        "At least one member has no pair of scores, so the couple as a whole cannot be classed.",
    ),
    CoupleClass.ENDED: ClassWords(
        "Relationship ended",
        "The relationship has ended. This is recorded as a fact and not counted as better or "
        "worse: for some couples it was the aim.",
    ),
}


def change_remarks(change: Change | MethodChange) -> list[str]:
    """Return what should be said beside the class of one change, as whole sentences.

    Returns:
        Sentences in a fixed order; an empty list where there is nothing to add.
    """
    remarks = (
        (
            change.criteria.cut is None and change.partner_class is PartnerClass.IMPROVED,
            "There is no cut score, so recovery cannot be told from improvement.",
        ),
        (
            change.started_non_distressed,
            "Started on the better side of the cut score, so recovery was not open.",
        ),
        (
            change.crossed_cut_without_reliable_change,
            "Crossed the cut score, but by a step too small to be reliable.",
        ),
        (change.crossed_into_distress, "Crossed the cut score into the distressed range."),
        (
            isinstance(change, Change) and change.no_room_to_improve,
            "Started so high on the scale that no reliable improvement was possible."
            if change.criteria.higher_is_better
            else "Started so low on the scale that no reliable improvement was possible.",
        ),
    )
    return [sentence for holds, sentence in remarks if holds]
