"""Speaker and listener in short."""

from practice.domain.handouts.definition import Handout, Passage

HANDOUT = Handout(
    key="speaker_and_listener",
    title="Speaker and listener",
    lead="Ten minutes each, to understand and not to win. Take something to hold: whoever holds it "
    "speaks.",
    passages=(
        Passage(
            "The speaker",
            (
                "Speaks of themselves: “I felt …”, “for me it was …”.",
                "Keeps it short: two or three sentences, then a pause.",
                "Stays with one subject, and with an easy one at first.",
                "Says “yes, that was it”, or “nearly, and …”.",
            ),
        ),
        Passage(
            "The listener",
            (
                "Looks at the speaker. Phones are in another room.",
                "Says back in own words: “What I hear is …”. The feeling too, not only the facts.",
                "Does not answer, defend, correct or advise yet.",
                "Asks only what helps to understand.",
            ),
        ),
        Passage(
            "Both",
            (
                "One turn for each, then stop, even if there is more to say.",
                "To say it back is not to agree with it.",
                "Nothing is solved today. Solving has its own day.",
                "Either of you may say “let's stop here”. Settle when you go on.",
            ),
        ),
        Passage(
            "What it sounds like",
            (
                "“When I come home and nobody looks up, I feel like furniture.”",
                "“What I hear is that you feel overlooked at the door.”",
                "“Yes, that was it.” And the spoon changes hands.",
            ),
        ),
        Passage(
            "It feels wooden at first",
            (
                "That is usual, and so is slipping into the old quarrel. Noticing it is the "
                "practice.",
            ),
        ),
    ),
    careful="Not in the middle of a quarrel, not after drinking, not late at night. Not where one "
    "of you is afraid, or where what is said may be used against you: tell your counsellor in "
    "private.",
    source="The speaker-listener technique of H. J. Markman, S. M. Stanley and S. L. Blumberg. The "
    "wording is our own.",
    worksheets=("speaker_listener",),
)
