"""What the access log keeps of an address, and how its lines are told to people."""

from collections import Counter, deque
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from practice.domain.visibility import Kind

TOLD_TO_THEIR_AUTHOR: dict[Kind, str] = {
    Kind.RESPONSE: "answers to questions",
    Kind.HOMEWORK_ENTRY: "homework",
    Kind.GOAL_RATING: "how you rated a goal",
    Kind.INTAKE: "what you told at the beginning",
    Kind.SAFE_CONTACT: "how to reach you",
    Kind.CONSENT: "what you agreed to",
    Kind.AUTHORISATION: "what you allowed to be passed on",
}
"""Kinds of which a member is told who of the practice opened theirs, in words for them.

Nothing that could give away a screening, a risk flag or a plan for safety: somebody may be made to
open this page.
"""


def network_of(address: str) -> str:
    """Return the network of an address: the first 24 bits of IPv4, 48 of IPv6; empty if none."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    length = 24 if known.version == 4 else 48
    return str(ip_network(f"{known}/{length}", strict=False).network_address)


ACTS: dict[str, str] = {
    "couple": "the couple’s page",
    "care": "who treats them",
    "membership": "who belongs to it",
    "invitation": "invitations",
    "measure": "measures",
    "report": "reports",
    "access_log": "this list",
    "session": "sessions",
    "diary": "the diary",
    "joint_note": "joint notes",
    "member_note": "notes about one partner",
    "process_note": "a process note of their own",
    "problem": "what brings each of them",
    "goal": "goals",
    "goal_rating": "ratings of goals",
    "assignment": "homework",
    "homework_entry": "homework entries",
    "signature": "agreements between them",
    "agreement": "agreements between them",
    "promise_mark": "how promises went",
    "measure_request": "what was asked",
    "response": "answers to measures",
    "risk_flag": "answers to read at once",
    "event": "events",
    "agenda": "what each wants",
    "intake": "intake",
    "screening": "private questions",
    "clearance": "whether joint work is safe",
    "safety_plan": "safety plans",
    "safeguarding": "the safeguarding log",
    "safe_contact": "safe contact",
    "identity": "names",
}
"""Kinds and pages in words for staff; whatever is not here is told by its own name."""


def act_in_words(what: str) -> str:
    """Return what a line is about: ``joint notes``, ``joint notes: signed``, ``report: issued``."""
    about, _, act = what.partition(".")
    words = ACTS.get(about, about.replace("_", " "))
    return f"{words}: {act.replace('_', ' ').replace('.', ', ')}" if act else words


@dataclass(frozen=True, slots=True)
class ManyReads:
    """Somebody opened very many records in a short time."""

    began: datetime
    ended: datetime
    records: int


MANY = 30
"""So many different records ..."""

SHORT = timedelta(minutes=10)
"""... within so short a time are worth a question."""


def many_reads(reads: Sequence[tuple[datetime, Hashable]]) -> list[ManyReads]:
    """Return the times at which one person opened many different records, oldest first.

    Args:
        reads: When, and which record; in order of time.

    Returns:
        Each stretch in which at any moment ``MANY`` records had been opened within ``SHORT``;
        ``records`` counts all different ones of the stretch.
    """
    found: list[ManyReads] = []
    window: deque[tuple[datetime, Hashable]] = deque()
    counts: Counter[Hashable] = Counter()
    seen: set[Hashable] = set()
    for at, record in reads:
        window.append((at, record))
        counts[record] += 1
        while window[0][0] < at - SHORT:
            _, gone = window.popleft()
            counts[gone] -= 1
            if not counts[gone]:
                del counts[gone]
        if len(counts) < MANY:
            continue
        if found and found[-1].ended >= window[0][0]:
            seen |= counts.keys()
            found[-1] = ManyReads(found[-1].began, at, len(seen))
        else:
            seen = set(counts)
            found.append(ManyReads(window[0][0], at, len(seen)))
    return found
