"""What differing agendas ask of the therapist: another contract than joint work as usual.

Discernment counselling (Doherty): where one leans out and another leans in, a few mostly
individual talks about whether and how to go on come before couple therapy, without homework.
"""

from collections.abc import Iterable

from practice.domain.couples import Agenda

COMMITMENT_RANGE = (0, 10)
"""Lowest and highest rating of commitment, as whole numbers."""


def contract_prompt(agendas: Iterable[Agenda | None]) -> str:
    """Return what to consider, for the therapist; an empty text where nothing calls for it.

    Args:
        agendas: The latest of each present member; None where none is noted.
    """
    found = [agenda for agenda in agendas if agenda is not None]
    if len(found) < 2 or len(set(found)) == 1:
        return ""
    if Agenda.LEANING_OUT in found:
        return (
            "One of them leans out. Consider a contract for discernment before couple work: one "
            "to five meetings, mostly talks with each alone, no homework, and three ways on: as "
            "it is, apart, or six months of work with all effort."
        )
    return (
        "They do not want the same of the therapy. Consider a short contract to clarify first, "
        "and say aloud what is not decided yet; homework and measures can wait."
    )
