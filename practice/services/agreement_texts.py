"""Texts that clients agree to, in versions: the rule about secrets, and what each person signs.

Dyad ships the first version of some; the practice writes the next, or texts of its own. No version
ever changes, because somebody may have signed it. A shipped one is stored when it is first signed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from practice.db import db, is_taken, remembered
from practice.domain.agreements import SHIPPED, SHIPPED_BY_KEY, SHIPPED_FROM, Regime
from practice.domain.people import Actor
from practice.models.agreements import AgreementText
from practice.models.people import Person
from practice.services import audit, clock
from practice.services.cleaning import clean_name, clean_text
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.practice_settings import require_staff

LONGEST_BODY = 20_000
"""Characters: several printed pages."""


@dataclass(frozen=True, slots=True)
class TextVersion:
    """One version of a text."""

    id: UUID | None
    """None: as shipped, not stored yet."""

    key: str
    version: int
    title: str
    body: str
    on_withdrawal: str
    valid_from: date
    set_by: str
    """Name of the therapist; empty for a shipped one."""

    set_at: datetime | None
    is_retired: bool

    @property
    def minutes(self) -> int:
        """How long reading takes, at 200 words a minute; at least 1."""
        return max(1, round(len(self.body.split()) / 200))


@dataclass(frozen=True, slots=True)
class AgreementTexts:
    """One text with all its versions, newest first."""

    key: str
    regime: Regime | None
    """Set for a rule about secrets, which is agreed with the couple and not signed alone."""

    versions: tuple[TextVersion, ...]

    @property
    def newest(self) -> TextVersion:
        return self.versions[0]

    @property
    def is_retired(self) -> bool:
        return self.newest.is_retired

    def current(self, on: date) -> TextVersion | None:
        """Return the version that holds on a day; None before the first."""
        return next((one for one in self.versions if one.valid_from <= on), None)

    def by_id(self, text_id: UUID) -> TextVersion | None:
        return next((one for one in self.versions if one.id == text_id), None)


@dataclass(frozen=True, slots=True)
class NewText:
    """What a therapist writes."""

    title: str
    body: str
    on_withdrawal: str
    valid_from: date


def texts(*, actor: Actor) -> tuple[AgreementTexts, ...]:
    """Return every text with its versions, for the settings.

    Raises:
        NotFound: if ``actor`` does not work in the practice.
    """
    require_staff(actor)
    audit.note_read(actor, None, "settings.agreements")
    return tuple(all_texts().values())


def text_page(*, actor: Actor, key: str) -> AgreementTexts:
    """Return one text with its versions.

    Raises:
        NotFound: as ``texts``, or if there is no such text.
    """
    require_staff(actor)
    return _existing(key)


def add_version(*, actor: Actor, key: str, new_id: UUID, new: NewText) -> None:
    """Let a new version hold from a day on. A second call with the same id changes nothing.

    Raises:
        NotFound: as ``text_page``.
        Invalid: naming ``title``, ``body``, ``on_withdrawal`` or ``valid_from``.
    """
    require_staff(actor)
    known = _existing(key)
    if db.session.get(AgreementText, new_id) is not None:
        return
    newest = known.newest
    clean = checked(new, regime=known.regime, after=newest.valid_from if newest.id else None)
    if (clean.title, clean.body, clean.on_withdrawal) == (
        newest.title,
        newest.body,
        newest.on_withdrawal,
    ):
        raise Invalid({"body": "These are the words that hold already."})
    store(newest)
    _add(actor, new_id, key, newest.version + 1, clean)


def add_text(*, actor: Actor, new_id: UUID, new: NewText) -> str:
    """Add a text of the practice's own; return its key.

    Raises:
        NotFound: as ``texts``.
        Invalid: as ``add_version``.
    """
    require_staff(actor)
    stored = db.session.get(AgreementText, new_id)
    if stored is None:
        _add(actor, new_id, f"own_{new_id.hex[:12]}", 1, checked(new, regime=None, after=None))
        return f"own_{new_id.hex[:12]}"
    return stored.key


def retire(*, actor: Actor, key: str, retired: bool) -> None:
    """Ask nobody for a text any more, or again; what was signed stays readable.

    Raises:
        NotFound: as ``text_page``.
        Refused: for a rule about secrets: a couple may have chosen it.
    """
    require_staff(actor)
    known = _existing(key)
    if known.regime is not None:
        raise Refused("A rule about secrets cannot be retired; couples may have chosen it.")
    row = db.session.get_one(AgreementText, store(known.newest))
    row.retired_at = clock.now() if retired else None
    what = "settings.agreement_retired" if retired else "settings.agreement_brought_back"
    audit.note_write(actor, None, what)
    db.session.flush()


def checked(new: NewText, *, regime: Regime | None, after: date | None) -> NewText:
    """Return a text as it would be stored.

    Args:
        new: As it was typed in.
        regime: Set for a rule about secrets: nobody takes it back alone.
        after: First day of the version before; the new one cannot hold earlier.

    Raises:
        Invalid: naming the field.
    """
    if not new.body.strip():
        raise Invalid({"body": "Write the text."})
    if after is not None and new.valid_from < after:
        raise Invalid({"valid_from": "The version before holds from a later day."})
    if new.valid_from.year < SHIPPED_FROM.year:
        raise Invalid({"valid_from": "Check the year."})
    return NewText(
        title=clean_name(new.title, "title"),
        body=clean_text(new.body, "body", LONGEST_BODY),
        on_withdrawal="" if regime else clean_text(new.on_withdrawal, "on_withdrawal"),
        valid_from=new.valid_from,
    )


def all_texts() -> dict[str, AgreementTexts]:
    """Return every text by key, shipped ones first; one statement for a request."""
    return remembered(("agreement texts",), _all_texts)


def consent_texts() -> dict[str, AgreementTexts]:
    """Return the texts that people sign alone, by key."""
    return {key: found for key, found in all_texts().items() if found.regime is None}


def store(version: TextVersion) -> UUID:
    """Return the id of a version; a shipped one is stored for it. The caller authorised."""
    if version.id is not None:
        return version.id
    row = AgreementText(
        key=version.key,
        version=version.version,
        title=version.title,
        body=version.body,
        on_withdrawal=version.on_withdrawal,
        valid_from=version.valid_from,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except Exception as error:  # the same shipped text, signed twice at the same moment
        if not is_taken(error):
            raise
        found = select(AgreementText.id).where(
            AgreementText.key == version.key, AgreementText.version == version.version
        )
        return db.session.scalars(found).one()
    return row.id


def _add(actor: Actor, new_id: UUID, key: str, version: int, new: NewText) -> None:
    row = AgreementText(
        id=new_id,
        key=key,
        version=version,
        title=new.title,
        body=new.body,
        on_withdrawal=new.on_withdrawal,
        valid_from=new.valid_from,
        set_by=actor.person_id,
        set_at=clock.now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except Exception as error:
        if not is_taken(error):
            raise
        raise Refused(
            "Somebody wrote a new version at the same moment. Look at it first."
        ) from error
    audit.note_write(actor, None, "settings.agreement")


def _existing(key: str) -> AgreementTexts:
    found = all_texts().get(key)
    if found is None:
        raise NotFound
    return found


def _all_texts() -> dict[str, AgreementTexts]:
    rows = db.session.execute(
        select(AgreementText, Person.name)
        .outerjoin(Person, Person.id == AgreementText.set_by)
        .order_by(AgreementText.version.desc())
    ).all()
    stored: dict[str, list[TextVersion]] = {text.key: [] for text in SHIPPED}
    for row, name in sorted(rows, key=lambda found: found[0].key):
        stored.setdefault(row.key, []).append(_version(row, name or ""))
    return {key: AgreementTexts(key, _regime(key), _whole(key, stored[key])) for key in stored}


def _whole(key: str, versions: Iterable[TextVersion]) -> tuple[TextVersion, ...]:
    """Return all versions; the shipped one is the first where it is not stored."""
    found = tuple(versions)
    shipped = SHIPPED_BY_KEY.get(key)
    if shipped is None or any(one.version == 1 for one in found):
        return found
    return (
        *found,
        TextVersion(
            None,
            key,
            1,
            shipped.title,
            shipped.body,
            shipped.on_withdrawal,
            SHIPPED_FROM,
            "",
            None,
            is_retired=False,
        ),
    )


def _version(row: AgreementText, name: str) -> TextVersion:
    return TextVersion(
        id=row.id,
        key=row.key,
        version=row.version,
        title=row.title,
        body=row.body,
        on_withdrawal=row.on_withdrawal,
        valid_from=row.valid_from,
        set_by=name,
        set_at=row.set_at,
        is_retired=row.retired_at is not None,
    )


def _regime(key: str) -> Regime | None:
    shipped = SHIPPED_BY_KEY.get(key)
    return shipped.regime if shipped else None
