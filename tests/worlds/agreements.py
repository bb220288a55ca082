"""Agreements and intake of Ada and Ben, with a marked word in every private field."""

from typing import TYPE_CHECKING
from uuid import uuid4

from practice.db import db
from practice.domain.agreements import Answer, ConsentAct, JointSource, Regime, Way
from practice.domain.homework.blocks import JSON
from practice.domain.people import Actor
from practice.domain.visibility import Audience
from practice.models.agreements import Permission
from practice.models.intake import IntakeEntry
from practice.services import (
    agreement_texts,
    clock,
    consents,
    intake,
    intake_record,
    joint_passages,
    own_agreements,
    own_entries,
    own_permissions,
    permissions,
    secrets_policies,
)
from practice.services.agreement_texts import NewText
from practice.services.consents import OnPaper
from practice.services.intake import section_id_of
from practice.services.own_entries import EntryKind

if TYPE_CHECKING:
    from tests.world import World

TESS = frozenset({"tess"})
ADA, BEN = TESS | {"ada"}, TESS | {"ben"}
ALL = ADA | BEN
STAFF = TESS | {"otto", "toni", "sue", "olga"}
CLIENTS = frozenset({"ada", "ben", "cleo", "dan"})


def add(world: "World") -> None:
    """Fill in agreements and intake; called before reports are issued."""
    _texts(world)
    _policies(world)
    _intake(world)
    _consents(world)
    _permissions(world)


def write(
    person: Actor, world: "World", key: str, audience: Audience = Audience.THERAPIST, **raw: JSON
) -> None:
    """Let somebody write a section of their intake."""
    intake.save(
        actor=person,
        section_id=section_id_of(world.cast.couple, person.person_id, key),
        new_id=uuid4(),
        raw=raw,
        audience=audience,
    )


def latest(world: "World", person: Actor, key: str) -> IntakeEntry:
    """Return what stands of a section."""
    return (
        db.session.query(IntakeEntry)
        .filter_by(couple_id=world.cast.couple, person_id=person.person_id, section=key)
        .filter(
            IntakeEntry.superseded_at.is_(None),
            IntakeEntry.noted_by.is_(None),
            IntakeEntry.locked_at.is_(None),
        )
        .one()
    )


def _texts(world: "World") -> None:
    tess = world.cast.tess
    new = {"title": "House rules", "on_withdrawal": "", "valid_from": clock.today()}
    own = NewText(body=world.mark("owntext", STAFF | CLIENTS), **new)
    world.agreement_key = agreement_texts.add_text(actor=tess, new_id=uuid4(), new=own)
    rule = NewText(body=world.mark("ruletext", ALL | STAFF), **new)
    agreement_texts.add_version(actor=tess, key="secrets_limited", new_id=uuid4(), new=rule)


def _policies(world: "World") -> None:
    cast = world.cast
    told = [cast.ada.person_id, cast.ben.person_id]
    for regime, reason in (
        (Regime.NO_SECRETS, ""),
        (Regime.LIMITED, world.mark("whyrule", TESS)),
    ):
        secrets_policies.choose(
            actor=cast.tess,
            couple_id=cast.couple,
            new_id=uuid4(),
            regime=regime,
            chosen_on=clock.today(),
            told=told,
            reason=reason,
        )


