"""The words of a caseload's figures, the same on the page, on paper and in the spreadsheet."""

from practice.domain.caseload_outcomes import (
    INTAKE_DAYS,
    SMALLEST_GROUP,
    Dimension,
    MemberOutcome,
    Remark,
    Step,
)
from practice.domain.change import PartnerClass
from practice.domain.class_words import COUPLE_CLASS_WORDS, PARTNER_CLASS_WORDS
from practice.domain.couple_class import CoupleClass

NOT_KNOWN = "Not known"

COUPLE_LABELS: dict[str, str] = {
    one.value: NOT_KNOWN if one is CoupleClass.INCOMPLETE else words.label
    for one, words in COUPLE_CLASS_WORDS.items()
}
COUPLE_MEANINGS: dict[str, str] = {
    one.value: words.meaning for one, words in COUPLE_CLASS_WORDS.items()
}
MEMBER_LABELS: dict[str, str] = {
    **{one.value: PARTNER_CLASS_WORDS[PartnerClass(one.value)].label for one in PartnerClass},
    MemberOutcome.ENDED.value: COUPLE_LABELS[CoupleClass.ENDED.value],
    MemberOutcome.UNKNOWN.value: NOT_KNOWN,
}
MEMBER_MEANINGS: dict[str, str] = {
    **{one.value: words.meaning for one, words in PARTNER_CLASS_WORDS.items()},
    MemberOutcome.ENDED.value: COUPLE_MEANINGS[CoupleClass.ENDED.value],
    MemberOutcome.UNKNOWN.value: "There is no first score, or none after it.",
}

STEP_LABELS = {
    Step.BEGUN: "Care began",
    Step.FIRST: "First score of every partner",
    Step.LATER: "And a later score of every partner",
    Step.CLASSED: "And the relationship has not ended",
}
STEP_MISSING = {
    Step.BEGUN: "",
    Step.FIRST: "no first score of every partner",
    Step.LATER: "no later score of every partner",
    Step.CLASSED: "relationship ended; on a line of its own",
}
DIMENSION_TITLES = {
    Dimension.SEVERITY: "By distress at the beginning",
    Dimension.AGENDA: "By what they wanted at the beginning",
    Dimension.MODALITY: "By modality",
    Dimension.ATTENDANCE: "By sessions held of those held and cancelled",
    Dimension.HOMEWORK: "By homework done of due",
    Dimension.YEAR: "By the year in which care began",
}
DIMENSION_HEADS = {
    Dimension.SEVERITY: "Distress",
    Dimension.AGENDA: "Agenda",
    Dimension.MODALITY: "Modality",
    Dimension.ATTENDANCE: "Sessions",
    Dimension.HOMEWORK: "Homework",
    Dimension.YEAR: "Year",
}

GAINED = "Recovered or improved"
WORSENED = "Deteriorated or diverging"

NOT_CAUSE = (
    "There is no comparison group. A change, or a difference between two groups of couples, cannot "
    "be put down to the therapy or to what tells the groups apart."
)
PARTNERS_GO_TOGETHER = (
    "The partners of one couple are not independent of each other, so these shares and effect "
    "sizes look surer than they are."
)
UNKNOWN_IS_NOT_UNCHANGED = (
    "All who began are counted beside those with both scores. How the others fared is not known; "
    "they are not counted as unchanged."
)


REMARK_LABELS = {
    Remark.UNKNOWN: ("without a pair of scores of every partner", "couples"),
    Remark.ENDED: ("relationship has ended", "couples"),
    Remark.STARTED_LATE: ("first score came late", "partners"),
    Remark.STARTED_WELL: ("started on the better side of the cut score", "partners"),
    Remark.CROSSED_UNRELIABLY: ("crossed the cut score without a reliable change", "partners"),
    Remark.CROSSED_INTO_DISTRESS: ("crossed into distress, reliably worse", "partners"),
    Remark.NO_ROOM: ("no room for a reliable improvement", "partners"),
}
"""What has a number of its own, in short, and of whom; in the spreadsheet."""


def remark_words(remark: Remark, count: int) -> str:
    """Return one remark as a whole sentence.

    Args:
        remark: Which.
        count: How many couples or partners it is about.
    """
    return {
        Remark.NOTHING_MAY_BE_SHOWN: (
            f"Not shown: there are fewer than {SMALLEST_GROUP} couples, or so few beside one "
            "therapist's own that they could be worked out."
        ),
        Remark.UNKNOWN: (
            f"Couples without a first and a later score of every partner: {count}. How they "
            "fared is not known."
        ),
        Remark.ENDED: (
            f"Couples whose relationship has ended: {count}. They stand on a line of their own, "
            "neither better nor worse, and their scores are in no class and no mean."
        ),
        Remark.STARTED_WELL: (
            f"Partners who started on the better side of the cut score: {count}. They could not "
            "recover, only improve."
        ),
        Remark.STARTED_LATE: (
            f"Partners whose first score came more than {INTAKE_DAYS // 7} weeks after care "
            f"began: {count}. What changed before it is not in the figures."
        ),
        Remark.CROSSED_UNRELIABLY: (
            f"Partners who crossed the cut score, either way, without a reliable change: {count}. "
            "They are counted as unchanged."
        ),
        Remark.CROSSED_INTO_DISTRESS: (
            f"Partners who got reliably worse and crossed to the distressed side: {count}. They "
            "are among the deteriorated."
        ),
        Remark.NO_ROOM: (
            f"Partners whose first score was so near the best end of the scale that no reliable "
            f"improvement was possible: {count}."
        ),
        Remark.NO_CAUSE: NOT_CAUSE,
    }[remark]


def enough_words(found: int) -> str:
    """Say how many couples there are of those that a share needs.

    Args:
        found: Couples with a class, fewer than ``SMALLEST_GROUP``.
    """
    return (
        f"Shares need {SMALLEST_GROUP} couples with a class; so far "
        f"{'one has' if found == 1 else f'{found} have'} one."
    )
