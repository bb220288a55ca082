"""A marked word in every private field; every page and every PDF, read as every person."""

import itertools
import re

from practice.services.own_entries import EntryKind
from tests.crawler import crawl
from tests.reports.pdf_checks import text_of
from tests.world import ALL, World

PEOPLE = (
    "tess",
    "toni",
    "otto",
    "sue",
    "rita",
    "olga",
    "ada",
    "ben",
    "finn",
    "cleo",
    "dan",
    "nobody",
)
OUTSIDE = {"otto", "rita", "olga", "cleo", "dan", "nobody"}
"""Who has no part in the couple: of each kind of address they try one, as in the access matrix."""

STAFF = {"tess", "toni", "sue"}
"""Who of the others is refused in the portal, as its partners are outside it, by role, whatever
the id: there, too, they try one address of each kind."""

APART = (
    "processnote",
    "oldprocess",
    "eventtess",
    "private",
    "screen",
    "draft",
    "unsaved",
    "lookfor",
)
"""Parts of the words that a co-therapist never comes across: what one therapist keeps for
themselves, what a member keeps from both, and what is for the lead alone."""

SUPERVISED = (
    "jointnote",
    "section",
    "responseada",
    "responseben",
    "aboutada",
    "aboutben",
    "individualnote",
    "addendum",
    "clearance",
    "guard",
)
"""Parts of the words that a supervisor may come across: signed notes, decisions on safety."""

OWNED = ("requester",)
"""Parts of the words that whoever runs the practice may come across: who asks for a record."""
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
WORD = re.compile(r"canary\d+[a-z]+")


def test_nobody_comes_across_a_word_that_is_not_for_them(app, world, sign_in):
    found = {name: _everything(app, world, sign_in, name) for name in PEOPLE}

    leaks = [
        f"{name} reads {canary.word} on {found[name][canary.word]}"
        for canary in world.canaries
        for name in PEOPLE
        if name not in _readers(canary) and canary.word in found[name]
    ]
    assert not leaks

    lost = [
        f"{name} finds {canary.word} nowhere"
        for canary in world.canaries
        for name in canary.finders | (_co_therapist(canary) if canary.finders else set())
        if canary.word not in found[name]
    ]
    assert not lost, "a word that its reader cannot find proves nothing"


def _readers(canary) -> set[str]:
    supervised = any(part in canary.word for part in SUPERVISED)
    owned = any(part in canary.word for part in OWNED)
    return (
        canary.readers
        | _co_therapist(canary)
        | ({"sue"} if supervised else set())
        | ({"olga"} if owned else set())
    )


def _co_therapist(canary) -> set[str]:
    """Toni reads and finds what Tess does, but for what is apart."""
    apart = any(part in canary.word for part in APART)
    return {"toni"} if "tess" in canary.readers and not apart else set()


def test_a_joint_report_holds_only_what_each_of_its_readers_may_see(world, sign_in):
    tess = sign_in(world.cast.tess)
    words = _words(tess.get(f"/reports/{world.ids['report_joint']}"))
    words |= _words(tess.get(f"/reports/couples/{world.cast.couple}/joint/preview"))
    allowed = {canary.word for canary in world.canaries if ALL <= canary.readers}
    assert words, "the report holds none of the words it may hold"
    assert words <= allowed


def test_no_report_holds_process_notes_or_private_entries(world, sign_in):
    tess = sign_in(world.cast.tess)
    words = _words(tess.get(f"/reports/{world.ids['report_clinician']}"))
    words |= _words(tess.get(f"/reports/couples/{world.cast.couple}/clinician/preview"))
    kept_out = {c.word for c in world.canaries if "processnote" in c.word or "private" in c.word}
    assert len(kept_out) == 2
    assert not words & kept_out


def _everything(app, world: World, sign_in, name) -> dict[str, str]:
    """Return each marked word ``name`` can fetch, with an address where it stands."""
    browser = sign_in(world.actor(name) if name != "nobody" else None)
    browser.reads_markup = False  # the access matrix opens these pages too, and does
    found: dict[str, str] = {}
    addresses = _addresses(app, world)
    one_each = {ID.sub("*", one): one for one in addresses}.values()
    own = [one for one in addresses if one.startswith("/my/") != (name in STAFF)]
    addresses = list(one_each if name in OUTSIDE else dict.fromkeys([*own, *one_each]))
    for path, answer in crawl(browser, ["/", "/my/", *addresses]):
        assert answer.status_code < 500, path
        for word in _words(answer):
            found.setdefault(word, path)
    return found


