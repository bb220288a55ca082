"""Puts a story into the database, through the services, each act at its own time."""

from datetime import date, time, timedelta
from functools import partial
from uuid import UUID

from practice.cli.demo import words
from practice.cli.demo.agreeing import AgreementActs
from practice.cli.demo.between import plan_between
from practice.cli.demo.course import MODALITIES
from practice.cli.demo.locked import write_and_lock
from practice.cli.demo.measures import SCHEDULED_WEEKS
from practice.cli.demo.safety import plan_safety
from practice.cli.demo.session_notes import typed_notes
from practice.cli.demo.stories import Aim, Task
from practice.cli.demo.times import day_apart, homework_days, next_day
from practice.db import db
from practice.domain.homework.registry import get_template
from practice.domain.homework.terms import GivenTo
from practice.domain.note_formats import plain
from practice.domain.people import Actor, Role, first_name
from practice.domain.sessions import Attendance, SessionFormat, SessionStatus
from practice.domain.visibility import Audience
from practice.models.people import Person
from practice.services import (
    accounts,
    clock,
    couples,
    goals,
    homework,
    invitations,
    notes,
    people,
    sessions,
)
from practice.services.known_people import NewPerson
from practice.services.session_details import SessionDetails

PASSWORD = "a quiet room with two chairs"  # noqa: S105  # printed: the people are invented


def sign_in_name(name: str) -> str:
    """Return the demo sign-in name of somebody: ``ada@demo.example``."""
    return f"{first_name(name).lower()}@demo.example"


