"""A couple's record with something of every kind, and a marked word in every private field.

Tess treats Ada and Ben; each ``canary`` names who may ever read it, and who must find it when
they look everywhere: a word that nobody finds would prove nothing.
"""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select

from practice.db import db
from practice.domain.battery import Occasion
from practice.domain.couples import Agenda, Modality
from practice.domain.events import EventKind
from practice.domain.homework.terms import Frequency, GivenTo
from practice.domain.literature import Correction
from practice.domain.measures.figures import Figures
from practice.domain.people import Actor
from practice.domain.reports import Edition
from practice.domain.sessions import Attendance, SessionFormat, SessionStatus
from practice.domain.visibility import Audience
from practice.models.responses import MeasureRequest
from practice.services import (
    agendas,
    clock,
    corrections,
    couples,
    events,
    goals,
    homework,
    invitations,
    literature,
    memberships,
    own_measures,
    paper,
    people,
    practice_texts,
    reports,
    responses,
    risk_flags,
    scale_figures,
    sessions,
)
from practice.services.known_people import NewPerson
from tests import exercises, measure_builders, practice_settings_builders
from tests.builders import Cast, schedule
from tests.kept import kept
from tests.staff import Staff, make_staff
from tests.worlds import agreements as agreement_world
from tests.worlds import between as between_world
from tests.worlds import sharing
from tests.worlds.goal_steps import add_goal_steps
from tests.worlds.notes import write_notes
from tests.worlds.releases import add_releases
from tests.worlds.safety import make_safety

Names = frozenset[str]
TESS = frozenset({"tess"})
ADA = TESS | {"ada"}
BEN = TESS | {"ben"}
ALL = ADA | BEN
STAFF = TESS | {"otto", "toni", "sue", "olga"}
"""Every therapist of the practice."""


BORN = date(1979, 2, 13)
"""Of Ben, for the therapist alone: a day that nothing else in the record falls on."""


@dataclass(frozen=True, slots=True)
class Canary:
    """A marked word."""

    word: str
    label: str
    """What it was put into."""

    readers: Names
    """Who may ever come across it."""

    finders: Names
    """Who must come across it when they look everywhere."""


@dataclass(slots=True)
class World:
    """The ids a test needs, and the marked words."""

    cast: Cast
    ids: dict[str, UUID] = field(default_factory=dict)
    canaries: list[Canary] = field(default_factory=list)
    token: str = ""
    """Of an open invitation."""

    agreement_key: str = ""
    """Key of a text of the practice's own that people sign."""

    own_measure: str = ""
    """Key of a measure of the practice's own."""

    staff: Staff | None = None
    """Everybody else of the practice."""

    def actor(self, name: str) -> Actor:
        """Return somebody of the cast or of the staff."""
        found = getattr(self.cast, name, None) or getattr(self.staff, name)
        assert isinstance(found, Actor)
        return found

    def mark(self, label: str, readers: Names, finders: Names | None = None) -> str:
        """Return a new marked word for a field."""
        word = f"canary{len(self.canaries):02d}{label}"
        self.canaries.append(Canary(word, label, readers, readers if finders is None else finders))
        return word


def make_world(cast: Cast, *, with_reports: bool = True) -> World:
    """Fill the record of Ada and Ben through the services. The caller commits."""
    world = World(cast)
    schedule(cast.couple, cast.tess)
    _settings(world)
    _problems(world)
    _sessions(world)
    _homework(world)
    between_world.add(world)
    _goals(world)
    _measures(world)
    add_goal_steps(world)
    make_safety(world)
    agreement_world.add(world)
    issued = {
        edition: reports.issue_report(actor=cast.tess, couple_id=cast.couple, edition=edition)
        for edition in (Edition if with_reports else ())
    }
    world.ids |= {f"report_{edition}": report.id for edition, report in issued.items()}
    gus = couples_guest(world)
    world.ids["guest"] = gus
    _agendas(world)
    add_releases(world, with_files=with_reports)
    sharing.fill(world)
    world.token = invitations.invite(actor=cast.tess, couple_id=cast.couple, person_id=gus).token
    world.staff = make_staff(cast)
    world.ids["session_desk"] = world.staff.session_desk
    return world


def full_world(app: Flask, cast: Cast) -> World:
    """Return ``make_world`` of the cast, made once for every test that begins with it."""
    return kept(app, ("world", cast.couple), lambda: make_world(cast))


def couples_guest(world: World) -> UUID:
    """Add a member who cannot sign in yet, so that there is somebody to invite."""
    cast = world.cast
    return memberships.add_member(
        actor=cast.tess,
        couple_id=cast.couple,
        person=NewPerson(name="Gus Weller", problem=world.mark("guest", TESS), is_new=True),
        joined_on=clock.today(),
    )


