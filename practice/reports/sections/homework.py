"""Homework: what was given, and how much of it was done."""

from collections.abc import Sequence

from practice.domain.homework.terms import GivenTo
from practice.domain.statistics import SMALLEST_N_FOR_PERCENT
from practice.reports.blocks import Block, Note, Paragraph, Table, in_parts
from practice.reports.findings import DoneFinding, Findings, HomeworkFinding
from practice.reports.words import capital, count, day, listed, percent, share, short_day

ORDER = 60
TITLE = "Homework"

ROWS_IN_A_TABLE = 6


def build(findings: Findings) -> list[Block]:
    """Return the assignments in tables that fit on a page each."""
    given = findings.homework
    if not given:
        return []
    blocks: list[Block] = [Paragraph(_sentence(findings))]
    for part in in_parts(given, ROWS_IN_A_TABLE):
        blocks.append(
            Table(
                caption=_caption(findings, part),
                header=("What was given", "When", *(p.label for p in findings.people)),
                rows=tuple(_row(findings, homework) for homework in part),
                widths=_WIDTHS.get(len(findings.people), ()),
            )
        )
    return [*blocks, Note(_counted(findings))]


_WIDTHS = {1: (40, 35, 25), 2: (35, 25, 20, 20), 3: (30, 25, 15, 15, 15)}
"""By the number of people; more than three share the page alike."""


def _sentence(findings: Findings) -> str:
    given = len(findings.homework)
    text = f"{capital(count(given, 'task'))} {'was' if given == 1 else 'were'} given."
    counted = [person for person in findings.homework_in_all if person.done.due]
    if not counted:
        return text
    if findings.is_joint:
        # What is open to all is not what was done: no "did", and no share that reads like it.
        return f"{text} {open_entries(findings)} {NOT_ADHERENCE}"
    said = [
        f"{findings.label(person.position)} did {share(person.done.done, person.done.due)} due"
        f" ({_rate(person)}, on {count(person.done.days_active, 'day')})"
        for person in counted
    ]
    return f"{text} {listed(said)}."


NOT_ADHERENCE = (
    "That is what everybody may read, not how much was done: whoever writes more for themselves "
    "has done more than stands here."
)


def open_entries(findings: Findings) -> str:
    """Say, for the joint edition, for how many occasions an entry is open to everybody."""
    said = [
        f"{findings.label(person.position)} {share(person.done.done, person.done.due)}"
        for person in findings.homework_in_all
        if person.done.due
    ]
    return f"Occasions with an entry open to everybody, of those due: {listed(said)}."


def _caption(findings: Findings, part: Sequence[HomeworkFinding]) -> str:
    first, last = day(part[0].starts_on), day(part[-1].starts_on)
    given = f"given on {first}" if first == last else f"given from {first} to {last}"
    what = "with an entry open to everybody" if findings.is_joint else "done"
    return f"Occasions {what}, of those due; {given}"


def _rate(person: DoneFinding) -> str:
    done, due = person.done.done, person.done.due
    if due < SMALLEST_N_FOR_PERCENT:
        return "too few for a percentage"
    return percent(done, due)


def _row(findings: Findings, homework: HomeworkFinding) -> tuple[str, ...]:
    serves = f", for “{homework.serves}”" if homework.serves else ""
    return (
        f"{homework.title}, {homework.how_often}{serves}",
        _when(homework),
        *(_cell(homework, person.position) for person in findings.people),
    )


def _when(homework: HomeworkFinding) -> str:
    last = homework.retired_on or homework.due_on
    ended = " (ended early)" if homework.retired_on else ""
    return f"{short_day(homework.starts_on)} to {short_day(last)}{ended}"


def _cell(homework: HomeworkFinding, position: int) -> str:
    if position not in homework.receivers:
        return "not asked"
    if not homework.entries_readable:
        return "not counted here"
    done = next(found.done for found in homework.done if found.position == position)
    if not done.due:
        return "not due yet"
    return share(done.done, done.due) + (
        ", together" if homework.given_to is GivenTo.TOGETHER else ""
    )


def _counted(findings: Findings) -> str:
    if not findings.is_joint:
        whose = (
            "Counted from the entries the therapist may read. “Not counted here”: entries are kept "
            "by whoever writes them."
        )
    else:
        whose = (
            "Tasks that were given to everybody. “Not counted here”: by agreement, entries are "
            "not read by everybody."
        )
    return (
        f"{whose} A part of a task counts as done. An occasion is due once its last day is over, "
        "or as soon as it is done."
    )
