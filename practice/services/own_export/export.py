"""Making a person's file: from their portal after their password, or at the therapist's desk."""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import has_request_context

from practice.domain.acts import Operation
from practice.domain.joint_facts import tells
from practice.domain.people import Actor
from practice.domain.visibility import Audience, Facts, Kind
from practice.domain.words import day_in_words
from practice.reports.own_data import OwnDataFindings, OwnDataPart, as_text, own_data_html
from practice.reports.render import RenderFailed, render
from practice.services import access, accounts, audit, clock, people
from practice.services.errors import Invalid, NotFound
from practice.services.own_export.parts import PARTS, Part
from practice.services.own_export.reading import lines_of
from practice.services.own_export.subject import Record, Subject, reader_of
from practice.services.people import Member

SCHEMA = 1
"""Rises when a key of the file changes its meaning or goes."""

FILE_NAME = "own-data.zip"
_ADDED = "in it, because you asked for them. Keep the file where nobody else finds it."
_ASK_ALONE = "If you want those answers of yours, ask your therapist when you are alone together."
_NO_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class DeskExport:
    """Whose file can be made at the desk."""

    couple_id: UUID
    couple_title: str
    member: Member
    may_export: bool
    """Whether the reader has the lead, by whose hand alone something leaves."""


@tells()
def export_own(*, actor: Actor, password: str) -> bytes:
    """Return the actor's own data as a zip file.

    Raises:
        Invalid: naming ``password``, if it is not the actor's.
    """
    if not accounts.is_password_of(person_id=actor.person_id, password=password):
        raise Invalid({"password": "This is not your password."})
    readers = tuple(access.own_couples(actor).values())
    subject = Subject(actor.person_id, actor.name, readers, at_desk=False)
    # Of every couple it holds something of, so that the log of each tells what left it.
    couples: list[UUID | None] = [reader.couple_id for reader in readers]
    for couple_id in couples or [None]:
        audit.note_write(actor, couple_id, "own_data.exported")
    return _file(subject, actor.name)


def desk_export(*, actor: Actor, couple_id: UUID, person_id: UUID) -> DeskExport:
    """Return whose file would be made.

    Raises:
        NotFound: if the couple is not in the actor's care, or the person was never a member.
    """
    reader = access.require_treating(actor, couple_id)
    members = people.members_of(couple_id)
    return DeskExport(
        couple_id,
        people.title_of(members),
        _member(members, person_id),
        access.may_do(reader, _facts(couple_id, person_id), Operation.RELEASE),
    )


def export_at_desk(
    *,
    actor: Actor,
    couple_id: UUID,
    person_id: UUID,
    with_record: bool = False,
    with_private: bool = False,
) -> bytes:
    """Return what one person gave in one couple, for the therapist to hand to that person.

    Without what they kept private: that they get from their own portal, where nobody else sees it.

    Args:
        actor: Whoever has the lead.
        couple_id: In which couple.
        person_id: Whose.
        with_record: Add what was noted about this person alone.
        with_private: Add their answers to private questions and their safety plan; only with them
            in the room, alone.

    Raises:
        NotFound: if the actor does not have the lead, or the person was never a member.
    """
    reader = access.require_treating(actor, couple_id)
    access.require_act(reader, _facts(couple_id, person_id), Operation.RELEASE)
    member = _member(people.members_of(couple_id), person_id)
    subject = Subject(
        person_id,
        member.name,
        (reader_of(member, couple_id),),
        at_desk=True,
        with_record=with_record,
        with_screening=with_private,
    )
    # The log may be read by others: that there was anything private to add stands nowhere.
    audit.note_write(actor, couple_id, "own_data.exported_at_desk")
    return _file(subject, member.name)


def content_of(subject: Subject, made_at: datetime) -> dict[str, object]:
    """Return the file's content as plain values. Authorise first."""
    parts = {part.key: part.collect(subject) for part in _parts(subject)}
    return {
        "schema": SCHEMA,
        "made_at": clock.local(made_at).isoformat(timespec="seconds"),
        "time_zone": str(clock.zone()),
        "made_by": "desk" if subject.at_desk else "portal",
        **parts,
    }


def _file(subject: Subject, name: str) -> bytes:
    made_at = clock.now()
    content = content_of(subject, made_at)
    findings = OwnDataFindings(
        letterhead=clock.settings().letterhead,
        name=name,
        made_on=day_in_words(clock.local(made_at).date()),
        parts=tuple(
            OwnDataPart(part.title, tuple(lines_of(record) for record in _records(content, part)))
            for part in _parts(subject)
        ),
        at_desk=subject.at_desk,
        with_private=subject.with_screening,
    )
    html = own_data_html(findings)
    if has_request_context():
        audit.finish(write_succeeded=True)  # the log first; and typesetting holds no lock
    described = {part.key: part.about for part in _parts(subject)}
    return _zipped(
        {
            "own-data.json": _as_json(content),
            **_for_reading(html, findings),
            "read-me.txt": _read_me(described, with_private=subject.with_screening),
        }
    )


def _for_reading(html: str, findings: OwnDataFindings) -> dict[str, bytes]:
    """Return the part for people: a PDF, or plain text where typesetting takes too long.

    Nobody may be kept from their own data because there is a great deal of it.
    """
    try:
        return {"own-data.pdf": render(html, report_style=True).pdf}
    except RenderFailed:
        return {"own-data.txt": as_text(findings).encode()}


def _parts(subject: Subject) -> Sequence[Part]:
    return [part for part in PARTS if subject.at_desk or not part.only_at_desk]


def _records(content: dict[str, object], part: Part) -> list[Record]:
    found = content[part.key]
    assert isinstance(found, list)  # noqa: S101  # made above
    return found


def _as_json(content: dict[str, object]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _read_me(described: dict[str, str], *, with_private: bool) -> bytes:
    others = "Not in it: what other people wrote or answered"
    lines = [
        "own-data.pdf (or .txt) is for reading, own-data.json for machines. Both say the same.",
        "",
        f"The JSON file (schema {SCHEMA}, UTF-8) is one object. Days are written YYYY-MM-DD,",
        "moments with their distance from UTC. Under each of these keys stands a list:",
        "",
        *(f"  {key}: {about}" for key, about in described.items()),
        "",
        *(
            [f"{others}. Your own answers to safety questions are", _ADDED]
            if with_private
            else [f"{others}, and answers to safety questions.", _ASK_ALONE]
        ),
        "",
    ]
    return "\n".join(lines).encode()


def _zipped(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _NO_TIME), content)
    return target.getvalue()


def _member(members: Sequence[Member], person_id: UUID) -> Member:
    for member in people.each_once(members):
        if member.person_id == person_id:
            return member
    raise NotFound


def _facts(couple_id: UUID, person_id: UUID) -> Facts:
    return Facts(couple_id, person_id, Kind.BUNDLE, Audience.THERAPIST)