def _settings(world: World) -> None:
    tess = world.cast.tess
    definition = practice_settings_builders.own_definition(purpose=world.mark("ownmeasure", STAFF))
    world.own_measure = own_measures.add(actor=tess, new_id=uuid4(), definition=definition).key
    practice_texts.set_text(actor=tess, key="help_text", text=world.mark("helptext", STAFF))
    literature.correct(
        actor=tess,
        key="christensen_2010",
        correction=Correction(source=world.mark("hiddenfigure", STAFF), hidden=True),
    )
    source = world.mark("figures", ALL | STAFF, STAFF)
    scale_figures.set_figures(
        actor=tess, scale_key="csi16", figures=Figures(sd=16, reliability=0.9, source=source)
    )


def _problems(world: World) -> None:
    cast = world.cast
    details = couples.couple_details(actor=cast.tess, couple_id=cast.couple)
    couples.edit_couple(
        actor=cast.tess,
        couple_id=cast.couple,
        details=couples.CoupleDetails(
            relationship_status=details.relationship_status,
            episode_started_on=details.episode_started_on,
            agreed_problem=world.mark("agreed", ALL),
            names=details.names,
            problems={
                cast.ada.person_id: world.mark("problemada", TESS),
                cast.ben.person_id: world.mark("problemben", TESS),
            },
            modality=Modality.DISCERNMENT,
            births={cast.ben.person_id: BORN},
        ),
    )


def _agendas(world: World) -> None:
    cast = world.cast
    for name, person, agenda in (
        ("ada", cast.ada, Agenda.IMPROVE),
        ("ben", cast.ben, Agenda.LEANING_OUT),
    ):
        world.ids[f"agenda_{name}"] = agendas.note_agenda(
            actor=cast.tess,
            couple_id=cast.couple,
            new_id=uuid4(),
            person_id=person.person_id,
            agenda=agenda,
            noted_on=clock.today(),
        )


def _sessions(world: World) -> None:
    cast = world.cast
    present = {
        person.person_id: Attendance.ATTENDED for person in people.current_members(cast.couple)
    }
    world.ids["session_ben"] = _session(
        world,
        days=-9,
        person=cast.ben,
        attendance={cast.ben.person_id: Attendance.ATTENDED},
        steps=world.mark("stepsben", BEN, TESS),
    )
    world.ids["session"] = _session(
        world, days=-2, attendance=present, steps=world.mark("steps", ALL)
    )
    world.ids["session_next"] = _session(world, days=5, status=SessionStatus.PLANNED)
    write_notes(world)


def _session(world: World, *, days: int, **options: object) -> UUID:
    cast = world.cast
    person = options.get("person")
    status = options.get("status", SessionStatus.HELD)
    assert isinstance(status, SessionStatus)
    attendance = options.get("attendance", {})
    assert isinstance(attendance, dict)
    return sessions.create_session(
        actor=cast.tess,
        couple_id=cast.couple,
        new_id=uuid4(),
        details=sessions.SessionDetails(
            day=clock.today() + timedelta(days=days),
            at=time(18),
            minutes=60,
            person_id=person.person_id if isinstance(person, Actor) else None,
            format=SessionFormat.ROOM,
            status=status,
            attendance=attendance,
            next_steps=str(options.get("steps", "")),
        ),
    )


def _homework(world: World) -> None:
    cast = world.cast
    today = clock.today()
    yesterday = today - timedelta(days=1)
    world.ids["task"] = exercises.give(cast, instructions=world.mark("taskall", ALL))
    world.ids["task_ben"] = exercises.give(
        cast,
        given_to=GivenTo.ONE,
        person_id=cast.ben.person_id,
        audience=Audience.THERAPIST,
        instructions=world.mark("taskben", BEN),
    )
    task, task_ben = world.ids["task"], world.ids["task_ben"]
    write = exercises.write
    world.ids["entry_private"] = write(
        cast.ben, task, Audience.PRIVATE, noticed=world.mark("private", frozenset({"ben"}))
    )
    write(cast.ben, task, Audience.THERAPIST, noticed=world.mark("fortess", BEN))
    world.ids["entry_waiting"] = write(
        cast.ben, task, Audience.WHEN_ALL_DONE, noticed=world.mark("waiting", BEN)
    )
    write(cast.ben, task, Audience.WHEN_ALL_DONE, day=yesterday, noticed=world.mark("openben", ALL))
    write(cast.ada, task, Audience.WHEN_ALL_DONE, day=yesterday, noticed=world.mark("openada", ALL))
    world.ids["entry_own_task"] = write(
        cast.ben, task_ben, Audience.THERAPIST, noticed=world.mark("owntask", BEN)
    )
    world.ids["task_shared"] = homework.assign(
        actor=cast.tess,
        couple_id=cast.couple,
        new_id=uuid4(),
        template_key="quality_time",
        given_to=GivenTo.TOGETHER,
        frequency=Frequency.WEEKLY,
        starts_on=yesterday,
        due_on=today + timedelta(days=20),
        audience=Audience.COUPLE,
    )
    homework.record_entry(
        actor=cast.ada,
        assignment_id=world.ids["task_shared"],
        new_id=uuid4(),
        for_day=today,
        raw={
            "planned": {"what": world.mark("plan", ALL), "day": today.isoformat(), "place": "out"},
            "outcome": "done",
        },
        audience=Audience.COUPLE,
    )


