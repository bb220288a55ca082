"""What is judged, and what is only shown: one rule for pages, reports and caseload.

Figures decide whether change on a scale can be told. That a measure counts as validated decides
nothing but its name: a measure of the practice's own with figures is judged by them, with the
words beside it that it is no validated test.
"""

from collections.abc import Iterable

from practice.domain.measures.definition import Measure, Scale


def is_judged(scale: Scale) -> bool:
    """Whether change on a scale is classed: wherever it has figures to tell it by."""
    return scale.can_show_change


def is_questionnaire(measure: Measure, scale: Scale) -> bool:
    """Whether a scale is told as a questionnaire, in full, and not among the ratings.

    Args:
        measure: That gives the scale.
        scale: Judged, or of a validated measure for which no figures are known.
    """
    return measure.validated or is_judged(scale)


def homework_goes_with(pictured: Iterable[tuple[Measure, Scale]]) -> str | None:
    """Return the key of the scale whose picture has the homework underneath; once is enough.

    Of the questionnaires with a picture the one that counts most questions; without any, the
    first other picture. None without pictures.

    Args:
        pictured: Scales that somebody has a line on, those of one measure in its order.
    """
    in_turn = sorted(
        pictured, key=lambda one: (not is_questionnaire(*one), -len(one[1].item_keys), one[0].key)
    )
    return in_turn[0][1].key if in_turn else None
