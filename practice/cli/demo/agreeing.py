"""Agreements and intake of the demo couples, each act at its own time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import partial

from practice.cli.demo.happenings import CourseActs
from practice.domain.agreements import Answer, JointSource, Regime
from practice.domain.people import Actor
from practice.domain.visibility import Audience
from practice.services import (
    agreement_texts,
    clock,
    consents,
    intake,
    intake_record,
    joint_passages,
    own_agreements,
    own_permissions,
    permissions,
    secrets_policies,
)


@dataclass(frozen=True, slots=True)
class Written:
    """One section of one member's intake."""

    member: int
    """Counted from 1."""

    section: str
    answers: Mapping[str, str]
    private: bool = False


REGIMES: Mapping[str, Regime] = {
    "Ada": Regime.LIMITED,
    "Marta": Regime.NO_SECRETS,
    "Helen": Regime.LIMITED,
    "Grace": Regime.LIMITED,
    "Priya": Regime.NO_SECRETS,
}

UNSIGNED: Mapping[str, tuple[tuple[int, str], ...]] = {
    "Ada": ((2, "online"),),
    "Marta": ((1, "privacy"), (1, "online")),
}
"""(member, text) of what still waits for a signature."""

QUOTE = "We did not fight about the house. We fought about who decides."

INTAKES: Mapping[str, tuple[Written, ...]] = {
    "Ada": (
        Written(
            1,
            "brings",
            {
                "brings": "We talk about the children and the shopping, and about nothing else.",
                "since": "Since we moved. It got worse in spring.",
                "different": "If we sat on the steps again of an evening.",
            },
        ),
        Written(
            1,
            "concerns",
            {
                "pp_communication": "3",
                "pp_not_sharing": "3",
                "pp_distance": "3",
                "pp_arguments": "1",
                "pp_trust": "0",
                "pp_recurring": "2",
            },
        ),
        Written(
            1, "before", {"alone": "Two weekends away.", "helped": "The second one, a little."}
        ),
        Written(1, "other_help", {"now": "no"}),
        Written(
            1,
            "hope",
            {"strengths": "We are good in a crisis.", "hope": "To like coming home again."},
        ),
        Written(
            1,
            "willing",
            {"hurt": "6", "willing": "8", "commitment": "8", "words": "Tired, not done."},
        ),
        Written(2, "brings", {"brings": QUOTE, "since": "The year of the renovation."}),
        Written(
            2,
            "concerns",
            {
                "pp_communication": "2",
                "pp_arguments": "3",
                "pp_distance": "1",
                "pp_unequal_effort": "3",
                "pp_recurring": "3",
            },
        ),
        Written(2, "stress", {"pp_work_stress": "3", "pp_money_stress": "2"}),
        Written(
            2,
            "background",
            {"hurts": "My parents never argued. One day my father was gone."},
            private=True,
        ),
    ),
    "Marta": (
        Written(1, "brings", {"brings": "I do not know whether I want to stay."}),
        Written(1, "concerns", {"pp_trust": "3", "pp_betrayal": "3", "pp_resentment": "3"}),
        Written(2, "brings", {"brings": "I want us back as we were."}),
        Written(2, "concerns", {"pp_trust": "1", "pp_distance": "3", "pp_resentment": "1"}),
    ),
}

NEW = 2
"""Couples that have come for no longer than so many weeks are still asked for their intake."""


class AgreementActs(CourseActs):
    """What is agreed, signed and written down at the beginning, and one permission later."""

    def _plan_agreements(self) -> None:
        first = self.members[0].first_name
        began = self.days[0]
        if first in REGIMES:
            self._act(self._at(began, time(19)), partial(self._choose_rule, REGIMES[first]))
            self._act(self._at(began, time(19, 10)), partial(self._sign_all, first))
        for member in self.members if self.story.weeks <= NEW else ():
            self._act(self._at(began, time(20, 50)), partial(self._ask_intake, member))
        for number, written in enumerate(INTAKES.get(first, ())):
            day = began + timedelta(days=1 + number % 4)
            self._act(self._at(day, time(21, number)), partial(self._write_intake, number, written))
        if first == "Ada":
            self._plan_passage(self.days[3])

    def _choose_rule(self, regime: Regime) -> None:
        secrets_policies.choose(
            actor=self.therapist,
            couple_id=self.couple_id,
            new_id=self._id("secrets"),
            regime=regime,
            chosen_on=clock.today(),
            told=[member.person_id for member in self.members],
        )

    def _sign_all(self, first: str) -> None:
        left = UNSIGNED.get(first, ())
        for place, member in enumerate(self.members, start=1):
            consents.ask(actor=self.therapist, couple_id=self.couple_id, person_id=member.person_id)
            for key, texts in agreement_texts.consent_texts().items():
                version = texts.current(clock.today())
                if version is None or (place, key) in left:
                    continue
                own_agreements.sign(
                    actor=member,
                    agreement_id=own_agreements.agreement_id_of(
                        self.couple_id, member.person_id, key
                    ),
                    version=version.version,
                    name=member.name,
                    agreed=True,
                )

    def _ask_intake(self, member: Actor) -> None:
        intake_record.ask(
            actor=self.therapist, couple_id=self.couple_id, person_id=member.person_id
        )

    def _write_intake(self, number: int, written: Written) -> None:
        member = self.members[written.member - 1]
        intake.save(
            actor=member,
            section_id=intake.section_id_of(self.couple_id, member.person_id, written.section),
            new_id=self._id(f"intake {number}"),
            raw=written.answers,
            audience=Audience.PRIVATE if written.private else Audience.THERAPIST,
        )

    def _plan_passage(self, day: date) -> None:
        """Ask Ben for one sentence, and use it; a second question still waits for Ada."""
        asked, source = self._id("permission"), self._id("intake 6")
        ben = self.members[1]
        self._act(
            self._at(day, time(20, 55)),
            lambda: permissions.ask(
                actor=self.therapist,
                kind=JointSource.INTAKE,
                source_id=source,
                new_id=asked,
                purpose="The sentence about the house. It would help us both to begin there.",
            ),
        )
        self._act(
            self._at(day + timedelta(days=1), time(7, 40)),
            lambda: own_permissions.answer(
                actor=ben, permission_id=asked, answer=Answer.YES, words="Only that one."
            ),
        )
        self._act(
            self._at(day + timedelta(days=1), time(17)),
            lambda: joint_passages.add(
                actor=self.therapist,
                kind=JointSource.INTAKE,
                source_id=source,
                new_id=self._id("passage"),
                text=QUOTE,
            ),
        )
        self._act(
            self._at(self.today, time(7)),
            lambda: permissions.ask(
                actor=self.therapist,
                kind=JointSource.INTAKE,
                source_id=self._id("intake 0"),
                new_id=self._id("permission open"),
                purpose="What you wrote about the steps of an evening, as the start of a goal.",
            ),
        )