def _goals(world: World) -> None:
    cast = world.cast
    world.ids["goal"] = exercises.set_goal(cast, title=world.mark("goal", ALL))
    world.ids["goal_ben"] = exercises.set_goal(
        cast, title=world.mark("goalben", BEN), person_id=cast.ben.person_id
    )
    goal = world.ids["goal"]
    for rater, audience, label, readers in (
        (cast.ben, Audience.THERAPIST, "ratedben", BEN),
        (cast.ada, Audience.COUPLE, "ratedada", ALL),
        (cast.tess, Audience.THERAPIST, "ratedtess", TESS),
    ):
        goals.rate(
            actor=rater,
            goal_id=goal,
            new_id=uuid4(),
            level=1,
            comment=world.mark(label, readers),
            audience=audience,
        )
    world.ids["goal_unrated"] = exercises.set_goal(cast, title="Something else")


def _measures(world: World) -> None:
    cast = world.cast
    answer, csi16 = measure_builders.answer, measure_builders.csi16
    world.ids["response_ada"] = answer(cast, cast.ada, "csi16", csi16(40), Audience.COUPLE)
    world.ids["response_ben"] = answer(cast, cast.ben, "csi16", csi16(30))
    for person in (cast.ada, cast.ben):
        answer(cast, person, "csi16", csi16(50))  # with a second score there is a picture
    _events(world)
    _other_ways(world)
    for name, person in {"ada": cast.ada, "ben": cast.ben}.items():
        world.ids[f"request_{name}"] = measure_builders.ask(cast, person, "ratings")
        responses.keep_for_later(
            actor=person,
            request_id=world.ids[f"request_{name}"],
            fields={"words": world.mark(f"draft{name}", frozenset({name}), frozenset())},
        )


def _events(world: World) -> None:
    """Events for every circle of readers; Ben's own has readers, and Ada is none of them."""
    cast = world.cast
    for label, audience, about, readers in (
        ("couple", Audience.COUPLE, None, ALL),
        ("ben", Audience.COUPLE, cast.ben, BEN),
        ("care", Audience.THERAPIST, cast.ben, TESS),
        ("tess", Audience.PRIVATE, None, TESS),
    ):
        world.ids[f"event_{label}"] = events.add_event(
            actor=cast.tess,
            couple_id=cast.couple,
            new_id=uuid4(),
            new=events.NewEvent(
                on=clock.today(),
                kind=EventKind.SETBACK,
                words=world.mark(f"event{label}", readers),
                about_id=about.person_id if about else None,
                audience=audience,
            ),
        )


def _other_ways(world: World) -> None:
    """What was corrected, typed in, and flagged."""
    cast = world.cast
    world.ids["response_replaced"] = measure_builders.answer(
        cast, cast.ben, "csi4", audience=Audience.COUPLE
    )
    world.ids["response_corrected"] = corrections.correct_own(
        actor=cast.ben,
        response_id=world.ids["response_replaced"],
        new_id=uuid4(),
        answers=measure_builders.choose("csi4", csi_01=3),
        audience=Audience.THERAPIST,
        reason=world.mark("reasonben", BEN),
    )
    replaced = paper.enter_answers(
        actor=cast.tess,
        couple_id=cast.couple,
        person_id=cast.ada.person_id,
        measure_key="gad7",
        new_id=uuid4(),
        day=clock.today(),
        answers=measure_builders.choose("gad7"),
    )
    world.ids["response_paper"] = corrections.correct_typed_in(
        actor=cast.tess,
        response_id=replaced,
        new_id=uuid4(),
        day=clock.today(),
        answers=measure_builders.choose("gad7", gad_1=1),
        reason=world.mark("reasonpaper", ADA),
    )
    for name, person in (("ada", cast.ada), ("ben", cast.ben)):
        world.ids[f"response_risk_{name}"] = measure_builders.answer(
            cast, person, "phq9", measure_builders.choose("phq9", phq_9=2)
        )
    flags = {flag.person_id: flag for flag in risk_flags.waiting(actor=cast.tess)}
    world.ids["flag_ada"] = flags[cast.ada.person_id].flag_id
    world.ids["flag_ben"] = flags[cast.ben.person_id].flag_id
    risk_flags.deal_with(
        actor=cast.tess, flag_id=world.ids["flag_ada"], note=world.mark("flagnote", TESS)
    )
    # What lies ahead does not exist for the person who will be asked, and can be "not needed".
    ahead = db.session.scalars(
        select(MeasureRequest).where(
            MeasureRequest.person_id == cast.ben.person_id,
            MeasureRequest.session_id == world.ids["session_next"],
        )
    ).all()
    by_occasion = {row.occasion: row.id for row in ahead}
    world.ids["request_ahead"] = by_occasion[Occasion.BEFORE_SESSION]
    world.ids["request_again"] = by_occasion[Occasion.AFTER_SESSION]
    responses.withdraw_request(actor=cast.tess, request_id=world.ids["request_again"])
