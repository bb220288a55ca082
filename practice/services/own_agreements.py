"""A partner's own agreements: reading, signing, taking back. The others' stay unread here.

Whoever has left a couple still reads what they signed and can take it back; nothing new is asked
of them.
"""

from dataclasses import dataclass
from uuid import UUID, uuid5

from practice.domain.acts import Operation
from practice.domain.agreements import ConsentAct, Way
from practice.domain.joint_facts import tells
from practice.domain.people import Actor, Reader, Standing
from practice.services import access, agreement_texts, audit, clock, consents
from practice.services.agreement_texts import TextVersion
from practice.services.badges import carers_in_words, seen_by
from practice.services.cleaning import clean_name, clean_text
from practice.services.consents import Consent, ConsentState, NewEvent
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.people import therapists_of_all

TICK_IF_YOU_AGREE = "Tick the box if you agree. You can also leave it for now."


@dataclass(frozen=True, slots=True)
class OwnAgreement:
    """One text and one's own history with it."""

    id: UUID
    """Names the person, the couple and the text, and nothing that could be guessed."""

    therapist: str
    badge: str
    """Who can see what was signed, in words to its person."""
    carers: str
    """Everybody who treats them now and so reads it, by first name."""

    consent: Consent
    versions: tuple[TextVersion, ...]
    """Every version that holds or has held, newest first."""

    may_sign: bool

    @property
    def may_withdraw(self) -> bool:
        return self.consent.signed is not None

    @property
    def is_waiting(self) -> bool:
        """Whether a signature is hoped for."""
        return self.may_sign and self.consent.is_open


@tells()
def own_agreements(*, actor: Actor) -> tuple[OwnAgreement, ...]:
    """Return every text that is in use or that ``actor`` has signed, in each of their couples.

    Two statements, whatever the others did.
    """
    readers = access.own_couples(actor)
    if not readers:
        return ()
    rows = consents.events_of(readers, actor.person_id)
    therapists = therapists_of_all(readers)
    found: list[OwnAgreement] = []
    for couple_id, reader in readers.items():
        own = access.visible(reader, [row for row in rows if row.couple_id == couple_id])
        for consent in consents.consents_from(own):
            agreement = _agreement(actor, reader, therapists[couple_id], consent)
            if agreement is not None:
                found.append(agreement)
    return tuple(found)


@tells()
def own_agreement(*, actor: Actor, agreement_id: UUID) -> OwnAgreement:
    """Return one of the actor's own agreements.

    Raises:
        NotFound: if there is none such; somebody else's looks the same.
    """
    return _find(actor, agreement_id)[1]


def sign(*, actor: Actor, agreement_id: UUID, version: int, name: str, agreed: bool) -> None:
    """Sign the version that was read; a second time changes nothing.

    Args:
        actor: Who signs, for themselves.
        agreement_id: Which agreement.
        version: The version that stood on the page.
        name: Their full name, typed in.
        agreed: Whether the box was ticked.

    Raises:
        NotFound: as ``own_agreement``.
        Refused: if nothing can be signed now, or the text changed while it was read.
        Invalid: naming ``name`` or ``agreed``.
    """
    reader, _ = _find(actor, agreement_id)
    access.hold(reader.couple_id)
    _, agreement = _find(actor, agreement_id)
    consent = agreement.consent
    if consent.state is ConsentState.SIGNED and _signed_version(consent) == version:
        return
    if not agreement.may_sign or consent.current is None:
        raise Refused("There is nothing to sign here now.")
    if consent.current.version != version:
        raise Refused("The text has changed while you were reading. Please look at it again.")
    access.require_act(reader, consents.facts_of(reader), Operation.SIGN)
    typed = own_name(actor, name)
    if not agreed:
        raise Invalid({"agreed": TICK_IF_YOU_AGREE})
    new = NewEvent(
        ConsentAct.SIGNED,
        Way.PORTAL,
        clock.today(),
        text_id=agreement_texts.store(consent.current),
        name=typed,
    )
    consents.append(actor, reader.couple_id, actor.person_id, consent.key, new)
    audit.note_write(actor, reader.couple_id, "consent.signed")


def withdraw(*, actor: Actor, agreement_id: UUID, words: str = "") -> None:
    """Take one's own signature back; a second time changes nothing.

    Raises:
        NotFound: as ``own_agreement``.
        Invalid: naming ``words``.
    """
    reader, _ = _find(actor, agreement_id)
    access.hold(reader.couple_id)
    _, agreement = _find(actor, agreement_id)
    signed = agreement.consent.signed
    if signed is None or signed.version is None:
        return
    access.require_act(reader, consents.facts_of(reader), Operation.SIGN)
    new = NewEvent(
        ConsentAct.WITHDRAWN,
        Way.PORTAL,
        clock.today(),
        text_id=signed.version.id,
        words=clean_text(words, "words"),
    )
    consents.append(actor, reader.couple_id, actor.person_id, agreement.consent.key, new)
    audit.note_write(actor, reader.couple_id, "consent.withdrawn")


def agreement_id_of(couple_id: UUID, person_id: UUID, key: str) -> UUID:
    """Return the address of one person's agreement to one text in one couple."""
    return uuid5(couple_id, f"agreement {person_id} {key}")


def _find(actor: Actor, agreement_id: UUID) -> tuple[Reader, OwnAgreement]:
    for couple_id, reader in access.own_couples(actor).items():
        for key in agreement_texts.consent_texts():
            if agreement_id_of(couple_id, actor.person_id, key) == agreement_id:
                rows = access.visible(reader, consents.events_of([couple_id], actor.person_id))
                therapist = therapists_of_all([couple_id])[couple_id]
                for consent in consents.consents_from(rows):
                    found = _agreement(actor, reader, therapist, consent)
                    if consent.key == key and found is not None:
                        return reader, found
    raise NotFound


def _agreement(
    actor: Actor, reader: Reader, therapist: str, consent: Consent
) -> OwnAgreement | None:
    """Return an agreement as its person may see it; None where it is none of theirs any more."""
    present = reader.standing is Standing.MEMBER
    said = [line for line in consent.history if line.act is not ConsentAct.ASKED]
    if not present and not said:
        return None
    today = clock.today()
    texts = agreement_texts.consent_texts()[consent.key]
    held = tuple(one for one in texts.versions if one.valid_from <= today)
    if not present:
        # What the practice wrote after they left is none of theirs.
        own = {line.version.version for line in said if line.version is not None}
        held = tuple(one for one in held if one.version in own)
    signs = present and consent.current is not None and not texts.is_retired
    return OwnAgreement(
        id=agreement_id_of(reader.couple_id, actor.person_id, consent.key),
        therapist=therapist,
        badge=seen_by(reader, consents.facts_of(reader)),
        carers=carers_in_words(reader.couple_id),
        consent=consent,
        versions=held,
        may_sign=signs and consent.state is not ConsentState.SIGNED,
    )


def _signed_version(consent: Consent) -> int | None:
    return consent.signed.version.version if consent.signed and consent.signed.version else None


def own_name(actor: Actor, name: str) -> str:
    """Return a typed name, if it is the actor's own, whatever its capitals and spaces.

    Raises:
        Invalid: naming ``name``.
    """
    typed = clean_name(name, "name")
    if typed.casefold() != " ".join(actor.name.split()).casefold():
        raise Invalid({"name": f"Type your full name as it stands here: {actor.name}."})
    return typed
