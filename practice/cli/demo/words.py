"""What the demo couples and their therapists write. Invented, and chosen in a fixed order."""

from collections.abc import Mapping
from datetime import date

Texts = Mapping[str, object]

NOTES = (
    "Agreed on how we work: each speaks for themselves, no secrets policy read and signed. "
    "{first} named loneliness, {second} named tiredness. Both could say one thing they still "
    "value. Pattern as they described it: one asks, the other goes quiet, the asking gets louder.",
    "Mapped the last quarrel step by step. {first} noticed the moment the voice rises; {second} "
    "noticed leaving before being asked. Named it as a pattern both of them keep going, and "
    "neither of them wants.",
    "Practised speaker and listener on a small subject. {second} reflected back accurately; "
    "{first} confirmed twice. One repair attempt (“let's start over”) was heard and accepted.",
    "Came in tense after a hard weekend. Slowed down before content. {first} said what the "
    "silence is like; {second} stayed in the room and answered. Setback named as a setback.",
    "Looked at the week's homework together. What worked was short and had a fixed time; what "
    "did not work had no time. Made the task smaller.",
    "Subject: money. Each wrote their hope and their fear before talking. Less heat than expected. "
    "Decision postponed on purpose, with a date.",
    "{second} spoke about the year before the move for the first time. {first} listened without "
    "correcting. Both tired afterwards; ended early by agreement.",
    "Reviewed goals. The two of them rate the first goal differently and could say why without "
    "defending it. Left the difference standing.",
)

NEXT_STEPS = (
    "One talk of fifteen minutes on Sunday, phones in the kitchen.",
    "Whoever notices the pattern first says “pause”, and says when they will be back.",
    "Each brings one thing that went better than a month ago.",
    "Keep the homework as it is; change only the hour.",
    "",
)

PROCESS_NOTES = (
    "Notice my pull to rescue the quieter one. Take it to supervision.",
    "I was quicker to sum up today than to wait. Watch the pace next time.",
)

ADDENDUM = "Added after the session: both confirmed by telephone that the weekend was calm."

INDIVIDUAL = "Seen alone at own request. What was said stays here unless {first} releases it."

_NOTICED = (
    ("Made tea before I was up.", "I started the day looked after."),
    ("Took the children out for an hour.", "I could hear myself think."),
    ("Asked how the talk with my sister went.", "I felt remembered."),
    ("Laughed at my joke about the boiler.", "It was like it used to be."),
    ("Rang to say the train was late.", "I did not have to wonder."),
)
_PLANS = (
    ("Walk by the canal", "from our door"),
    ("Cook the lentil thing together", "kitchen, eight o'clock"),
    ("Coffee without phones", "the place on the corner"),
)
_SAID = (
    ("I would like us to plan the weekend on Thursday.", "You want to know earlier."),
    ("The mornings are too much for me alone.", "You need me up at seven."),
    ("I miss talking about nothing in particular.", "You miss the easy talk."),
)
_STATEMENTS = (
    (
        "You never listen.",
        "when I tell you about my day and you look at your phone",
        "unimportant",
        "ten minutes with your eyes on me",
    ),
    (
        "You always decide.",
        "when plans are made before I hear of them",
        "left out",
        "to be asked first",
    ),
)
_CHECK_INS = (
    (4, "Deadlines.", "That you put the bins out.", "A quiet hour on Saturday."),
    (6, "My mother's appointment.", "That you came along.", "No talk of money tonight."),
    (3, "", "Your message at noon.", ""),
)
_OBSTACLES = ("", "We were both too tired.", "", "Visitors until late.", "")


def entry(template: str, number: int, day: date) -> dict[str, object]:
    """Return what somebody wrote on a worksheet; ``number`` chooses among the texts."""
    return dict(_ENTRIES[template](number, day)) | {
        "outcome": "partly" if number % 5 == 3 else "done",
        "quality": str(5 + number % 5),
        "obstacle": _OBSTACLES[number % len(_OBSTACLES)],
    }


def _gratitude(number: int, day: date) -> Texts:
    noticed, effect = _NOTICED[number % len(_NOTICED)]
    return {"noticed": noticed, "effect": effect, "told": "aloud"}


def _quality_time(number: int, day: date) -> Texts:
    what, place = _PLANS[number % len(_PLANS)]
    return {
        "planned": {"what": what, "day": day.isoformat(), "place": place},
        "best_moment": "The last ten minutes, when nobody had to say anything.",
    }


def _speaker_listener(number: int, day: date) -> Texts:
    say, reflect = _SAID[number % len(_SAID)]
    return {
        "subject": "Weekends",
        "first_turn_say": say,
        "first_turn_reflect": reflect,
        "first_turn_confirm": "yes",
    }


def _i_statement(number: int, day: date) -> Texts:
    first, event, feeling, need = _STATEMENTS[number % len(_STATEMENTS)]
    return {
        "first_version": first,
        "event": event,
        "feeling": feeling,
        "need": need,
        "sentence": f"I feel {feeling} {event}. I would like {need}.",
    }


def _repair(number: int, day: date) -> Texts:
    attempt = {
        "moment": "Over the washing-up.",
        "made_by": "me" if number % 2 else "partner",
        "what": "start_over" if number % 3 else "joke",
        "became": "quickly" if number % 3 else "after_a_while",
    }
    return {"attempts": [attempt]}


def _check_in(number: int, day: date) -> Texts:
    stress, about, appreciation, wish = _CHECK_INS[number % len(_CHECK_INS)]
    return {
        "stress": str(stress),
        "stress_about": about,
        "appreciation": appreciation,
        "wish": wish,
    }


_ENTRIES = {
    "gratitude": _gratitude,
    "quality_time": _quality_time,
    "speaker_listener": _speaker_listener,
    "i_statement": _i_statement,
    "repair_attempts": _repair,
    "daily_check_in": _check_in,
}