def _words(answer) -> set[str]:
    text = answer.text if answer.mimetype != "application/pdf" else _pdf_text(answer.data)
    return set(WORD.findall(text)) | set(WORD.findall(str(answer.headers)))


def _pdf_text(data: bytes) -> str:
    return text_of(data).replace(" ", "")


def _addresses(app, world: World) -> list[str]:
    """Every GET address of the program, with every id of the record that fits into it."""
    paths = []
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint != "static":
            paths += [
                adapter.build(rule.endpoint, values) for values in _values(rule.arguments, world)
            ]
    return paths


OWN_ENTRIES: dict[str, str] = {
    EntryKind.ANSWERS: "response",
    EntryKind.HOMEWORK: "entry",
    EntryKind.RATING: "rating",
    EntryKind.PROGRESS: "progress",
    EntryKind.HOPE: "hope",
    EntryKind.INTAKE: "intakeentry",
    EntryKind.VIEW: "view",
    EntryKind.JOURNAL: "journal",
    EntryKind.LETTER: "letter",
    EntryKind.TIME_ALONE: "time_asked",
}
"""How the ids of each kind of a partner's own entries are called; a kind stands in addresses."""

PAIRS: dict[tuple[str, ...], dict[str, str]] = {
    ("kind", "record_id"): OWN_ENTRIES,
    ("source", "source_id"): {"response": "response", "entry": "entry", "intake": "intakeentry"},
}
"""Words of an address with which only ids of their own kind go."""

FITTING = {
    "session_id": "session",
    "assignment_id": "task",
    "entry_id": "entry",
    "goal_id": "goal",
    "request_id": "request",
    "response_id": "response",
    "report_id": "report",
    "event_id": "event",
    "agenda_id": "agenda",
    "flag_id": "flag",
    "case_id": "case",
    "asked_id": "asked",
    "authorisation_id": "authorisation",
    "bundle_id": "bundle",
    "erasure_id": "erasure",
    "step_id": "step",
    "screening_id": "screening",
    "note_id": "note",
    "family": "family",
    "agreement_id": "agreement",
    "permission_id": "permission",
    "section_id": "section",
    "signature_id": "signature",
    "page_id": "journal",
    "resource_id": "resource",
    "given_id": "given",
    "thread_id": "thread",
    "time_id": "time_",
    "asking_id": "time_asked",
}


def _values(names: set[str], world: World) -> list[dict[str, object]]:
    if starts := PAIRS.get(tuple(sorted(names))):
        fits = [(word, one) for word, start in starts.items() for one in _ids(world, start)]
        return [dict(zip(sorted(names), one, strict=True)) for one in fits]
    fixed = {
        "edition": "clinician",
        "token": world.token,
        "file_type": "csv",
        "scale_key": "csi16",
        "own_key": world.own_measure,
        "text_key": "help_text",
        "figure_key": "christensen_2010",
        "agreement_key": "treatment",
        "number": 1,
        "section_key": "other_help",
        "block_key": "promises",
        "line_key": "1",
        "secret": "x" * 43,
        "therapist_id": world.actor("toni").person_id,
        "supervision_id": world.staff.supervision,
    }
    choices = {name: [value] for name, value in fixed.items() if name in names}
    if "key" in names:
        choices["key"] = ["gratitude", "gad7"]
    if "kind" in names:
        choices["kind"] = ["joint", "process"]
    if "couple_id" in names:
        choices["couple_id"] = [world.cast.couple]
    if "person_id" in names:
        people = ("ada", "ben", "tess")
        choices["person_id"] = [world.actor(name).person_id for name in people]
    for name, start in FITTING.items():
        if name in names:
            choices[name] = _ids(world, start)
    assert set(choices) == set(names), "a new kind of address: say which ids fit into it"
    return [dict(zip(choices, one, strict=True)) for one in itertools.product(*choices.values())]


def _ids(world: World, start: str) -> list[object]:
    return [one for label, one in world.ids.items() if label.startswith(start)]
