"""Puts in what ``course`` tells of a couple, each act at its own time, through the services."""

from datetime import date, time, timedelta
from functools import partial
from uuid import UUID, uuid5

from sqlalchemy import select

from practice.cli.demo import course
from practice.cli.demo.answers import answers_about, answers_for
from practice.cli.demo.measures import MeasureActs
from practice.cli.demo.teller import NAMESPACE
from practice.db import db
from practice.domain.couples import Agenda, RelationshipStatus
from practice.domain.measures.definition import Measure
from practice.domain.measures.registry import get_measure
from practice.domain.people import Actor, Role
from practice.domain.visibility import Audience
from practice.models.responses import RiskFlag
from practice.services import (
    agendas,
    clock,
    corrections,
    couples,
    events,
    measure_requests,
    own_measures,
    paper,
    people,
    responses,
    risk_flags,
)
from practice.services.known_people import NewPerson

REASON = "The second column was read for the first."
BESIDE_NINE = 8
"""Questions of the PHQ-9 before the ninth."""


class CourseActs(MeasureActs):
    """Agendas, events, sheets of paper, risk answers and measures given now and then."""

    def _plan_course(self) -> None:
        first = self.members[0].first_name
        for number, (session, member, agenda) in enumerate(course.AGENDAS.get(first, ())):
            told = course.COMMITMENTS.get(first, {}).get((session, member))
            day, person = self.days[session - 1], self.members[member - 1]
            self._plan_agenda(number, day, person, agenda, told)
        for number, happening in enumerate(course.EVENTS.get(first, ())):
            self._plan_event(number, happening)
        for number, sheet in enumerate(course.SHEETS.get(first, ())):
            self._plan_sheet(number, sheet)
        for risk in course.RISKS.get(first, ()):
            self._plan_risk(risk)
        for asked in course.GIVEN.get(first, ()):
            self._plan_given(asked)

    def _plan_agenda(
        self, number: int, day: date, member: Actor, agenda: Agenda, told: int | None
    ) -> None:
        self._act(
            self._at(day, time(20, 40)),
            lambda: agendas.note_agenda(
                actor=self.therapist,
                couple_id=self.couple_id,
                new_id=self._id(f"agenda {number}"),
                person_id=member.person_id,
                agenda=agenda,
                noted_on=day,
                commitment=None if told is None else agendas.Commitment(told),
            ),
        )

    def _plan_event(self, number: int, happening: course.Happening) -> None:
        met = self.days[happening.session - 1]
        about = self.members[happening.about - 1].person_id if happening.about else None
        new = events.NewEvent(
            on=met - timedelta(days=3),
            kind=happening.kind,
            words=happening.words,
            about_id=about,
            audience=happening.audience,
        )
        self._act(
            self._at(met, time(20, 45)),
            lambda: events.add_event(
                actor=self.therapist,
                couple_id=self.couple_id,
                new_id=self._id(f"event {number}"),
                new=new,
            ),
        )

    # ---- from paper -----------------------------------------------------------------------

    def _plan_sheet(self, number: int, sheet: course.Sheet) -> None:
        day = self.days[sheet.session - 1]
        new_id = self._id(f"sheet {number}")
        self._act(
            self._at(day, time(20, 50)),
            lambda: enter(
                self.therapist,
                self.couple_id,
                self.members[sheet.member - 1],
                new_id=new_id,
                sheet=sheet,
                day=day,
            ),
        )
        corrected = sheet.corrected
        if corrected is not None:
            self._act(
                self._at(day + timedelta(days=1), time(9)),
                lambda: corrections.correct_typed_in(
                    actor=self.therapist,
                    response_id=new_id,
                    new_id=self._id(f"corrected {number}"),
                    day=day,
                    reason=REASON,
                    totals={sheet.measure: corrected},
                ),
            )

    # ---- in the portal --------------------------------------------------------------------

    def _plan_risk(self, risk: course.Risk) -> None:
        member = self.members[risk.member - 1]
        next_on = self.days[risk.session - 1] if risk.session else self.today
        day = next_on - timedelta(days=1)
        each, more = divmod(risk.total - risk.ninth, BESIDE_NINE)
        answers = {
            f"phq_{number}": each + (number <= more) for number in range(1, BESIDE_NINE + 1)
        } | {"phq_9": risk.ninth}
        self._plan_answer(member, day, "phq9", answers)
        if risk.done:
            self._act(
                self._at(day + timedelta(days=1), time(8)),
                partial(self._deal_with, member, risk.done),
            )

    def _deal_with(self, member: Actor, done: str) -> None:
        flag = db.session.scalars(
            select(RiskFlag.id).where(RiskFlag.person_id == member.person_id)
        ).one()
        risk_flags.deal_with(actor=self.therapist, flag_id=flag, note=done)

    def _plan_given(self, asked: course.Asked) -> None:
        own = asked.measure == course.EVENINGS
        if own:
            self._plan_own_measure()
        for place, member in enumerate(self.members):
            for turn, session in enumerate(asked.sessions):
                day = self.days[session - 1] - timedelta(days=1)
                self._plan_answer(member, day, asked.measure, asked.shares[place][turn])

    def _plan_own_measure(self) -> None:
        changed = self.days[course.EVENINGS_CHANGE_AT - 1]
        self._act(
            self._at(self.days[0], time(7)),
            lambda: own_measures.add(
                actor=self.therapist,
                new_id=self._id("own measure"),
                definition=course.evenings(reworded=False),
            ),
        )
        self._act(
            self._at(changed, time(7)),
            lambda: own_measures.change(
                actor=self.therapist,
                key=self._evenings().key,
                definition=course.evenings(reworded=True),
            ),
        )

    def _evenings(self) -> Measure:
        """Return the practice's own measure as it is worded at the moment."""
        (found,) = own_measures.own_measures(actor=self.therapist)
        assert found.measure is not None  # noqa: S101  # written by this demo a moment ago
        return found.measure

    def _plan_answer(
        self, member: Actor, day: date, key: str, wanted: float | dict[str, int]
    ) -> None:
        def measure() -> Measure:
            return self._evenings() if key == course.EVENINGS else get_measure(key)

        def give() -> None:
            measure_requests.give(
                actor=self.therapist,
                couple_id=self.couple_id,
                person_ids=[member.person_id],
                measure_keys=[measure().key],
                due_on=day + timedelta(days=1),
            )

        def answer() -> None:
            for request in measure_requests.portal_requests(actor=member):
                if request.measure.key == measure().key:
                    responses.submit(
                        actor=member,
                        request_id=request.request_id,
                        answers=(
                            wanted
                            if isinstance(wanted, dict)
                            else answers_about(request.measure, wanted, self.random)
                        ),
                        audience=Audience.THERAPIST,
                    )

        self._act(self._at(day, time(9, 10)), give)
        self._act(self._at(day, time(20, 15)), answer)


