"""A couple's homework as the treating therapist sees it."""

from datetime import date, timedelta
from uuid import UUID

from practice.db import db
from practice.domain.adherence import adherence
from practice.domain.homework.terms import Frequency, GivenTo, Outcome
from practice.domain.people import Actor, Reader
from practice.models.homework import Assignment, HomeworkEntry
from practice.services import access, clock
from practice.services.badges import seen_by
from practice.services.errors import NotFound
from practice.services.homework import rows
from practice.services.homework.facts import facts_of_entries
from practice.services.homework.life import life_of, whom_in_words
from practice.services.homework.reviews import reviews_of
from practice.services.homework.rows import Given
from practice.services.homework.running import rest_of
from practice.services.homework.values import (
    AssignmentCard,
    AssignmentPage,
    CoupleHomework,
    EntryDays,
    EntryPage,
    EntryView,
    Figure,
)
from practice.services.homework.views import views_of
from practice.services.paging import paging
from practice.services.people import Member, members_of, title_of

_LATEST = 3

DAYS_SHOWN = 56
"""Days of an assignment that are drawn, the newest ones: eight weeks."""


def couple_homework(*, actor: Actor, couple_id: UUID) -> CoupleHomework:
    """Return every assignment with done of due per person and its newest entries.

    Four statements, whatever the number of entries.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    reader = access.require_treating(actor, couple_id)
    members = members_of(couple_id)
    assignments, entries = rows.of_couple(couple_id)
    cards = [_card(reader, one, entries.get(one.row.id, []), members) for one in assignments]
    return CoupleHomework(
        couple_id,
        running=tuple(card for card in cards if card.is_running),
        earlier=tuple(card for card in cards if not card.is_running),
    )


def assignment_page(*, actor: Actor, assignment_id: UUID, page: int = 1) -> AssignmentPage:
    """Return one assignment with what was written for its readers, newest first.

    Raises:
        NotFound: if there is no such assignment in the actor's care.
    """
    row = db.session.get(Assignment, assignment_id)
    if row is None:
        raise NotFound
    reader = access.require_treating(actor, row.couple_id)
    members = members_of(row.couple_id)
    (assignment,) = rows.given(Assignment.id == assignment_id)
    entries = rows.entries_of([assignment_id], content=True).get(assignment_id, [])
    facts = facts_of_entries(row, entries, members)
    seen = access.visible(reader, entries, facts=facts)
    pages = paging(len(seen), page, rows.ENTRIES_A_PAGE)
    by_id = {member.person_id: member for member in members}
    views = tuple(
        EntryView(
            rows.line_of(reader, entry, facts(entry), by_id),
            assignment.template.summary(entry.content),
        )
        for entry in seen[pages.part]
    )
    return AssignmentPage(
        card=_card(reader, assignment, entries, members),
        couple_id=row.couple_id,
        couple_name=title_of(members),
        instructions=row.instructions,
        life=life_of(reader, assignment, members),
        page=EntryPage(views, pages.number, pages.count),
        days=_days_of(assignment, seen, members),
        views=views_of(reader, [assignment_id], members).get(assignment_id, ()),
        reviews=reviews_of(reader).get(assignment_id, ()),
        in_todays_words=assignment.template.version != row.template_version,
    )


def _card(
    reader: Reader, assignment: Given, entries: list[HomeworkEntry], members: tuple[Member, ...]
) -> AssignmentCard:
    row, template = assignment.row, assignment.template
    facts = facts_of_entries(row, entries, members)
    seen = access.visible(reader, entries, facts=facts)
    today = clock.today()
    receivers = tuple(one for one in members if one.person_id in assignment.receiver_ids)
    figures = _figures(assignment, seen, receivers, today)
    by_id = {member.person_id: member for member in members}
    return AssignmentCard(
        id=row.id,
        template_key=row.template_key,
        template_version=row.template_version,
        title=template.title,
        given_to=row.given_to,
        receivers=receivers,
        how_often=rows.how_often(row),
        audience=row.audience,
        badge=seen_by(reader, row.facts),
        whom=whom_in_words(row, members),
        rest=rest_of(row),
        starts_on=row.starts_on,
        due_on=row.due_on,
        retired_on=row.retired_on,
        is_running=_is_running(assignment, figures, today),
        goal_id=row.goal_id,
        goal_title=assignment.goal.title if assignment.goal else "",
        figures=figures,
        latest=tuple(rows.line_of(reader, one, facts(one), by_id) for one in _newest(seen)),
    )


def _days_of(
    assignment: Given, seen: list[HomeworkEntry], members: tuple[Member, ...]
) -> tuple[EntryDays, ...]:
    """Return how each day went; nothing before its first day, or of what is done once.

    Of several entries for one day the most that was done stands, as in "done of due".
    """
    row = assignment.row
    last = min(clock.today(), row.due_on, row.retired_on or row.due_on)
    first = max(row.starts_on, last - timedelta(days=DAYS_SHOWN - 1))
    if row.frequency is Frequency.ONCE or last <= first:
        return ()
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    together = row.given_to is GivenTo.TOGETHER
    found = []
    for member in [None] if together else members:
        if member is not None and member.person_id not in assignment.receiver_ids:
            continue
        own = [one for one in seen if member is None or one.author_id == member.person_id]
        went = {one.for_day: one.outcome for one in sorted(own, key=_least_done_first)}
        found.append(EntryDays(member, tuple(went.get(day) for day in days), first, last))
    return tuple(found)


def _least_done_first(entry: HomeworkEntry) -> int:
    return -list(Outcome).index(entry.outcome)


def _newest(seen: list[HomeworkEntry]) -> list[HomeworkEntry]:
    return sorted(seen, key=lambda entry: entry.submitted_at, reverse=True)[:_LATEST]


def _figures(
    assignment: Given, seen: list[HomeworkEntry], receivers: tuple[Member, ...], today: date
) -> tuple[Figure, ...]:
    """Count done of due, over what the reader may see and nothing else."""
    done = [entry for entry in seen if entry.outcome.counts_as_done]
    if assignment.row.given_to is GivenTo.TOGETHER:
        between_them = adherence(assignment.schedule, [one.for_day for one in done], today)
        return (Figure(None, between_them),)
    return tuple(
        Figure(
            member,
            adherence(assignment.schedule, _days(done, member.person_id), today),
        )
        for member in receivers
    )


def _days(entries: list[HomeworkEntry], author_id: UUID) -> list[date]:
    return [entry.for_day for entry in entries if entry.author_id == author_id]


def _is_running(assignment: Given, figures: tuple[Figure, ...], today: date) -> bool:
    if not assignment.is_running(today):
        return False
    everybody_did_it = all(figure.adherence.done for figure in figures)
    is_once = assignment.row.frequency is Frequency.ONCE
    return not (is_once and everybody_did_it and assignment.row.due_on < today)
