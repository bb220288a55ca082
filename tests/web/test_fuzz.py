"""Hostile form posts: every form of the program, filled in as nobody would. No fault, no hang."""

import random
import time
from typing import Any
from uuid import uuid4

import html5lib
import pytest

from tests.world import World

POSTS = 40
"""Posts per person in one run of the tests; raise it for a long run."""

AS_THEY_WERE = 60
"""Posts before the pages are read again: what was posted changes what is there."""

LONGEST_SECONDS = 5.0
XHTML = "{http://www.w3.org/1999/xhtml}"

HOSTILE = (
    "",
    " ",
    "\0",
    "a\0b",
    "\x01\x02\x1b[31m",
    "\ufeff\u202egnp.exe\u2066",
    "\N{FAMILY}" * 50,
    "e\u0301" * 200,
    "\U0010ffff",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}{% include 'x' %}",
    "'; DROP TABLE person; --",
    "%s%n%00",
    "../../../../etc/passwd",
    "x" * 100_000,
    "\n" * 5_000,
    "0",
    "-1",
    "9" * 30,
    "9" * 6_000,
    str(2**31),
    str(2**63),
    "-" + str(2**63 + 1),
    "1e999",
    "NaN",
    "\N{FULLWIDTH DIGIT ONE}",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "10000-01-01",
    "24:61",
    "00:00",
    "not-a-uuid",
    "00000000-0000-0000-0000-000000000000",
    "therapist",
    "couple",
    "private",
    "None",
)

STARTS = {
    "tess": (
        "/",
        "/couples/new",
        "/couples/{couple}",
        "/couples/{couple}/edit",
        "/couples/{couple}/endings",
        "/couples/{couple}/people/new",
        "/couples/{couple}/people/{guest}/end",
        "/couples/{couple}/homework/new?worksheet=gratitude",
        "/couples/{couple}/homework/new?worksheet=quality_time",
        "/couples/{couple}/goals/new",
        "/couples/{couple}/measures/new",
        "/couples/{couple}/sessions/new",
        "/goals/{goal}",
        "/goals/{goal_unrated}/edit",
        "/sessions/{session}",
        "/sessions/{session_ben}",
        "/sessions/{session_next}/edit",
        "/sessions/{session_ben}/notes/joint/sign",
        "/assignments/{task}",
        "/assignments/{task}/smaller",
        "/asked/{time_asked_ada}",
        "/couples/{couple}/letters/together",
        "/couples/{couple}/resources",
        "/settings/resources/new",
        "/settings/worksheets/new",
        "/account/calendar",
        "/account/password",
        "/account/one-time-code",
        "/account/confirm",
    ),
    "ben": (
        "/my/homework/{task}",
        "/my/homework/{task_ben}",
        "/my/homework/{task_shared}",
        "/my/homework/{task_shared}/how-it-was",
        "/my/homework/entries/{entry_agreement}/sign",
        "/my/homework/entries/{entry_promises}/lines/promises/1",
        "/my/journal/new",
        "/my/letters/{thread_all}",
        "/my/reminders",
        "/my/time/{time_ben}",
        "/my/goals/{goal}",
        "/my/goals/{goal_ben}",
        "/my/questions/{request_ben}",
        "/my/answers",
        "/account/security",
        "/account/password",
    ),
    "nobody": ("/account/sign-in", "/account/invitation/{token}"),
}

LEFT_OUT = ("/account/sign-out", "/account/leave", "/reports/couples/")
"""What would end the run; and issuing, whose form has one choice and which takes a second."""


