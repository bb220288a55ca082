"""A worksheet that the demo practice wrote itself: given in its first wording, then worded anew."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid5

from practice.cli.demo.teller import NAMESPACE
from practice.domain.homework.own import Sheet, own_key
from practice.domain.homework.own_questions import Question
from practice.domain.homework.terms import Frequency, GivenTo
from practice.domain.people import Actor
from practice.domain.visibility import Audience
from practice.services import clock, homework, own_worksheets

FAMILY = uuid5(NAMESPACE, "the way home")
SHEET = Sheet(
    title="The way home",
    purpose="To arrive at each other before the evening begins.",
    minutes="10",
    steps="Before you go in, stop for a minute. Notice what you are carrying from the day.\n"
    "Say hello before anything else: before the post, the children’s bags, the cooker.\n"
    "Each says one sentence about the day, and hears one.",
    example="“It was loud all day. I need ten minutes and then I am yours.”",
    not_when="Leave it while coming home is a time when one of you is afraid of the other. "
    "Tell your counsellor instead.",
    source="Written by our practice.",
    for_whom=GivenTo.EACH.value,
    frequency=Frequency.SEVERAL_TIMES_A_WEEK.value,
    times_per_week="3",
    default_audience=Audience.THERAPIST.value,
    skills=("emotional_availability",),
    patterns=("avoidance",),
    questions=(
        Question(prompt="What did you bring home with you today?", required=True, lines="2"),
        Question(
            kind="choice",
            prompt="Who said hello first?",
            options="I did\nMy partner did\nNeither of us, today",
        ),
        Question(
            kind="rating",
            prompt="How much did you feel you had arrived?",
            low_label="still on the way",
            high_label="at home",
        ),
    ),
)
REWORDED = replace(
    SHEET,
    questions=(
        *SHEET.questions,
        Question(kind="list", prompt="What would make tomorrow’s way easier?", lines="3"),
    ),
)


def write_own_worksheet(therapist: Actor, couple_id: UUID) -> None:
    """Write it, give it to a couple, and word it anew."""
    own_worksheets.add(actor=therapist, new_id=FAMILY, sheet=SHEET)
    today = clock.today()
    homework.assign(
        actor=therapist,
        couple_id=couple_id,
        new_id=uuid5(NAMESPACE, "the way home, given"),
        template_key=own_key(FAMILY),
        given_to=GivenTo.EACH,
        frequency=Frequency.SEVERAL_TIMES_A_WEEK,
        times_per_week=3,
        starts_on=today,
        due_on=today + timedelta(days=13),
        audience=Audience.THERAPIST,
    )
    own_worksheets.change(
        actor=therapist,
        family=FAMILY,
        new_id=uuid5(NAMESPACE, "the way home, second"),
        shown=1,
        sheet=REWORDED,
    )