def enter(
    therapist: Actor,
    couple_id: UUID,
    member: Actor,
    *,
    new_id: UUID,
    sheet: course.Sheet,
    day: date,
) -> None:
    """Type in one sheet, or the total of one."""
    if sheet.answered:
        paper.enter_answers(
            actor=therapist,
            couple_id=couple_id,
            person_id=member.person_id,
            measure_key=sheet.measure,
            new_id=new_id,
            day=day,
            answers=answers_for(get_measure(sheet.measure), sheet.measure, sheet.total),
        )
        return
    paper.enter_totals(
        actor=therapist,
        couple_id=couple_id,
        person_id=member.person_id,
        measure_key=sheet.measure,
        new_id=new_id,
        day=day,
        totals={sheet.measure: sheet.total},
    )


def tell_earlier(earlier: course.Earlier, therapist: Actor, number: int, today: date) -> None:
    """Write down a couple of former years, of whom only the totals were kept."""
    couple_id = uuid5(NAMESPACE, f"earlier {number}")
    began = today - timedelta(days=round(earlier.years * 365))
    ended = began + timedelta(weeks=26)
    with clock.pretend(clock.moment_of(began, time(10))):
        couples.create_couple(
            actor=therapist,
            new=couples.NewCouple(
                id=couple_id,
                people=tuple(NewPerson(name=name, is_new=True) for name in earlier.names),
                relationship_status=RelationshipStatus.MARRIED,
                episode_started_on=began,
                modality=earlier.modality,
            ),
        )
    members = [Actor(m.person_id, Role.PARTNER, m.name) for m in people.members_of(couple_id)]
    for day, totals in ((began, earlier.before), (ended, earlier.after)):
        with clock.pretend(clock.moment_of(day, time(18))):
            for place, (member, total) in enumerate(zip(members, totals, strict=True), start=1):
                sheet = course.Sheet(0, place, "csi16", total)
                new_id = uuid5(NAMESPACE, f"earlier {number} {place} {day}")
                enter(therapist, couple_id, member, new_id=new_id, sheet=sheet, day=day)
    with clock.pretend(clock.moment_of(ended, time(19))):
        couples.record_endings(
            actor=therapist,
            couple_id=couple_id,
            endings=couples.Endings(episode_ended_on=ended),
        )