@pytest.mark.parametrize("name", STARTS)
def test_no_post_makes_the_program_fail_or_hang(world, sign_in, name):
    chance = random.Random(f"{name} 1")  # for tests
    browser = sign_in(getattr(world.cast, name) if name != "nobody" else None)
    faults, answers = [], []
    forms = []
    for number in range(POSTS):
        if number % AS_THEY_WERE == 0:
            forms = [form for page in _pages(world, name) for form in _forms(browser, page)]
        action, form = forms[number % len(forms)]
        hostile = _spoilt(_contents(form, chance), chance)
        begun = time.monotonic()
        try:
            status = _send(browser, action, hostile)
        except Exception as fault:  # to name every one of them
            status = 500
            faults.append(f"{action}: {type(fault).__name__} {str(fault)[:300]} {_short(hostile)}")
        answers.append(status)
        if time.monotonic() - begun > LONGEST_SECONDS:
            faults.append(f"{action} took too long: {_short(hostile)}")
        if status >= 500:
            faults.append(f"{action}: {status} {_short(hostile)}")
    assert not faults, "\n".join(faults)
    assert {422, 303} & set(answers), "nothing was ever read: the posts went to no form"


def _pages(world: World, name: str) -> list[str]:
    ids = world.ids | {"couple": world.cast.couple}
    return [path.format(**ids, token=world.token) for path in STARTS[name]]


def _send(browser, action: str, data: dict[str, Any]) -> int:
    answer = browser.client.post(action, data=data, environ_base={"REMOTE_ADDR": browser.address})
    status = answer.status_code
    if 300 <= status < 400 and answer.location:
        # What was taken must be fit to be shown again.
        shown = browser.client.get(answer.location, environ_base={"REMOTE_ADDR": browser.address})
        status = max(status, shown.status_code if shown.status_code >= 500 else 0)
    return status


def _forms(browser, page: str) -> list[tuple[str, Any]]:
    """Return the forms of a page with the addresses they go to."""
    answer = browser.client.get(page, environ_base={"REMOTE_ADDR": browser.address})
    assert answer.status_code < 500, page
    if answer.status_code != 200:
        return []
    return [
        (form.get("action") or page, form)
        for form in html5lib.parse(answer.text).iter(f"{XHTML}form")
        if form.get("method", "").lower() == "post"
        and not any(part in (form.get("action") or page) for part in LEFT_OUT)
    ]


def _contents(form: Any, chance: random.Random) -> dict[str, list[str]]:
    """Return what somebody might send with a form."""
    data: dict[str, list[str]] = {}
    for part in form.iter():
        name = part.get("name") if isinstance(part.tag, str) else None
        optional = part.get("type") in {"radio", "checkbox", "submit"}
        if name and (not optional or name not in data or chance.random() < 0.5):
            data[name] = [_value(part, name, chance)]
    return data


def _value(part: Any, name: str, chance: random.Random) -> str:
    kind = part.tag.removeprefix(XHTML)
    if name.endswith("new_id"):
        return str(uuid4())
    if kind == "select":
        return chance.choice([one.get("value") or "" for one in part.iter(f"{XHTML}option")])
    if kind == "textarea":
        return "".join(part.itertext()).strip() or "Words."
    return part.get("value") or _plausible(part.get("type"))


def _plausible(kind: str | None) -> str:
    return {"date": "2026-11-01", "time": "10:00", "number": "3"}.get(kind or "", "A word")


def _spoilt(data: dict[str, list[str]], chance: random.Random) -> dict[str, list[str]]:
    """Return a copy in which one to three fields are hostile, doubled, missing or invented."""
    spoilt = {name: list(values) for name, values in data.items()}
    fields = [name for name in spoilt if name != "csrf_token"] or ["nothing"]
    for _ in range(chance.randint(1, 3)):
        name = chance.choice(fields)
        act = chance.random()
        if act < 0.7:
            spoilt[name] = [chance.choice(HOSTILE)]
        elif act < 0.8:
            spoilt.pop(name, None)
        elif act < 0.9:
            spoilt[name] = [*spoilt.get(name, []), *chance.sample(HOSTILE, 2)]
        else:
            spoilt[f"{name}-99999999999-{chance.choice('xy')}"] = [chance.choice(HOSTILE)]
            spoilt[f"{name}[]"] = [str(uuid4())]
    return spoilt


def _short(data: dict[str, list[str]]) -> str:
    return str({name: [v[:40] for v in values] for name, values in data.items() if name[0] != "c"})
