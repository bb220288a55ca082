"""What a request leaves in the access log, and what nothing may leave in the application's."""

import re

import sqlalchemy as sa

from practice.db import db
from practice.models.records import AccessRecord
from practice.services import access_chain

NO_LINE_OF = {
    "portal.question_set",
    "portal.journal_page",
    "portal.change_journal_page",
    "portal.delete_journal_page",
    "portal.own_entry",
}
"""Pages that leave no line: what is private beyond all else names nobody who is asked."""

_FREE = {
    "token",
    "own_measure",
    "family",
    "family_sheet",
    "resource_new",
    "tess",
    "vera",
    "invited",
    "supervision",
}
_NAMES = ("Ada", "Lind", "Ben", "Morrow", "Tess", "Okafor", "Rita", "Moss", "Finn", "Cleo")


def bound(path):
    """Whether an address is one of the couple's record."""
    return bool(set(re.findall(r"{(\w+)}", path)) - _FREE)


def last_number(app):
    """Return the number of the newest line."""
    with app.app_context():
        head = access_chain.head()
        db.session.rollback()
    return head.number if head else 0


def left_since(app, number, actor):
    """Return of each line about ``actor`` since then how it was and of which couple."""
    with app.app_context():
        rows = db.session.execute(
            sa.select(AccessRecord.how, AccessRecord.couple_id).where(
                AccessRecord.number > number, AccessRecord.person_id == actor.person_id
            )
        ).all()
        db.session.rollback()
    return {tuple(row) for row in rows}


def secrets_of(browser):
    """Return what proves to the server who is at a browser."""
    return {browser.token, *(one.value for one in browser.client._cookies.values())}


def named_in(said, secrets):
    """Return all that stands in the application's log and names or gives away somebody."""
    found = [word for word in _NAMES if re.search(rf"\b{word}\b", said)]
    found += [secret for secret in secrets if secret and secret in said]
    return found + re.findall(r"\S+@\S+\.example|canary\d\d\w+", said)