def _intake(world: "World") -> None:
    cast = world.cast
    ben = cast.ben
    for person in (cast.ada, ben):
        intake_record.ask(actor=cast.tess, couple_id=cast.couple, person_id=person.person_id)
    write(ben, world, "brings", brings=world.mark("intakebefore", BEN, TESS))
    quoted = world.mark("passage", ALL, BEN)
    write(ben, world, "brings", brings=world.mark("intakeben", BEN), since=quoted)
    write(
        ben,
        world,
        "background",
        Audience.PRIVATE,
        unsaid=world.mark("intakeown", frozenset({"ben"})),
    )
    write(ben, world, "hope", hope=world.mark("intakeshown", ALL))
    intake.share(actor=ben, entry_id=latest(world, ben, "hope").id)
    write(ben, world, "story", met=world.mark("intakesealed", BEN, TESS))
    sealed = latest(world, ben, "story")
    intake.share(actor=ben, entry_id=sealed.id)
    own_entries.lock_away(actor=ben, kind=EntryKind.INTAKE, record_id=sealed.id)
    write(ben, world, "before", alone=world.mark("intakeasked", BEN))
    write(cast.ada, world, "brings", brings=world.mark("intakeada", ADA))
    intake.keep_for_later(
        actor=ben,
        section_id=section_id_of(cast.couple, ben.person_id, "household"),
        fields={"answer_children": world.mark("intakedraft", frozenset({"ben"}))},
    )
    intake_record.note(
        actor=cast.tess,
        couple_id=cast.couple,
        person_id=cast.ada.person_id,
        key="other_help",
        new_id=uuid4(),
        raw={"whom": world.mark("intakenoted", ADA)},
    )
    for name, person in (("ada", cast.ada), ("ben", ben)):
        world.ids[f"intake_{name}"] = intake.intake_id_of(cast.couple, person.person_id)
        for key in ("brings", "household"):
            section = section_id_of(cast.couple, person.person_id, key)
            world.ids[f"section_{name}_{key}"] = section
    for key in ("brings", "background", "hope", "before"):
        world.ids[f"intakeentry_{key}"] = latest(world, ben, key).id
    world.ids["intakeentry_locked"] = sealed.id


def _consents(world: "World") -> None:
    cast = world.cast
    for name, person in (("ada", cast.ada), ("ben", cast.ben)):
        consents.ask(actor=cast.tess, couple_id=cast.couple, person_id=person.person_id)
        for key in ("treatment", "records"):
            world.ids[f"agreement_{name}_{key}"] = own_agreements.agreement_id_of(
                cast.couple, person.person_id, key
            )
    sign(cast.ada, world, "treatment")
    sign(cast.ben, world, "records")
    own_agreements.withdraw(
        actor=cast.ben,
        agreement_id=world.ids["agreement_ben_records"],
        words=world.mark("whynot", BEN),
    )
    consents.record(
        actor=cast.tess,
        couple_id=cast.couple,
        person_id=cast.ben.person_id,
        key="treatment",
        new=OnPaper(ConsentAct.SIGNED, Way.PAPER, clock.today(), world.mark("papername", BEN)),
    )


def sign(person: Actor, world: "World", key: str) -> None:
    """Let somebody sign the version that holds."""
    version = agreement_texts.consent_texts()[key].current(clock.today())
    assert version is not None
    own_agreements.sign(
        actor=person,
        agreement_id=own_agreements.agreement_id_of(world.cast.couple, person.person_id, key),
        version=version.version,
        name=person.name,
        agreed=True,
    )


def asked(world: "World", source: IntakeEntry, purpose: str) -> Permission:
    """Let Tess ask whether an entry of the intake may be used."""
    new_id = uuid4()
    permissions.ask(
        actor=world.cast.tess,
        kind=JointSource.INTAKE,
        source_id=source.id,
        new_id=new_id,
        purpose=purpose,
    )
    return db.session.get_one(Permission, new_id)


def _permissions(world: "World") -> None:
    cast = world.cast
    entry = latest(world, cast.ben, "brings")
    granted = asked(world, entry, world.mark("purpose", BEN))
    own_permissions.answer(
        actor=cast.ben,
        permission_id=granted.id,
        answer=Answer.YES,
        words=world.mark("yesbut", BEN),
    )
    quoted = next(one.word for one in world.canaries if one.word.endswith("passage"))
    world.ids["passage"] = uuid4()
    joint_passages.add(
        actor=cast.tess,
        kind=JointSource.INTAKE,
        source_id=entry.id,
        new_id=world.ids["passage"],
        text=quoted,
    )
    waiting = asked(world, latest(world, cast.ben, "before"), world.mark("purposetwo", BEN))
    world.ids["permission_yes"], world.ids["permission_open"] = granted.id, waiting.id


