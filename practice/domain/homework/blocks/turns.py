"""A turn between two people: one says, the other says it back, the first confirms."""

from practice.domain.homework.blocks.base import Block, Option
from practice.domain.homework.blocks.choices import ChoiceBlock
from practice.domain.homework.blocks.words import TextBlock


def two_person_turn(
    key: str, *, speaker: str, listener: str, required: bool = False
) -> tuple[Block, ...]:
    """Return the three blocks of one turn: say, reflect back, confirm.

    Args:
        key: Start of the keys, as in ``<key>_say``, ``<key>_reflect``, ``<key>_confirm``.
        speaker: Who speaks, as a heading would say it ("The first speaker").
        listener: Who listens, likewise, at the start of a sentence.
        required: Whether a finished entry needs this turn.
    """
    return (
        TextBlock(
            key=f"{key}_say",
            prompt=f"{speaker} said",
            hint="The heart of it in a sentence or two. Not the whole talk.",
            required=required,
        ),
        TextBlock(
            key=f"{key}_reflect",
            prompt=f"{listener} heard",
            hint="In the listener's own words: “What I hear is …”",
            required=required,
        ),
        ChoiceBlock(
            key=f"{key}_confirm",
            prompt=f"{speaker}: did it feel understood?",
            hint="Only the speaker answers this one.",
            required=required,
            options=(
                Option("yes", "Yes, that was it"),
                Option("after_a_second_try", "Yes, after a second try"),
                Option("nearly", "Nearly"),
                Option("not_yet", "Not yet"),
            ),
        ),
    )
