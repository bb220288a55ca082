"""For tough times: what helps two people through a bad week."""

from practice.domain.handouts.definition import Handout, Passage

HANDOUT = Handout(
    key="tough_times",
    title="When times are tough",
    lead="For weeks in which talking goes badly. Choose one thing from this page. One is enough.",
    passages=(
        Passage(
            "Say it with “I”",
            (
                "Say what happened, what you felt, and what you would like: “When supper went cold "
                "I felt let down. I would like a message if you are late.”",
                "Leave out “you always” and “you never”. They are hardly ever true, and they start "
                "the wrong talk.",
            ),
        ),
        Passage(
            "Say it back before you answer",
            (
                "“What I hear is that you waited, and that it hurt. Is that it?”",
                "To understand is not to agree. You may still see it differently afterwards.",
            ),
        ),
        Passage(
            "Talk honestly, in small pieces",
            (
                "One subject at a time, fifteen minutes, then stop, even if it goes well.",
                "Not after ten at night, not after drinking, not with one foot out of the door.",
                "Say the soft thing too: “I miss us.” “I am worried.” “I do not know either.”",
            ),
        ),
        Passage(
            "Keep the small things going",
            (
                "A hello at the door, a thank you, a hand on the shoulder. They carry more than "
                "one great evening.",
                "If it gets too hot: a break with a time of return, and then the return.",
            ),
        ),
        Passage(
            "And if it went wrong again",
            (
                "It does, with everybody. “That came out badly, may I try again?” may be said an "
                "hour later, or the next day.",
            ),
        ),
    ),
    careful="This page is for quarrels, not for fear. If you are threatened, watched or hurt, you "
    "do not need better words, you need safety: tell your counsellor in private, or somebody you "
    "trust.",
    source=None,
    worksheets=("i_statement", "reflect_back", "hard_topic"),
)
