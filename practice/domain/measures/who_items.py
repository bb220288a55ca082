"""Wording of the WHO-5 Well-Being Index.

The item texts, answers and the instruction in this file are not covered by the licence of the
code. The index is the work of the WHO Collaborating Centre in Mental Health at the Psychiatric
Research Unit, Hillerød; it is described as free to use without permission. A later notice of the
WHO under CC BY-NC-SA 3.0 IGO was looked for and not confirmed: keep the words unchanged, name the
source, and do not sell them.

Topp, C. W., Østergaard, S. D., Søndergaard, S., & Bech, P. (2015). The WHO-5 Well-Being Index: A
systematic review of the literature. Psychotherapy and Psychosomatics, 84(3), 167-176.
"""

from practice.domain.measures.definition import Choice, Item

CITATION = (
    "Topp, C. W., Østergaard, S. D., Søndergaard, S., & Bech, P. (2015). The WHO-5 Well-Being "
    "Index: A systematic review of the literature. Psychotherapy and Psychosomatics, 84(3), "
    "167-176."
)
LICENCE = (
    "WHO-5 Well-Being Index: WHO Collaborating Centre in Mental Health, Psychiatric Research "
    "Unit, Hillerød. Free to use without permission, unchanged and with its source."
)
INSTRUCTION = (
    "Please indicate for each of the five statements which is closest to how you have been "
    "feeling over the last two weeks."
)

_HOW_MUCH_OF_THE_TIME = (
    Choice(5, "All of the time"),
    Choice(4, "Most of the time"),
    Choice(3, "More than half of the time"),
    Choice(2, "Less than half of the time"),
    Choice(1, "Some of the time"),
    Choice(0, "At no time"),
)

WHO5_ITEMS: tuple[Item, ...] = (
    Item("who_1", "I have felt cheerful and in good spirits", _HOW_MUCH_OF_THE_TIME),
    Item("who_2", "I have felt calm and relaxed", _HOW_MUCH_OF_THE_TIME),
    Item("who_3", "I have felt active and vigorous", _HOW_MUCH_OF_THE_TIME),
    Item("who_4", "I woke up feeling fresh and rested", _HOW_MUCH_OF_THE_TIME),
    Item(
        "who_5",
        "My daily life has been filled with things that interest me",
        _HOW_MUCH_OF_THE_TIME,
    ),
)
