"""One entry of each kind, to take back and to lock away."""

import pytest

from practice.domain.homework.terms import GivenTo
from practice.domain.visibility import Audience
from practice.services.own_entries import EntryKind
from tests import exercises
from tests.kept import kept
from tests.measure_builders import answer, csi16
from tests.own_entry_builders import asking_of, hope_for, letter_of, section_shown
from tests.worlds import portal as portal_world


@pytest.fixture
def entries(app, inside):
    """One entry of Ben's of each kind, opened to Ada; by kind."""
    return kept(app, "entries", lambda: one_of_each(inside))


def one_of_each(inside):
    task = exercises.give(inside)
    goal = exercises.set_goal(inside)
    together = exercises.give(inside, given_to=GivenTo.TOGETHER, audience=Audience.COUPLE)
    for author in (inside.ada, inside.ben):
        entry = exercises.write(author, task, Audience.WHEN_ALL_DONE, noticed=author.first_name)
        rating = exercises.rate(author, goal, 1, Audience.COUPLE, comment=author.first_name)
        progress = exercises.say_progress(author, goal, 6, Audience.COUPLE)
    return {
        EntryKind.ANSWERS: answer(inside, inside.ben, "csi16", csi16(40), Audience.COUPLE),
        EntryKind.HOMEWORK: entry,
        EntryKind.RATING: rating,
        EntryKind.PROGRESS: progress,
        EntryKind.HOPE: hope_for(inside, inside.ben, "A garden")[0],
        EntryKind.INTAKE: section_shown(inside, inside.ben),
        EntryKind.JOURNAL: portal_world.page(inside.ben, "A hard evening"),
        EntryKind.LETTER: letter_of(inside, inside.ben),
        EntryKind.TIME_ALONE: asking_of(inside, inside.ben),
        EntryKind.VIEW: exercises.say(inside.ben, together, Audience.THERAPIST),
        "together": together,
        "task": task,
        "goal": goal,
    }
