"""The couple's class, with every member's class beside it; never from an average."""

from practice.domain.class_words import COUPLE_CLASS_WORDS
from practice.reports.blocks import Block, Note, Paragraph, Table
from practice.reports.change_text import class_label
from practice.reports.findings import Findings, ScaleFinding
from practice.reports.words import decimal, number

ORDER = 45
TITLE = "The couple together"

_NO_CLASS = (
    "The couple as a whole is not classed, because this report does not hold two scores of every "
    "member. Each person’s class stands alone."
)
_RULE = (
    "All recovered: the couple recovered. All improved or recovered: improved. Some gained and "
    "the rest did not change: improved in part. Some gained and some worsened: diverging. Nobody "
    "gained and somebody worsened: deteriorated. No average of the members is used. The table is "
    "our own, after the practice of classing both partners; in Jacobson et al. (1984) the change "
    "was confined to one spouse in about 40 % of the improved couples."
)


def build(findings: Findings) -> list[Block]:
    """Return one row for each scale with classes, and what the couple's class means."""
    scales = [scale for scale in findings.scales if scale.has_classes and scale.of_couple]
    if not scales:
        return []
    meanings = dict.fromkeys(_meaning(scale) for scale in scales)
    return [
        *(Paragraph(meaning) for meaning in meanings),
        Table(
            caption="Classes side by side",
            header=("Scale", *(p.label for p in findings.people), "The couple"),
            rows=tuple(_row(findings, scale) for scale in scales),
        ),
        Note(_RULE),
        *(Note(text) for text in map(_second_opinion, scales) if text),
    ]


def _meaning(scale: ScaleFinding) -> str:
    if scale.couple_class is None:
        return _NO_CLASS
    words = COUPLE_CLASS_WORDS[scale.couple_class]
    return f"{scale.short_title}: {words.label.lower()}. {words.meaning}"


def _second_opinion(scale: ScaleFinding) -> str:
    opinion = scale.second_opinion
    if opinion is None:
        return ""
    return (
        f"{scale.short_title}, {opinion.label}: from {number(opinion.before)} to "
        f"{number(opinion.after)}, {opinion.mean_class.value}. The mean of {opinion.members} must "
        f"differ by more than {decimal(opinion.points_used, 2)} points. It is not the class of the "
        "couple: a mean hides that one gained and the other did not."
    )


def _row(findings: Findings, scale: ScaleFinding) -> tuple[str, ...]:
    couple = scale.couple_class
    changes = {person.position: person.change for person in scale.people}
    return (
        scale.short_title,
        *(class_label(changes.get(person.position)) for person in findings.people),
        "not classed" if couple is None else COUPLE_CLASS_WORDS[couple].label,
    )
