"""Letters and asking for time alone, as Tess, Ada and Ben write them in tests."""

from datetime import time, timedelta
from uuid import uuid4

from practice.domain.sessions import SessionFormat, SessionStatus
from practice.services import clock, letters, sessions
from practice.services.letters import time_requests
from practice.services.own_export import export
from practice.services.own_export.subject import Subject, reader_of
from practice.services.people import members_of


def own_id(cast, person):
    return letters.thread_id_of(cast.couple, person.person_id)


def all_id(cast):
    return letters.thread_id_of(cast.couple, None)


def write(cast, person, body="A few words.", new_id=None):
    new_id = new_id or uuid4()
    letters.send(actor=person, thread_id=own_id(cast, person), new_id=new_id, body=body)
    return new_id


def write_all(cast, person, body="To all of you."):
    new_id = uuid4()
    letters.send(actor=person, thread_id=all_id(cast), new_id=new_id, body=body)
    return new_id


def answer(cast, person, body="Thank you.", by=None, until_id=None):
    new_id = uuid4()
    letters.reply(
        actor=by or cast.tess,
        couple_id=cast.couple,
        person_id=person.person_id if person else None,
        new_id=new_id,
        body=body,
        until_id=until_id,
    )
    return new_id


def mine(cast, person, **page):
    return letters.own_thread(actor=person, thread_id=own_id(cast, person), **page)


def of_all(cast, person):
    return letters.own_thread(actor=person, thread_id=all_id(cast))


def words(thread):
    return [one.body for one in thread.letters.shown]


def open_to_all(cast):
    for person in (cast.ada, cast.ben):
        letters.ask_together(actor=person, thread_id=all_id(cast))


def time_of(cast, person):
    return time_requests.time_id_of(cast.couple, person.person_id)


def ask(cast, person, about="", when="", new_id=None):
    new_id = new_id or uuid4()
    time_requests.ask(
        actor=person, time_id=time_of(cast, person), new_id=new_id, about=about, when=when
    )
    return new_id


def time_page(cast, person):
    return time_requests.own_time(actor=person, time_id=time_of(cast, person))


def plan(cast, person, hour):
    return sessions.create_session(
        actor=cast.tess,
        couple_id=cast.couple,
        new_id=uuid4(),
        details=sessions.SessionDetails(
            day=clock.today() + timedelta(days=6),
            at=time(hour),
            minutes=50,
            person_id=person.person_id if person else None,
            format=SessionFormat.ROOM,
            status=SessionStatus.PLANNED,
            attendance={},
            next_steps="",
        ),
    )


def file_of(cast, person, **options):
    readers = tuple(
        reader_of(one, cast.couple)
        for one in members_of(cast.couple)
        if one.person_id == person.person_id
    )
    subject = Subject(person.person_id, person.name, readers, at_desk=False, **options)
    return export.content_of(subject, clock.now())
