"""Two questions of our own after a session, 0 to 10. For the therapist: not shareable.

Somebody who felt unheard must be able to say so without the other one asking to see it.
"""

from practice.domain.measures.definition import Choice, Example, Item, Measure, Poles, Scale

_ZERO_TO_TEN = tuple(Choice(value, str(value)) for value in range(11))
_ENDS = Poles("Not at all", "Completely", digits_shown=True)
_ITEMS = (
    Item("felt_heard", "I felt heard in this session.", _ZERO_TO_TEN, poles=_ENDS),
    Item("what_mattered", "We worked on what matters to me.", _ZERO_TO_TEN, poles=_ENDS),
)
_BY_HAND = "our own questions: each score is the number chosen"


def _scale(key: str, title: str) -> Scale:
    return Scale(key, title, title, (key,), 0, 10, True)


MEASURE = Measure(
    key="session_feedback",
    title="After the session: two questions",
    short_title="Session feedback",
    purpose="How this session was for you, in two numbers.",
    minutes=1,
    instruction=(
        "Think of the session you have just had. Choose a number from 0 to 10 for each sentence. "
        "A low number is as useful as a high one."
    ),
    items=_ITEMS,
    scales=(_scale("felt_heard", "Felt heard"), _scale("what_mattered", "What mattered")),
    validated=False,
    notice=(
        "Two questions of our own: feedback about a session, not a validated test. There is no cut "
        "score and no test of reliable change."
    ),
    citation="Written for Dyad; no published source.",
    licence="MIT, as the code of Dyad.",
    wording_version="session feedback 1",
    missing_rule="Both are needed, so that each line has the same sessions.",
    examples=(
        Example(
            {"felt_heard": 0, "what_mattered": 0}, {"felt_heard": 0, "what_mattered": 0}, _BY_HAND
        ),
        Example(
            {"felt_heard": 10, "what_mattered": 10},
            {"felt_heard": 10, "what_mattered": 10},
            _BY_HAND,
        ),
        Example(
            {"felt_heard": 3, "what_mattered": 8}, {"felt_heard": 3, "what_mattered": 8}, _BY_HAND
        ),
    ),
    shareable=False,
)
