"""What the demo therapists note of homework, and how each saw what they did together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from practice.domain.homework.review import Barrier, HomeworkReview, Reviewed, View
from practice.domain.note_formats import NoteContent
from practice.domain.people import Actor
from practice.domain.visibility import Audience
from practice.services import homework
from practice.services.notes import JOINT, NoteKind, OpenTask, Part, Typed

_SAID = (
    (Reviewed.DONE, View(8, 3, 8, None, "“It was easier than I thought.”")),
    (Reviewed.PARTLY, View(5, 6, 6, Barrier.TOO_TIRED, "Twice of three; late in the evening.")),
    (Reviewed.NOT_THIS_TIME, View(None, 7, None, Barrier.CIRCUMSTANCES, "A child was ill.")),
    (Reviewed.DONE, View(7, 4, 9, None, "")),
    (Reviewed.PARTLY, View(4, 8, 3, Barrier.TOO_HARD, "The second half did not work.")),
)
_VIEWS = (
    View(8, 2, 8, None, "We laughed about the timer."),
    View(5, 6, 5, Barrier.TOO_TIRED, "I kept looking at the clock."),
    View(7, 3, 7),
)


def with_reviews(
    typed: Mapping[Part, Typed], open_tasks: Mapping[Part, Sequence[OpenTask]], session: int
) -> dict[Part, Typed]:
    """Add what was said of the homework that ran; of one person alone in every third session.

    Args:
        typed: The notes of the session.
        open_tasks: What can be reviewed in each part.
        session: Counted from 1; what was said follows from it.
    """
    found = dict(typed)
    for place, (part, tasks) in enumerate(open_tasks.items()):
        if not tasks or (part != JOINT and (part.kind is not NoteKind.MEMBER or session % 3)):
            continue
        reviews = {
            task.id: HomeworkReview(task.title, *_SAID[(session + place + number) % len(_SAID)])
            for number, task in enumerate(tasks)
        }
        before = found.get(part, Typed(NoteContent(), 0))
        found[part] = replace(before, content=replace(before.content, homework=reviews))
    return found


def say_how_it_was(person: Actor, *, task_id: UUID, new_id: UUID, day: date, place: int) -> None:
    """Let one member say how a day was that they did together."""
    homework.say_how_it_was(
        actor=person,
        assignment_id=task_id,
        new_id=new_id,
        for_day=day,
        view=_VIEWS[(day.toordinal() + place) % len(_VIEWS)],
        audience=Audience.THERAPIST,
    )
