"""What the demo therapists write after a session: some in words, some under headings."""

from collections.abc import Sequence

from practice.domain.note_formats import NoteContent, NoteFormat, Pattern, Repair, plain
from practice.domain.people import Actor
from practice.services.note_templates import TemplateDetails
from practice.services.notes import JOINT, NoteKind, Part, Typed

ABOUT_ONE = (
    "Rang the day before: finds it hard to speak of money in front of the other. Asked whether it "
    "may be brought to the session; wants to do so in own words."
)

FIRST_SESSION = TemplateDetails(
    name="First session",
    format=NoteFormat.SOAP,
    hints={
        "subjective": "What brings each of them, in their own words. One sentence each.",
        "objective": "Who spoke first, who looked where. No adjectives of character.",
    },
    texts={"plan": "Next session:\nHomework:\nWhat each of them agreed to:"},
)


def typed_notes(text: str, session: int, members: Sequence[Actor]) -> dict[Part, Typed]:
    """Return what is written after a session: its joint note, at times one about a member.

    Args:
        text: The words of the session.
        session: Counted from 1; the format follows from it.
        members: Of the couple, in their order.
    """
    content = plain(text)
    if session % 3 == 2:
        content = _soap(text, members)
    elif session % 6 == 4:
        content = _birp(text, members)
    found = {JOINT: Typed(content, 0)}
    if session % 7 == 5:
        about = Part(NoteKind.MEMBER, members[0].person_id)
        found[about] = Typed(plain(ABOUT_ONE), 0)
    return found


def _soap(text: str, members: Sequence[Actor]) -> NoteContent:
    first, second, *_ = members
    return NoteContent(
        format=NoteFormat.SOAP,
        sections={
            "subjective": f"{first.first_name}: “I say it twice, then louder.” "
            f"{second.first_name}: “I go quiet so that it stops.”",
            # Somebody outside the couple, so that a release has a passage to decide about.
            "objective": f"{text}\n{second.first_name} told of a call from a sister, at length.",
            "assessment": "Both can name the pattern when it is over, not yet while it runs.",
            "patterns": f"{first.first_name} asked three times, {second.first_name} looked away "
            "each time.",
            "repair": f"{second.first_name}: “Can we start that again?”",
            "risk": "Asked both, apart, at the start. No fear, no injury, no threat reported.",
            "plan": "Fifteen minutes on Sunday, phones in the kitchen. Same hour next week.",
        },
        responses={
            first.person_id: "Slowed down when asked to; said one wish instead of three.",
            second.person_id: "Stayed in the room and answered with what was heard.",
        },
        patterns=frozenset({Pattern.DEMAND_WITHDRAW, Pattern.DEFENSIVENESS}),
        repairs=frozenset({Repair.MADE, Repair.NOTICED}),
    )


def _birp(text: str, members: Sequence[Actor]) -> NoteContent:
    first, second, *_ = members
    return NoteContent(
        format=NoteFormat.BIRP,
        sections={
            "behaviour": text,
            "interventions": "Speaker and listener, five minutes each; named the turn in the talk.",
            "plan": "Keep the homework; change only the hour.",
        },
        responses={
            first.person_id: "Reflected back once without a rejoinder.",
            second.person_id: "Found words for being tired; asked for a pause and came back.",
        },
    )
