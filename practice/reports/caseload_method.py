"""On what the outcomes of a caseload rest, and what stands beside them."""

from dataclasses import dataclass
from datetime import date

from practice.domain.caseload_outcomes import SMALLEST_GROUP, CaseloadOutcomes, Step
from practice.domain.change import Criteria
from practice.domain.change.criteria import points_of
from practice.domain.literature import PublishedFigure
from practice.domain.measures.definition import Cut, Norms, PublishedChange
from practice.domain.words import day_in_words, number
from practice.reports.blocks import Block, Facts, Paragraph
from practice.reports.figures import decimal
from practice.reports.published import published_shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whose figures these are, and on what they rest."""

    whose: str
    """What follows "couples", for example "in the care of Tess Okafor"."""

    scale_title: str
    scale_range: tuple[float, float]
    origin: Norms | PublishedChange
    """The figures that a reliable change is worked out from."""

    cut: Cut | None = None
    """The cut score with its source; None where the scale has none."""

    notice: str = ""
    """What must be said where scores of a measure are shown that is no validated test."""

    as_of: date
    begun_from: date | None = None
    begun_to: date | None = None
    ended_only: bool = False
    is_practice: bool = False
    made_on: date
    published: tuple[PublishedFigure, ...] = ()


def group_words(subject: Subject, n: int = 2) -> str:
    """Say which couples are counted; ``n`` of them, for the singular."""
    which = ["whose care has ended"] if subject.ended_only else []
    if subject.begun_from:
        which.append(f"begun on {day_in_words(subject.begun_from)} or later")
    if subject.begun_to:
        which.append(f"begun by {day_in_words(subject.begun_to)}")
    chosen = f", {', '.join(which)}" if which else ""
    who = "Couple" if n == 1 else "Couples"
    return f"{who} {subject.whose}{chosen}; as of {day_in_words(subject.as_of)}"


def published_blocks(found: CaseloadOutcomes, subject: Subject) -> list[Block]:
    """Return the published figures, each with what it counts and on whom it rests."""
    published = published_of(found, subject)
    if not published:
        return []
    return [
        Paragraph(
            "Each source counts something else in other couples. The figures are here so that one "
            "read elsewhere can be understood; they are no aim and no line to be measured by."
        ),
        published_shelf(published),
    ]


def published_of(found: CaseloadOutcomes, subject: Subject) -> tuple[PublishedFigure, ...]:
    """Return the published figures that stand beside ``found``: none beside nothing."""
    return subject.published if found.flow.couples_at(Step.BEGUN) else ()


def method_blocks(found: CaseloadOutcomes, subject: Subject) -> list[Block]:
    """Return how the figures were worked out, as labels and what belongs to them."""
    rows = [
        ("Counted", group_words(subject)),
        ("Scale", _scale_words(found.criteria, subject)),
        *([("Standing", subject.notice)] if subject.notice else []),
        ("Reliable change", _reliable_words(found.criteria, subject.origin)),
        ("Cut score", _cut_words(found.criteria, subject.cut)),
        (
            "First and latest",
            "A partner's first and latest score on this very version of the scale, in this record. "
            "A score that was replaced counts nowhere.",
        ),
        (
            "Classes",
            "Jacobson & Truax (1991) for each partner; a couple by its partners' classes, never by "
            "their mean.",
        ),
        ("Intervals", f"Wilson (1927), 95 %; no percentage under n = {SMALLEST_GROUP}."),
        (
            "Sessions, homework",
            "Conjoint sessions held of those held or cancelled; occasions of homework done of due, "
            "of all partners, without what somebody kept to themselves.",
        ),
    ]
    if subject.is_practice:
        rows.append(("What is not shown", _PRACTICE_RULE))
    return [Facts(tuple(rows))]


_PRACTICE_RULE = (
    f"A figure of the practice is shown only where taking away the couples of any one therapist "
    f"leaves none or at least {SMALLEST_GROUP}. Everybody sees the same page. It counts up to the "
    "end of last month, and cannot be narrowed to a time."
)


def _scale_words(criteria: Criteria, subject: Subject) -> str:
    low, high = subject.scale_range
    better = "higher" if criteria.higher_is_better else "lower"
    return f"{subject.scale_title}, {number(low)} to {number(high)}; {better} is better"


def _reliable_words(criteria: Criteria, origin: Norms | PublishedChange) -> str:
    points = decimal(points_of(criteria))
    if isinstance(origin, PublishedChange):
        enough = "or more" if origin.at_least else "must be exceeded"
        return f"{points} points, {enough}: {sourced(origin)}"
    return (
        f"more than {points} points, from SD {number(origin.sd)} and reliability "
        f"{decimal(origin.reliability)} ({origin.kind_of_reliability}): {sourced(origin)}"
    )


def sourced(figure: Cut | Norms | PublishedChange) -> str:
    """Name the source of a figure, with its mark unless it was read there."""
    return f"{figure.source}{figure.certainty.mark}"


def _cut_words(criteria: Criteria, cut: Cut | None) -> str:
    if cut is None:
        return "none, so that recovery cannot be told from improvement"
    side = "below" if criteria.higher_is_better else "above"
    return f"{number(cut.value)}; {side} it is the distressed side: {sourced(cut)}"