def everything_private(world: "World", person: Actor) -> None:
    """Let ``person`` do, and have done about them, what the others must not notice."""
    cast = world.cast
    couple, tess = cast.couple, cast.tess
    intake_record.ask(actor=tess, couple_id=couple, person_id=person.person_id)
    write(person, world, "willing", hurt="9", willing="2", commitment="1", words="tired")
    write(person, world, "willing", Audience.PRIVATE, hurt="1", commitment="10")
    write(person, world, "concerns", pp_betrayal="3", pp_trust="0")
    write(person, world, "concerns", Audience.PRIVATE, pp_betrayal="3")
    write(person, world, "stress", pressure="the bank")
    intake.share(actor=person, entry_id=latest(world, person, "stress").id)
    intake.unshare(actor=person, entry_id=latest(world, person, "stress").id)
    intake.share(actor=person, entry_id=latest(world, person, "stress").id)
    stress = latest(world, person, "stress").id
    own_entries.lock_away(actor=person, kind=EntryKind.INTAKE, record_id=stress)
    intake.keep_for_later(
        actor=person,
        section_id=section_id_of(couple, person.person_id, "other_help"),
        fields={"answer_whom": "somebody"},
    )
    intake.finish(actor=person, intake_id=intake.intake_id_of(couple, person.person_id))
    intake_record.note(
        actor=tess,
        couple_id=couple,
        person_id=person.person_id,
        key="household",
        new_id=uuid4(),
        raw={"children": "two"},
    )
    intake_record.close(actor=tess, couple_id=couple, person_id=person.person_id)
    _agree(world, person)
    _ask_and_answer(world, person)


def _agree(world: "World", person: Actor) -> None:
    cast = world.cast
    consents.ask(actor=cast.tess, couple_id=cast.couple, person_id=person.person_id)
    sign(person, world, "privacy")
    sign(person, world, "online")
    own_agreements.withdraw(
        actor=person,
        agreement_id=own_agreements.agreement_id_of(cast.couple, person.person_id, "privacy"),
        words="Not any more.",
    )
    consents.ask(
        actor=cast.tess, couple_id=cast.couple, person_id=person.person_id, keys=["privacy"]
    )
    paper = OnPaper(ConsentAct.SIGNED, Way.PAPER, clock.today(), person.name)
    consents.record(
        actor=cast.tess,
        couple_id=cast.couple,
        person_id=person.person_id,
        key=world.agreement_key,
        new=paper,
    )


def _ask_and_answer(world: "World", person: Actor) -> None:
    """Ask twice: one is refused; the other is allowed, used, and taken back."""
    cast = world.cast
    write(person, world, "household", children="Two, on school days")
    refused = asked(world, latest(world, person, "household"), "May I?")
    own_permissions.answer(actor=person, permission_id=refused.id, answer=Answer.NO, words="No.")
    write(person, world, "before", alone="We wrote letters to each other")
    source = latest(world, person, "before")
    granted = asked(world, source, "The letters, for the report.")
    own_permissions.answer(actor=person, permission_id=granted.id, answer=Answer.YES)
    joint_passages.add(
        actor=cast.tess,
        kind=JointSource.INTAKE,
        source_id=source.id,
        new_id=uuid4(),
        text="We wrote letters",
    )
    own_permissions.withdraw(actor=person, permission_id=granted.id)
    permissions.record_answer(
        actor=cast.tess,
        kind=JointSource.INTAKE,
        source_id=source.id,
        new_id=uuid4(),
        answer=Answer.NO,
        said_on=clock.today(),
        words="Better not.",
    )
