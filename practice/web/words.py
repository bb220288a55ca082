"""Words that several pages share: who can read something, and a greeting by the clock."""

from datetime import datetime

from practice.domain.measures.definition import Measure
from practice.domain.measures.relations import shown_scales
from practice.domain.visibility import Audience
from practice.domain.words import listed
from practice.services.measure_requests import Audiences


def readers_of(audience: Audience, therapist: str, others: list[str]) -> str:
    """Say who can read what is written for ``audience``, speaking to its author.

    Args:
        audience: Whom it is for.
        therapist: First name of the treating therapist.
        others: First names of the other members, in the couple's order.
    """
    if audience is Audience.PRIVATE:
        return "Only you"
    if audience is Audience.THERAPIST or not others:
        return f"You and {therapist}"
    if audience is Audience.COUPLE:
        return listed(["You", therapist, *others])
    everybody = "both" if len(others) == 1 else "all"
    return f"You and {therapist}; {listed(others)} too, once {everybody} have written"


def greeting(local: datetime) -> str:
    """Return the greeting for the hour of ``local``, a moment in the practice's zone."""
    if 5 <= local.hour < 12:
        return "Good morning"
    return "Good afternoon" if 12 <= local.hour < 18 else "Good evening"


def minutes(count: int) -> str:
    """``1 minute``, ``4 minutes``."""
    return "1 minute" if count == 1 else f"{count} minutes"


def question_count(measure: Measure) -> str:
    """``1 question``, ``16 questions``."""
    count = len(measure.items)
    return "1 question" if count == 1 else f"{count} questions"


_COUNTS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def count_word(count: int) -> str:
    """``Two``, ``Three``; figures from 10 on."""
    return _COUNTS[count] if 0 <= count < len(_COUNTS) else str(count)


def readers_line(readers: Audiences, measure: Measure) -> str:
    """Say before the first question who will read the answers."""
    if not readers.others or not measure.shareable:
        return f"Only you and {readers.therapist} see your answers."
    return (
        f"Only you and {readers.therapist} see your answers. At the end you choose whether "
        f"{listed(readers.others)} may see the result."
    )


def result_words(measure: Measure) -> str:
    """Say what of the answers a result gives away."""
    if all(len(scale.item_keys) == 1 for scale in shown_scales(measure)):
        return "Your result is the numbers you chose."
    return "Your result is the number your answers add up to; it does not show the answers."
