"""Words of the practice that its clients read; Dyad ships a default for each."""

from sqlalchemy import select

from practice.db import db
from practice.models.settings import PracticeSetting

HELP_TEXT = "help_text"

DEFAULT_HELP_TEXT = """\
One of your answers tells us that things may be very hard for you at the moment. Thank you for \
saying so. Your therapist will read it; nobody else does.

This page is not watched at all hours, so please do not wait for an answer here. Tell your \
therapist how you are, or somebody else you trust: your doctor, a friend, a telephone helpline in \
your country.

If you could hurt yourself, or are in danger, ring the emergency number of your country now, or go \
to the nearest hospital."""
"""Shown to whoever gave an answer that a therapist must see at once, and to nobody else."""


def help_text() -> str:
    """Return the practice's own help text, or the one that Dyad ships."""
    return setting(HELP_TEXT) or DEFAULT_HELP_TEXT


def setting(key: str) -> str | None:
    """Return what the practice has set under ``key``; None where it has not, or went back."""
    return db.session.scalar(
        select(PracticeSetting.value)
        .where(PracticeSetting.key == key)
        .order_by(PracticeSetting.set_at.desc(), PracticeSetting.id.desc())
        .limit(1)
    )
