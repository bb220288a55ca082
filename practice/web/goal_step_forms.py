"""Forms of a step about goals, built for the goals that are asked, or the places that are free."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired, Length

from practice.domain.goals import OWN_PROGRESS_ENDS, PROGRESS, PROGRESS_ENDS, AttainmentLevel
from practice.domain.people import Actor
from practice.domain.schedule import GoalTask
from practice.domain.visibility import Audience
from practice.services import goals
from practice.services.errors import Invalid
from practice.services.goals.hopes import HOPE_LIMIT
from practice.services.goals.steps import field_of
from practice.services.goals.values import AskedGoal, GoalStep
from practice.web.forms import add_errors
from practice.web.typed import KeepingMeta
from practice.web.words import readers_of


class GoalStepForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """What a step about goals asks; built by ``goal_step_form``."""

    class Meta(KeepingMeta):
        """What came too late is shown again."""

    step: GoalStep

    def rated(self) -> list[tuple[AskedGoal, Any, tuple[str, str]]]:
        """Return each goal with its field and the words for the ends of its scale."""
        return [
            (goal, self[field_of(goal.id)], PROGRESS_ENDS if goal.is_joint else OWN_PROGRESS_ENDS)
            for goal in self.step.goals
        ]

    def places(self) -> list[Any]:
        """Return the fields in which hopes are written."""
        return [self[f"hope_{one.place}"] for one in self.step.hopes if not one.is_fixed]

    def keep(self, actor: Actor) -> bool:
        """Keep what was entered; False where it needs another look. After it was found valid."""
        try:
            if self.step.task is GoalTask.WRITE:
                goals.write_hopes(actor=actor, step_id=self.step.step_id, words=self._words())
            else:
                goals.say(
                    actor=actor,
                    step_id=self.step.step_id,
                    values=self._values(),
                    audience=self._audience(),
                )
        except Invalid as problem:
            add_errors(self, problem)
            return False
        return True

    def _words(self) -> Mapping[int, str]:
        return {
            one.place: self[f"hope_{one.place}"].data or ""
            for one in self.step.hopes
            if not one.is_fixed
        }

    def _values(self) -> Mapping[UUID, int]:
        return {goal.id: int(self[field_of(goal.id)].data) for goal in self.step.goals}

    def _audience(self) -> Audience:
        chosen = self["audience"].data if "audience" in self else Audience.THERAPIST
        return Audience(chosen)


def goal_step_form(step: GoalStep) -> GoalStepForm:
    """Build the form of a step, with what stands there."""
    fields: dict[str, Any] = {field_of(goal.id): _rating(step.task, goal) for goal in step.goals}
    for one in step.hopes:
        if not one.is_fixed:
            fields[f"hope_{one.place}"] = TextAreaField(
                f"{_ORDINALS[one.place]} thing",
                default=one.words,
                validators=[
                    Length(max=HOPE_LIMIT, message=f"There is room for {HOPE_LIMIT} characters.")
                ],
            )
    if step.others:
        fields["audience"] = RadioField(
            "Who may see where you are with the goals you share?",
            choices=[
                SelectChoice(
                    audience.value,
                    readers_of(audience, step.readers.therapist, list(step.others)),
                )
                for audience in (Audience.THERAPIST, Audience.COUPLE)
            ],
            default=Audience.THERAPIST.value,
            validators=[InputRequired("Choose who may see it.")],
        )
    built: type[GoalStepForm] = type("BuiltGoalStepForm", (GoalStepForm,), {**fields, "step": step})
    return built()


_ORDINALS = {1: "One", 2: "A second", 3: "A third"}


def _rating(task: GoalTask, goal: AskedGoal) -> RadioField:
    if task is GoalTask.PROGRESS:
        return RadioField(
            goal.title,
            choices=[SelectChoice(str(value), str(value)) for value in PROGRESS],
            validators=[InputRequired("Choose a number from 0 to 10.")],
            invalid_choice_message="Choose a number from 0 to 10.",
        )
    return RadioField(
        goal.title,
        choices=[
            SelectChoice(str(int(level)), text)
            for level, text in zip(AttainmentLevel, goal.levels, strict=True)
        ],
        validators=[InputRequired("Choose one of the five levels.")],
        invalid_choice_message="Choose one of the five levels.",
    )
