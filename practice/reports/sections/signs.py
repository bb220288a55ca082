"""Signs of strain: each by itself, first and latest, for each person apart."""

from practice.reports.blocks import Block, Note, Paragraph, Table
from practice.reports.findings import BoardFinding, Findings
from practice.reports.words import day, share

ORDER = 77
TITLE = "Signs to watch"


def build(findings: Findings) -> list[Block]:
    """Return a sentence and a table for each person whose signs are in this edition."""
    blocks: list[Block] = [
        Note(notice) for notice in dict.fromkeys(one.notice for one in findings.boards)
    ]
    for found in findings.boards:
        name = findings.label(found.position)
        blocks += [Paragraph(_sentence(name, found)), _table(name, found)]
    return blocks


def _sentence(name: str, found: BoardFinding) -> str:
    board = found.board
    there = f"{name} answered “{board.often}” or more for"
    latest = f"{share(board.there_latest, len(board.signs))} signs on {day(board.latest_on)}"
    if board.count == 1:
        return f"{there} {latest}."
    first = f"{share(board.there_first, len(board.signs))} signs on {day(board.first_on)}"
    return f"{there} {first}, and for {latest}. This counts signs; it is not a score."


def _table(name: str, found: BoardFinding) -> Table:
    return Table(
        caption=f"{found.title}: {name}",
        header=("Sign", "First", "Latest", "How often now"),
        rows=tuple(
            (sign.title, sign.first, sign.latest, sign.movement.words if sign.movement else "–")
            for sign in found.board.signs
        ),
        widths=(40, 20, 20, 20),
    )