class StoryTeller(AgreementActs):
    """Tells one story as a list of acts and runs them."""

    def tell(self) -> UUID:
        """Write the story down; return the couple's id. The caller commits."""
        with clock.pretend(self._at(self.days[0] - timedelta(days=6), time(10))):
            self._begin()
        for session, day in enumerate(self.days, start=1):
            self._plan_session(session, day)
        for session, person in self.story.individual:
            self._plan_individual(session, person)
        self._plan_measures()
        self._plan_course()
        plan_safety(self)
        self._plan_agreements()
        for number, task in enumerate(self.story.tasks):
            self._plan_task(number, task)
        for number, aim in enumerate(self.story.aims):
            self._plan_aim(number, aim)
        if self.story.between:
            plan_between(self)
        self._plan_ending()
        for act in sorted(self.acts, key=lambda act: act.at):
            with clock.pretend(act.at):
                act.run()
        return self.couple_id

    # ---- the couple -----------------------------------------------------------------------

    def _begin(self) -> None:
        story = self.story
        couples.create_couple(
            actor=self.therapist,
            new=couples.NewCouple(
                id=self.couple_id,
                people=tuple(
                    NewPerson(name=name, problem=problem, is_new=True)
                    for name, problem in zip(story.names, story.problems, strict=True)
                ),
                relationship_status=story.status,
                episode_started_on=clock.today(),
                agreed_problem=story.agreed,
                modality=MODALITIES.get(first_name(story.names[0])),
            ),
        )
        self.members = [
            Actor(member.person_id, Role.PARTNER, member.name)
            for member in people.members_of(self.couple_id)
        ]
        for member, state in zip(
            self.members, story.invited or ("account",) * len(self.members), strict=True
        ):
            if state == "account":
                accounts.create_account(
                    person=db.session.get_one(Person, member.person_id),
                    role=Role.PARTNER,
                    sign_in_name=sign_in_name(member.name),
                    password=PASSWORD,
                )
            elif state == "open":
                moment = self._at(self.today - timedelta(days=1), time(17))
                self._act(moment, partial(self._invite, member))

    def _invite(self, member: Actor) -> None:
        invitations.invite(
            actor=self.therapist, couple_id=self.couple_id, person_id=member.person_id
        )

    def _plan_ending(self) -> None:
        story = self.story
        parted = self.today - timedelta(weeks=story.parted[0]) if story.parted else None
        ended = self.days[-1] + timedelta(days=7) if story.ended else None
        if parted or ended:
            endings = couples.Endings(
                relationship_ended_on=parted,
                ending_was_a_goal=bool(story.parted and story.parted[1]),
                episode_ended_on=ended,
            )
            self._act(
                self._at(max(day for day in (parted, ended) if day), time(18)),
                lambda: couples.record_endings(
                    actor=self.therapist, couple_id=self.couple_id, endings=endings
                ),
            )
        if story.next_planned:
            day = next_day(self.days[-1], self.today)
            self._act(
                self._at(self.days[-1], time(21)),
                lambda: self._session("next", day, SessionStatus.PLANNED),
            )

    # ---- sessions and notes ---------------------------------------------------------------

    def _plan_session(self, session: int, day: date) -> None:
        attendance: dict[UUID, Attendance | None] = {
            member.person_id: Attendance.ATTENDED for member in self.members
        }
        for which, person, how in self.story.missed:
            if which == session:
                attendance[self.members[person - 1].person_id] = how
        anybody = any(how and how.was_there for how in attendance.values())
        status = SessionStatus.HELD if anybody else SessionStatus.CANCELLED

        ahead = self.days[session - 2] if session > 1 else day - timedelta(days=6)
        if ahead >= self.today - timedelta(weeks=SCHEDULED_WEEKS):
            # Planned when they met before: what belongs to it is then asked in time.
            self._act(
                self._at(ahead, time(21)),
                lambda: self._session(f"session {session}", day, SessionStatus.PLANNED),
            )

        def write() -> None:
            session_id = self._session(
                f"session {session}",
                day,
                status,
                attendance=attendance,
                next_steps=words.NEXT_STEPS[(session + self.number) % len(words.NEXT_STEPS)],
            )
            text = words.NOTES[(session - 1) % len(words.NOTES)]
            self._notes(session_id, text, session)

        self._act(self._at(day, time(20)), write)

    def _plan_individual(self, session: int, person: int) -> None:
        day = day_apart(self.days[session - 1])
        member = self.members[person - 1]

        def write() -> None:
            session_id = self._session(
                f"individual {session}",
                day,
                SessionStatus.HELD,
                person_id=member.person_id,
                attendance={member.person_id: Attendance.ATTENDED},
            )
            note = words.INDIVIDUAL.format(first=member.first_name)
            self._note_on_one(session_id, note)

        self._act(self._at(day, time(20)), write)

    def _session(
        self,
        label: str,
        day: date,
        status: SessionStatus,
        *,
        person_id: UUID | None = None,
        attendance: dict[UUID, Attendance | None] | None = None,
        next_steps: str = "",
    ) -> UUID:
        details = SessionDetails(
            day=day,
            at=self.hour,
            minutes=60 if person_id else 80,
            person_id=person_id,
            format=SessionFormat.VIDEO if self.number % 5 == 4 else SessionFormat.ROOM,
            status=status,
            attendance=attendance or {},
            next_steps=next_steps,
        )
        session_id = sessions.create_session(
            actor=self.therapist,
            couple_id=self.couple_id,
            new_id=self._id(label),
            details=details,
        )
        if status is not SessionStatus.PLANNED:
            sessions.change_session(actor=self.therapist, session_id=session_id, details=details)
        return session_id

    def _notes(self, session_id: UUID, text: str, session: int) -> None:
        names = [member.first_name for member in self.members]
        draft = session > self.story.sessions - self.story.drafts
        text = text.format(first=names[0], second=names[1])
        written = notes.save_notes(
            actor=self.therapist,
            session_id=session_id,
            typed=typed_notes(text, session, self.members),
        )
        if not draft:
            notes.sign_notes(actor=self.therapist, session_id=session_id, shown=written)
        if session == 4 and not draft:
            notes.add_addendum(
                actor=self.therapist,
                session_id=session_id,
                new_id=self._id("addendum"),
                body=words.ADDENDUM,
            )
        if session % 4 == 3:
            thoughts = words.PROCESS_NOTES[session % len(words.PROCESS_NOTES)]
            self._save_words(session_id, notes.PROCESS, thoughts)

    def _note_on_one(self, session_id: UUID, body: str) -> None:
        saved = self._save_words(session_id, notes.JOINT, body)
        notes.sign_notes(actor=self.therapist, session_id=session_id, shown=saved)

    def _save_words(self, session_id: UUID, part: notes.Part, body: str) -> dict[notes.Part, int]:
        typed = {part: notes.Typed(plain(body), 0)}
        return notes.save_notes(actor=self.therapist, session_id=session_id, typed=typed)

    # ---- homework -------------------------------------------------------------------------

    def _plan_task(self, number: int, task: Task) -> None:
        template = get_template(task.template)
        starts = self.days[task.session - 1] + timedelta(days=1)
        due = starts + timedelta(weeks=task.weeks, days=-1)
        task_id = self._id(f"task {number}")
        only = self.members[task.only - 1].person_id if task.only else None
        self._act(
            self._at(starts, time(8)),
            lambda: homework.assign(
                actor=self.therapist,
                couple_id=self.couple_id,
                new_id=task_id,
                template_key=task.template,
                given_to=task.to,
                person_id=only,
                frequency=template.frequency,
                times_per_week=template.times_per_week,
                starts_on=starts,
                due_on=due,
                audience=task.audience,
            ),
        )
        for place, member in enumerate(self.members):
            if task.to is GivenTo.ONE and member.person_id != only:
                continue
            for day in homework_days(template.frequency, starts, min(due, self.today)):
                if self.random.random() < task.diligence[place]:
                    self._plan_entry(task_id, task, member, day)
        if number == 0 and task.to is GivenTo.EACH:
            self._act(
                self._at(starts, time(23, 10)),
                lambda: write_and_lock(
                    self.members[-1],
                    task_id=task_id,
                    template=task.template,
                    new_id=self._id(f"locked {task_id}"),
                    day=starts,
                ),
            )

    def _plan_entry(self, task_id: UUID, task: Task, member: Actor, day: date) -> None:
        number = self.random.randrange(40)
        self._act(
            self._at(day, time(21, 5)),
            lambda: homework.record_entry(
                actor=member,
                assignment_id=task_id,
                new_id=self._id(f"entry {task_id} {member.person_id} {day}"),
                for_day=day,
                raw=words.entry(task.template, number, day),
                audience=task.audience,
            ),
        )

    # ---- goals ----------------------------------------------------------------------------

    def _plan_aim(self, number: int, aim: Aim) -> None:
        goal_id = self._id(f"goal {number}")
        owner = self.members[aim.only - 1] if aim.only else None
        day = self.days[min(1, len(self.days) - 1)]
        self._act(
            self._at(day, time(20, 30)),
            lambda: goals.set_goal(
                actor=self.therapist,
                couple_id=self.couple_id,
                new_id=goal_id,
                person_id=owner.person_id if owner else None,
                title=aim.title,
                levels=list(aim.levels),
                weight=aim.weight,
            ),
        )
        raters = [*([owner] if owner else self.members), self.therapist]
        for turn, views in enumerate(aim.ratings):
            rated = self.days[min((turn + 1) * 3, len(self.days) - 1)] + timedelta(days=turn % 2)
            for rater, level in zip(raters, views, strict=True):
                self._plan_rating(goal_id, aim, rater, level, min(rated, self.today))

    def _plan_rating(self, goal_id: UUID, aim: Aim, rater: Actor, level: int, day: date) -> None:
        new_id = self._id(f"rating {goal_id} {rater.name} {day} {level}")
        self._act(
            self._at(day, time(21, 30)),
            lambda: goals.rate(
                actor=rater,
                goal_id=goal_id,
                new_id=new_id,
                level=level,
                audience=Audience.COUPLE if aim.shared else Audience.THERAPIST,
            ),
        )
