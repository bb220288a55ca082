"""What the people of a story are asked, and what they answer."""

import random
from datetime import date, time, timedelta

from practice.cli.demo.answers import answers_about, answers_for
from practice.cli.demo.goal_steps import speak_of_goals
from practice.cli.demo.teller import SEED, Teller
from practice.cli.demo.times import near
from practice.domain.measures.registry import get_measure
from practice.domain.people import Actor
from practice.domain.visibility import Audience
from practice.services import measure_requests, responses

Wanted = int | dict[str, int] | None
"""A total, the answers themselves, or None: asked and never answered."""

RATINGS = ("satisfaction", "communication", "conflict", "trust")

SCHEDULED_WEEKS = 4
"""For how long the practice of the demo has let the schedule ask."""

HIGHEST = 81
"""Of the CSI-16, in which the stories are told."""


class MeasureActs(Teller):
    """Measures given by hand, and what the schedule asks on its own."""

    def _plan_measures(self) -> None:
        for wave, session in enumerate(self.story.measured_at):
            day = self.days[max(session, 1) - 1] - timedelta(days=2 if session == 0 else 1)
            for place, member in enumerate(self.members):
                total = self.story.totals[place][wave]
                self._ask(member, day, "csi16", total, share=self.story.shares[place])
        for session, day in enumerate(self.days):
            for place, member in enumerate(self.members):
                # The second partner is a little less regular: missing must look like missing.
                answered = self.random.random() > (0.05, 0.15, 0.1)[place % 3]
                share = session / max(len(self.days) - 1, 1)
                self._rate_week(member, place, day - timedelta(days=1), share, answered)
        self._plan_scheduled()

    def _rate_week(
        self, member: Actor, place: int, day: date, share: float, answered: bool
    ) -> None:
        first, last = self.story.ratings[place]
        has_csi = self.story.totals[place][0] is not None
        if not (answered and has_csi):
            return
        answers = {
            key: near(begin + (end - begin) * share, self.random)
            for key, begin, end in zip(RATINGS, first, last, strict=True)
        }
        self._ask(member, day, "ratings", answers, share=self.story.shares[place])

    def _ask(self, member: Actor, day: date, key: str, wanted: Wanted, *, share: bool) -> None:
        def give() -> None:
            measure_requests.give(
                actor=self.therapist,
                couple_id=self.couple_id,
                person_ids=[member.person_id],
                measure_keys=[key],
                due_on=day + timedelta(days=1),
            )

        def answer() -> None:
            for request in measure_requests.portal_requests(actor=member):
                if request.measure.key == key and wanted is not None:
                    answers = (
                        answers_for(get_measure(key), key, wanted)
                        if isinstance(wanted, int)
                        else wanted
                    )
                    responses.submit(
                        actor=member,
                        request_id=request.request_id,
                        answers=answers,
                        audience=Audience.COUPLE if share else Audience.THERAPIST,
                    )

        self._act(self._at(day, time(9)), give)
        self._act(self._at(day, time(20, 10)), answer)

    def _plan_scheduled(self) -> None:
        """Answer what the schedule asks, as people do: most of it, and some of it not."""
        chance = random.Random(SEED * 100 + self.number)  # noqa: S311  # invented data
        began = self.today - timedelta(weeks=SCHEDULED_WEEKS)
        invited = self.story.invited or ("account",) * len(self.members)
        evenings = [self.days[0] - timedelta(days=2)]
        evenings += [day - timedelta(days=1) for day in self.days]
        evenings += [day + timedelta(days=1) for day in self.days]
        for day in evenings:
            for place, member in enumerate(self.members):
                diligent = chance.random() > (0.1, 0.3, 0.2)[place % 3]
                if day >= began and diligent and invited[place] == "account":
                    self._answer_what_waits(member, place, day, chance)

    def _answer_what_waits(
        self, member: Actor, place: int, day: date, chance: random.Random
    ) -> None:
        at = self._at(day, time(20, 30))
        if at >= self.now:
            return
        told = [total for total in self.story.totals[place] if total is not None]
        happy = (told[-1] if told else 40) / HIGHEST
        shares = {
            "csi4": happy,
            "who5": happy,
            "phq9": (1 - happy) * 0.6,
            "gad7": (1 - happy) * 0.7,
            "session_feedback": 0.8,
        }

        def answer() -> None:
            for request in measure_requests.portal_requests(actor=member):
                share = shares.get(request.measure.key)
                if request.occasion is None or share is None:
                    continue
                responses.submit(
                    actor=member,
                    request_id=request.request_id,
                    answers=answers_about(request.measure, share, chance),
                    audience=Audience.THERAPIST,
                )
            speak_of_goals(member, place, self.number, happy)

        self._act(at, answer)
