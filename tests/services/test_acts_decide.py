"""What changes the record asks the matrix: where it says no, nothing is done; the log hears it."""

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import pytest

from practice.domain import acts
from practice.domain.acts import Operation
from practice.domain.agreements import ConsentAct, Regime, Way
from practice.domain.couples import Agenda
from practice.domain.events import EventKind
from practice.domain.people import Reader
from practice.domain.visibility import Audience, Decision, Kind
from practice.services import (
    access,
    agendas,
    audit,
    clock,
    consents,
    events,
    retention,
    safety_plans,
    secrets_policies,
)
from practice.services.errors import NotFound
from practice.services.notes import countersigning
from practice.services.releases import authorisations
from tests import records, staff
from tests.acts_of_care import WRITTEN, opening_in_a_session
from tests.builders import Cast
from tests.worlds import releases
from tests.worlds.safety import a_plan

FORBIDDEN, ALLOWED = "forbidden_by_the_test", "allowed_by_the_test"


def note_agenda(cast: Cast) -> UUID:
    return agendas.note_agenda(
        actor=cast.tess,
        couple_id=cast.couple,
        new_id=uuid4(),
        person_id=cast.ada.person_id,
        agenda=Agenda.CLARIFY,
        noted_on=clock.today(),
    )


def add_event(cast: Cast) -> UUID:
    new = events.NewEvent(date(2026, 3, 9), EventKind.DISCLOSURE, "", None, Audience.THERAPIST)
    return events.add_event(actor=cast.tess, couple_id=cast.couple, new_id=uuid4(), new=new)


def ask_to_consent(cast: Cast) -> None:
    consents.ask(actor=cast.tess, couple_id=cast.couple, person_id=cast.ada.person_id)


def record_consent(cast: Cast) -> None:
    (key, *_) = (one.key for one in consents_of(cast))
    new = consents.OnPaper(ConsentAct.SIGNED, Way.PAPER, clock.today(), "Ada")
    consents.record(
        actor=cast.tess, couple_id=cast.couple, person_id=cast.ada.person_id, key=key, new=new
    )


def consents_of(cast: Cast) -> tuple[consents.Consent, ...]:
    return consents.couple_consents(actor=cast.tess, couple_id=cast.couple)[0].consents


def choose_rule(cast: Cast) -> None:
    secrets_policies.choose(
        actor=cast.tess,
        couple_id=cast.couple,
        new_id=uuid4(),
        regime=Regime.LIMITED,
        chosen_on=clock.today(),
        told=[cast.ada.person_id],
    )


def set_hold(cast: Cast) -> None:
    retention.set_hold(actor=cast.tess, couple_id=cast.couple, reason="A complaint.")


def lift_hold(cast: Cast) -> None:
    retention.lift_hold(actor=cast.tess, couple_id=cast.couple, reason="Settled.")


def show_plan(cast: Cast) -> None:
    safety_plans.save(
        actor=cast.tess,
        couple_id=cast.couple,
        person_id=cast.ada.person_id,
        new_id=uuid4(),
        plan=a_plan(in_portal=True),
    )


def answer_of_ada(cast: Cast, case_id: UUID) -> UUID:
    return releases.answers_of(cast, case_id)["ada"]


def removing_an_agenda(cast: Cast) -> Callable[[], object]:
    noted = note_agenda(cast)
    return lambda: agendas.remove_agenda(actor=cast.tess, agenda_id=noted)


def removing_an_event(cast: Cast) -> Callable[[], object]:
    marked = add_event(cast)
    return lambda: events.remove_event(actor=cast.tess, event_id=marked)


def lifting_a_hold(cast: Cast) -> Callable[[], object]:
    set_hold(cast)
    return lambda: lift_hold(cast)


def asking_for_an_authorisation(cast: Cast) -> Callable[[], object]:
    case = releases.open_case(cast)
    return lambda: releases.ask(cast, case)


def asking_no_longer(cast: Cast) -> Callable[[], object]:
    asked = releases.ask(cast, releases.open_case(cast))
    return lambda: authorisations.withdraw(actor=cast.tess, request_id=asked)


def writing_down_a_signature(cast: Cast) -> Callable[[], object]:
    case = releases.open_case(cast)
    releases.ask(cast, case)
    own = answer_of_ada(cast, case)
    return lambda: authorisations.record_on_paper(
        actor=cast.tess, authorisation_id=own, signed_name="Ada", signed_on=clock.today()
    )


def writing_down_a_revocation(cast: Cast) -> Callable[[], object]:
    case = releases.open_case(cast)
    releases.ask(cast, case)
    releases.sign(cast, case, cast.ada)
    own = answer_of_ada(cast, case)
    return lambda: authorisations.record_revocation(actor=cast.tess, authorisation_id=own)


def putting_a_plan_away(cast: Cast) -> Callable[[], object]:
    show_plan(cast)
    return lambda: safety_plans.put_away(actor=cast.ada)


