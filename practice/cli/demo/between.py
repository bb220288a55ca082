"""What the first couple agreed, promised and hung up between them."""

from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from functools import partial
from uuid import UUID

from practice.cli.demo.teller import Teller
from practice.domain.homework.promises import PromiseWord
from practice.domain.homework.registry import get_template
from practice.domain.homework.terms import GivenTo
from practice.domain.people import Actor
from practice.domain.visibility import Audience
from practice.services import homework

_SIGNALS = "Pause button.\nCan we start over?\nA hand on the table, palm up.\nI am on your side."
_AGREED = "We say in the morning when one of us comes home late.\nNo quarrel after ten at night."
_TOLD = "On Sunday evening we go through the week.\nMessages from the old team, the same day."


def plan_between(teller: Teller) -> None:
    """Plan a card, an agreement that holds, one that is proposed, and promises."""
    first, second = teller.members[:2]
    start = teller.days[-6]
    _write(teller, "repair_signals", first, start, {"signals": _SIGNALS})
    agreed = _write(
        teller,
        "boundary_agreement",
        first,
        start,
        {
            "lines": _AGREED,
            "if_not": "Say so the same evening.",
            "review_on": (teller.today + timedelta(days=18)).isoformat(),
        },
    )
    for days, member in ((4, second), (5, first)):
        _later(teller, start, days, partial(_sign, member, agreed))
    proposed = _write(
        teller,
        "transparency_agreement",
        second,
        teller.days[-3],
        {
            "told": _TOLD,
            "when": "weekly",
            "review_on": (teller.today + timedelta(days=60)).isoformat(),
        },
    )
    _later(teller, teller.days[-3], 3, partial(_sign, second, proposed))
    _promise(teller, second, first, start)


def _promise(teller: Teller, maker: Actor, other: Actor, start: date) -> None:
    due = start + timedelta(days=6)
    lines = [
        {"what": "Ring the plumber", "day": due.isoformat()},
        {"what": "Be home by six on Thursday", "day": due.isoformat()},
    ]
    entry = _write(teller, "promises", maker, start, {"promises": lines})
    for days, who, line, word in (
        (5, maker, "1", PromiseWord.KEPT),
        (6, maker, "2", PromiseWord.PARTLY),
        (6, other, "1", PromiseWord.KEPT),
    ):
        _later(teller, start, days, partial(_say, teller, who, entry, line, word, start, days))


def _write(teller: Teller, key: str, author: Actor, start: date, raw: Mapping[str, object]) -> UUID:
    template = get_template(key)
    together = template.for_whom is GivenTo.TOGETHER
    task, entry = teller._id(f"between {key}"), teller._id(f"between {key} entry")
    _later(
        teller,
        start,
        1,
        partial(
            homework.assign,
            actor=teller.therapist,
            couple_id=teller.couple_id,
            new_id=task,
            template_key=key,
            given_to=GivenTo.TOGETHER if together else GivenTo.EACH,
            frequency=template.frequency,
            starts_on=start + timedelta(days=1),
            due_on=start + timedelta(days=8),
            audience=Audience.COUPLE,
        ),
    )
    _later(
        teller,
        start,
        2,
        partial(
            homework.record_entry,
            actor=author,
            assignment_id=task,
            new_id=entry,
            for_day=start + timedelta(days=2),
            raw={"outcome": "done", "quality": "7", **raw},
            audience=Audience.COUPLE,
        ),
    )
    return entry


def _later(teller: Teller, start: date, days: int, run: Callable[[], object]) -> None:
    teller._act(teller._at(start + timedelta(days=days), time(20, 15)), run)


def _sign(member: Actor, entry_id: UUID) -> None:
    found = homework.portal_agreement(actor=member, entry_id=entry_id)
    if found is not None:
        homework.sign(
            actor=member, entry_id=entry_id, digest=found.digest, name=member.name, agreed=True
        )


def _say(
    teller: Teller,
    who: Actor,
    entry_id: UUID,
    line: str,
    word: PromiseWord,
    start: date,
    days: int,
) -> None:
    homework.say(
        actor=who,
        entry_id=entry_id,
        new_id=teller._id(f"said {entry_id} {who.person_id} {line}"),
        block_key="promises",
        line_key=line,
        word=word,
        on_day=start + timedelta(days=days),
        audience=Audience.COUPLE,
    )
