"""Sessions, and who attended them."""

from collections.abc import Sequence

from practice.domain.sessions import Attendance, SessionStatus
from practice.domain.words import lower_first
from practice.reports.blocks import Block, Note, Paragraph, Table, in_parts
from practice.reports.findings import AttendanceFinding, Findings, SessionFinding
from practice.reports.words import capital, count, day, kept, share, short_day

ORDER = 80
TITLE = "Sessions and attendance"

ROWS_IN_A_TABLE = 12


def build(findings: Findings) -> list[Block]:
    """Return attendance for each member, then the sessions one by one."""
    if not findings.sessions and not findings.planned_sessions:
        return []
    blocks: list[Block] = [Paragraph(_sentence(findings))]
    if findings.sessions:
        blocks += [_rates(findings), Note(_COUNTED), *_lists(findings)]
    return blocks


_COUNTED = (
    "Attended of n: n are the sessions that were to take place with this person. A session "
    "cancelled in time is in neither number and stands beside them; a late cancellation and a "
    "session not attended are in n."
)


def _sentence(findings: Findings) -> str:
    held = sum(session.status is SessionStatus.HELD for session in findings.sessions)
    kind = "conjoint session" if findings.is_joint else "session"
    text = f"{capital(count(held, kind))} took place in this period."
    if findings.planned_sessions:
        text += f" {capital(count(findings.planned_sessions, 'more', 'more'))} planned."
    if findings.is_joint:
        text += " This edition counts only sessions that were meant for everybody."
    return text


def _rates(findings: Findings) -> Table:
    return Table(
        caption="Attendance of each person",
        header=(
            "Person",
            "Attended of n",
            "of these late",
            "Cancelled in time",
            "Late cancellation",
            "Did not attend",
        ),
        rows=tuple(_rate_row(findings, person) for person in findings.attendance),
        numeric=(1, 2, 3, 4, 5),
        widths=(20, 15, 15, 15, 20, 15),
    )


def _rate_row(findings: Findings, person: AttendanceFinding) -> tuple[str, ...]:
    return (
        findings.label(person.position),
        share(person.rate.attended, person.rate.n),
        str(person.late),
        str(person.rate.cancelled),
        str(person.late_cancellations),
        str(person.did_not_attend),
    )


def _lists(findings: Findings) -> list[Block]:
    count = len(findings.people)
    return [
        Table(
            caption=_from_to(part),
            header=("Date", "Session", *(person.label for person in findings.people)),
            rows=tuple(_session_row(findings, session) for session in part),
            widths=_WIDTHS.get(count, ()),
        )
        for part in in_parts(findings.sessions, ROWS_IN_A_TABLE)
    ]


_WIDTHS = {1: (20, 40, 40), 2: (20, 30, 25, 25)}
"""By the number of people; more than two share the page alike."""


def _from_to(part: Sequence[SessionFinding]) -> str:
    first, last = day(part[0].on), day(part[-1].on)
    return f"Session of {first}" if len(part) == 1 else f"Sessions from {first} to {last}"


def _session_row(findings: Findings, session: SessionFinding) -> tuple[str, ...]:
    written = dict(session.attendance)
    return (
        short_day(session.on),
        _what(findings, session),
        *(_cell(written, person.position) for person in findings.people),
    )


def _what(findings: Findings, session: SessionFinding) -> str:
    where = session.format.label
    if session.seen_alone is not None:
        where = f"With {findings.label(session.seen_alone)} alone, {lower_first(where)}"
    if session.status is SessionStatus.CANCELLED:
        return f"{where}; cancelled"
    return f"{where}, {kept(f'{session.minutes} min')}"


def _cell(written: dict[int, Attendance | None], position: int) -> str:
    if position not in written:
        return "–"
    attendance = written[position]
    return "not written down" if attendance is None else attendance.label