ACTS: list[tuple[Kind, Operation, Callable[[Cast], Callable[[], object]]]] = [
    (Kind.AGENDA, Operation.WRITE, lambda cast: lambda: note_agenda(cast)),
    (Kind.AGENDA, Operation.WRITE, removing_an_agenda),
    (Kind.EVENT, Operation.WRITE, lambda cast: lambda: add_event(cast)),
    (Kind.EVENT, Operation.WRITE, removing_an_event),
    (Kind.CONSENT, Operation.WRITE, lambda cast: lambda: ask_to_consent(cast)),
    (Kind.CONSENT, Operation.WRITE, lambda cast: lambda: record_consent(cast)),
    (Kind.SECRETS_POLICY, Operation.WRITE, lambda cast: lambda: choose_rule(cast)),
    (Kind.LEGAL_HOLD, Operation.WRITE, lambda cast: lambda: set_hold(cast)),
    (Kind.LEGAL_HOLD, Operation.WRITE, lifting_a_hold),
    (Kind.AUTHORISATION, Operation.WRITE, asking_for_an_authorisation),
    (Kind.AUTHORISATION, Operation.WRITE, asking_no_longer),
    (Kind.AUTHORISATION, Operation.WRITE, writing_down_a_signature),
    (Kind.AUTHORISATION, Operation.WRITE, writing_down_a_revocation),
    (Kind.SAFETY_PLAN, Operation.WITHDRAW, putting_a_plan_away),
    (Kind.HOMEWORK_ENTRY, Operation.OPEN, opening_in_a_session),
    *((kind, Operation.WRITE, prepare) for kind, prepare in WRITTEN.values()),
]
NAMES = [
    "note an agenda",
    "remove an agenda",
    "mark an event",
    "remove an event",
    "ask for a consent",
    "write down a consent",
    "choose a rule",
    "set a hold",
    "lift a hold",
    "ask for an authorisation",
    "ask no longer",
    "write down a signature",
    "write down a revocation",
    "put a plan away",
    "open homework in a session",
    *WRITTEN,
]


def forbid(monkeypatch: pytest.MonkeyPatch, kind: Kind, operation: Operation) -> None:
    """Let the matrix say "-" for everybody about one operation on one kind."""

    def answer(reader, record, asked):
        if (record.kind, asked) == (kind, operation):
            return Decision(False, FORBIDDEN)
        return acts.may(reader, record, asked)

    monkeypatch.setattr(access, "may", answer)


def rename(monkeypatch: pytest.MonkeyPatch, kind: Kind, operation: Operation) -> None:
    """Let another rule allow one operation on one kind; all else stays."""

    def answer(reader, record, asked):
        decision = acts.may(reader, record, asked)
        asked_for = (record.kind, asked) == (kind, operation)
        return Decision(decision.allowed, ALLOWED) if asked_for else decision

    monkeypatch.setattr(access, "may", answer)


def note_writes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list that the reason of every act noted from now on goes to."""
    noted: list[str] = []
    note = audit._note

    def listen(line: audit.Line) -> None:
        if line.how == "written":
            noted.append(line.reason)
        note(line)

    monkeypatch.setattr(audit, "_note", listen)
    return noted


def withheld(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Kind, str]]:
    """Return the list that every refusal from now on goes to: the kind and why."""
    found: list[tuple[Kind, str]] = []

    def note(reader: Reader, kind: Kind, decision: Decision) -> None:
        if not decision.allowed:
            found.append((kind, decision.reason))

    monkeypatch.setattr(audit, "note_decision", note)
    return found


@pytest.mark.parametrize(("kind", "operation", "prepare"), ACTS, ids=NAMES)
def test_an_act_that_the_matrix_forbids_is_not_done(inside, monkeypatch, kind, operation, prepare):
    act = prepare(inside)
    noted, refused = note_writes(monkeypatch), withheld(monkeypatch)
    with monkeypatch.context() as forbidden:
        forbid(forbidden, kind, operation)
        with pytest.raises(NotFound):
            act()
    assert noted == []
    assert refused == [(kind, FORBIDDEN)]
    rename(monkeypatch, kind, operation)
    act()
    (reason,) = noted
    # What brings each is written with the names, and the one line of that goes by their rule.
    expected = (
        acts.whoever_treats_the_couple_writes_the_record.__name__
        if kind is Kind.PROBLEM
        else ALLOWED
    )
    assert reason == expected, "the log names the rule"


def test_no_note_waits_that_the_matrix_lets_nobody_countersign(inside, monkeypatch):
    sue = staff.make_staff(inside).sue
    session = records.make_session(inside.couple, inside.tess)
    records.make_joint_note(session, inside.couple, inside.tess, signed_at=clock.now())
    assert countersigning.notes_to_countersign(sue)
    forbid(monkeypatch, Kind.JOINT_NOTE, Operation.COUNTERSIGN)
    assert not countersigning.notes_to_countersign(sue)
    assert not countersigning.supervised_notes(actor=sue, session_id=session).to_countersign
