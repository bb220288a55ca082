"""Goals: how far each is reached, as each rater sees it."""

from practice.domain.goals import DEFAULT_CORRELATION, AttainmentLevel
from practice.domain.words import lower_first
from practice.reports.blocks import Block, Heading, Note, Paragraph, Table
from practice.reports.findings import Findings, GoalFinding, RatingFinding
from practice.reports.words import count, day, decimal, listed, number, short_day, shortened, signed

ORDER = 50
TITLE = "Goals"


def build(findings: Findings) -> list[Block]:
    """Return every goal with its latest ratings side by side, then the T scores."""
    if not findings.goals:
        return []
    blocks: list[Block] = []
    for goal in findings.goals:
        blocks += _goal(findings, goal)
    if findings.goal_scores:
        blocks += [_scores(findings), Note(_METHOD)]
    return blocks


_METHOD = (
    "T = 50 + 10 × sum(w x) / √((1 − ρ) sum(w²) + ρ (sum w)²), with x the level from −2 to +2, w "
    f"the weight of the goal and ρ = {number(DEFAULT_CORRELATION)}. 50 means that goals were "
    "reached as expected. It is worked out for each rater alone and depends on how boldly the "
    "goals were set; there is no test of reliable change for it. Kiresuk & Sherman (1968), "
    "Community Mental Health Journal 4, 443–453."
)


def _goal(findings: Findings, goal: GoalFinding) -> list[Block]:
    whose = (
        "Joint goal"
        if goal.own_goal_of is None
        else (f"{findings.label(goal.own_goal_of)}’s own goal")
    )
    closed = f", closed on {day(goal.closed_on)}" if goal.closed_on else ""
    blocks: list[Block] = [
        Heading(shortened(goal.title, 160)),
        Paragraph(f"{whose}, set on {day(goal.set_on)}{closed}. {_agreement(findings, goal)}"),
    ]
    if goal.ratings:
        blocks.append(_ratings(findings, goal))
    blocks += [
        Note(f"{findings.label(rating.rater)} added: {shortened(rating.comment, 600)}")
        for rating in goal.ratings
        if rating.comment
    ]
    return blocks


def _agreement(findings: Findings, goal: GoalFinding) -> str:
    ratings = goal.ratings
    if not ratings:
        return "No rating is in this edition."
    if len(ratings) == 1:
        return f"Rated by {findings.label(ratings[0].rater)}."
    if len({rating.level for rating in ratings}) == 1:
        return f"All {len(ratings)} raters see it alike."
    apart = max(rating.level for rating in ratings) - min(rating.level for rating in ratings)
    seen = listed([f"{findings.label(rating.rater)} {signed(rating.level)}" for rating in ratings])
    return f"Seen differently, {count(apart, 'level')} apart: {seen}."


def _ratings(findings: Findings, goal: GoalFinding) -> Table:
    return Table(
        caption="Latest rating of each person",
        header=("Rated by", "Level", "What that level was agreed to mean", "Date"),
        rows=tuple(_rating_row(findings, goal, rating) for rating in goal.ratings),
        widths=(15, 25, 40, 20),
    )


def _rating_row(
    findings: Findings, goal: GoalFinding, rating: RatingFinding
) -> tuple[str, str, str, str]:
    place = rating.level - AttainmentLevel.MUCH_LESS
    meaning = goal.levels[place] if 0 <= place < len(goal.levels) else ""
    label = AttainmentLevel(rating.level).label
    return (
        findings.label(rating.rater),
        f"{signed(rating.level)} ({lower_first(label)})",
        shortened(meaning) or "not described",
        short_day(rating.on),
    )


def _scores(findings: Findings) -> Table:
    return Table(
        caption="Attainment over all goals: T-score of each rater",
        header=("Rated by", "T-score", "Goals rated"),
        rows=tuple(
            (findings.label(score.rater), decimal(score.t), str(score.goals))
            for score in findings.goal_scores
        ),
        numeric=(1, 2),
        widths=(60, 20, 20),
    )
