"""The thread of a goal: homework that serves it, what was said of that, the measure it names."""

from collections.abc import Iterable, Sequence

from practice.domain.homework.review import HIGHEST

NO_CAUSE = (
    "Homework and change stand side by side here, and that shows no cause: who is doing better "
    "also finds homework easier, and other things happen in the same weeks."
)
"""What stands wherever done homework and a change of scores are seen together."""


def helpful_in_words(said: Iterable[tuple[str, int]]) -> str:
    """Return how helpful it was to each: ``Helpful to Ada 8, to Ben 5 of 10``; empty for nobody.

    Args:
        said: Whom, and how helpful from 0 to 10; in their order.
    """
    found = [f"to {name} {number}" for name, number in said]
    return f"Helpful {', '.join(found)} of {HIGHEST}" if found else ""


def line_in_words(tasks: int, last_review: str, measure: str, scores: Sequence[str]) -> str:
    """Return the thread of one goal in a line: ``2 homework tasks, last: partly; CSI-16 now …``.

    Args:
        tasks: How many tasks serve the goal.
        last_review: What was said last of any of them, in a few words; may be empty.
        measure: The measure the goal names; empty for none.
        scores: The newest score of each, in words; empty while nobody answered.
    """
    homework = {0: "no homework yet", 1: "1 homework task"}.get(tasks, f"{tasks} homework tasks")
    if last_review:
        homework += f", last review: {last_review}"
    if not measure:
        return homework
    return f"{homework}; {measure} now: {', '.join(scores) if scores else 'no answer yet'}"
