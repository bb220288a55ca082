"""A worksheet as a partner would find it, before anybody is given it. Nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from practice.db import db
from practice.domain.homework.definition import Template
from practice.domain.homework.sharing import rules_for
from practice.domain.homework.terms import Frequency, GivenTo
from practice.domain.people import Actor, Reader, Standing
from practice.domain.visibility import Audience
from practice.models.goals import Goal
from practice.models.homework import Assignment, AssignmentReceiver
from practice.services import access, clock
from practice.services.badges import carers_in_words
from practice.services.errors import Invalid, NotFound
from practice.services.homework.portal import as_receiver
from practice.services.homework.rows import Given
from practice.services.homework.values import PortalAssignment
from practice.services.people import Member, current_members

ANYBODY = ("You", "your partner")
"""Who stands on a preview from the library, where there is no couple."""

_RUN = timedelta(days=13)
"""How long a preview from the library runs: two weeks, first and last day included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an assignment would be."""

    template: Template
    given_to: GivenTo
    person_id: UUID | None = None
    """The one member, for ``GivenTo.ONE`` alone."""

    person_ids: frozenset[UUID] | None = None
    """Of three or more, those who do it each or together; None: all of them."""

    frequency: Frequency
    times_per_week: int = 1
    starts_on: date
    due_on: date
    audience: Audience
    instructions: str = ""
    goal_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """The page of one partner."""

    sheet: PortalAssignment
    name: str
    """First name of whoever would see it so."""


def draft_preview(*, actor: Actor, couple_id: UUID, draft: Draft) -> Preview:
    """Return the page as the member it is for would find it, or the first of them.

    Raises:
        NotFound: if the couple is not in the actor's care.
        Invalid: naming ``whom``, where nobody would be given it.
    """
    access.require_treating(actor, couple_id)
    members = current_members(couple_id)
    receivers = _receivers(members, draft)
    if not receivers:
        raise Invalid({"whom": "Choose somebody who is a member of the couple now."})
    goal = db.session.get(Goal, draft.goal_id) if draft.goal_id else None
    if goal is not None and goal.couple_id != couple_id:
        raise NotFound
    reader = Reader(receivers[0].person_id, couple_id, Standing.MEMBER)
    given = Given(_row(actor, couple_id, draft, receivers), goal)
    sheet = as_receiver(reader, given, members, carers_in_words(couple_id))
    return Preview(_writable(sheet), receivers[0].first_name)


def library_preview(*, actor: Actor, template: Template, given_to: GivenTo) -> PortalAssignment:
    """Return the page as it is proposed in the library, for nobody in particular."""
    today = clock.today()
    members = tuple(
        Member(uuid4(), name, name, position, today, None) for position, name in enumerate(ANYBODY)
    )
    draft = Draft(
        template=template,
        given_to=given_to,
        frequency=template.frequency,
        times_per_week=template.times_per_week,
        starts_on=today,
        due_on=today + _RUN,
        audience=_fitting(template, given_to),
    )
    couple_id = uuid4()
    receivers = list(members[:1] if given_to is GivenTo.ONE else members)
    reader = Reader(members[0].person_id, couple_id, Standing.MEMBER)
    given = Given(_row(actor, couple_id, draft, receivers), None)
    sheet = as_receiver(reader, given, members, "your therapist")
    alone = given_to is GivenTo.ONE
    badge = "You and your therapist" if alone else "You, your therapist and your partner"
    return _writable(replace(sheet, task=replace(sheet.task, badge=badge)))


def _receivers(members: Sequence[Member], draft: Draft) -> list[Member]:
    if draft.given_to is GivenTo.ONE:
        return [one for one in members if one.person_id == draft.person_id]
    asked = draft.person_ids
    return [one for one in members if asked is None or one.person_id in asked]


def _fitting(template: Template, given_to: GivenTo) -> Audience:
    """Return the proposed rule where it is one for that many, else the therapist's."""
    proposed = template.default_audience
    return proposed if proposed in rules_for(given_to) else Audience.THERAPIST


def _row(actor: Actor, couple_id: UUID, draft: Draft, receivers: list[Member]) -> Assignment:
    """Return a row that is never added to the database."""
    row = Assignment(
        id=uuid4(),
        couple_id=couple_id,
        template_key=draft.template.key,
        template_version=draft.template.version,
        given_by=actor.person_id,
        given_to=draft.given_to,
        frequency=draft.frequency,
        times_per_week=draft.times_per_week,
        audience=draft.audience,
        starts_on=draft.starts_on,
        due_on=draft.due_on,
    )
    row.instructions = draft.instructions
    row.receivers = [AssignmentReceiver(person_id=one.person_id) for one in receivers]
    return row


def _writable(sheet: PortalAssignment) -> PortalAssignment:
    """Return the page with a day to write about, also where the task begins later."""
    return replace(sheet, days=sheet.days or (clock.today(),))
