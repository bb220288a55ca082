"""What is none of a partner's is not even read: how long a page takes must not tell of it."""

from uuid import uuid4

from sqlalchemy import event

from practice.db import db
from practice.domain.events import EventKind
from practice.domain.visibility import Audience
from practice.models.events import CourseEvent
from practice.models.responses import Response
from practice.services import clock, events, responses
from tests.measure_builders import answer, csi16


def test_neither_the_others_answers_nor_their_events_are_fetched(inside):
    for total in (40, 50):
        answer(inside, inside.ada, "csi16", csi16(total))
    answer(inside, inside.ben, "csi16", csi16(30), Audience.COUPLE)
    answer(inside, inside.ben, "csi16", csi16(20))
    mark(inside, None, Audience.COUPLE)
    mark(inside, inside.ada, Audience.COUPLE)
    mark(inside, inside.ben, Audience.COUPLE)
    mark(inside, None, Audience.THERAPIST)
    db.session.flush()
    db.session.expunge_all()

    fetched = []

    def keep(row, _):
        fetched.append(row)

    for model in (Response, CourseEvent):
        event.listen(model, "load", keep)
    try:
        assert len(responses.own_answers(actor=inside.ada).charts) == 1
    finally:
        for model in (Response, CourseEvent):
            event.remove(model, "load", keep)
    answers = [row for row in fetched if isinstance(row, Response)]
    marks = [row for row in fetched if isinstance(row, CourseEvent)]
    assert sorted((row.author_id == inside.ada.person_id, row.audience) for row in answers) == [
        (False, Audience.COUPLE),
        (True, Audience.THERAPIST),
        (True, Audience.THERAPIST),
    ]
    assert {row.about_id for row in marks} == {None, inside.ada.person_id}
    assert len(marks) == 2


def mark(cast, about, audience):
    events.add_event(
        actor=cast.tess,
        couple_id=cast.couple,
        new_id=uuid4(),
        new=events.NewEvent(
            on=clock.today(),
            kind=EventKind.HOLIDAY,
            words="",
            about_id=about.person_id if about else None,
            audience=audience,
        ),
    )
