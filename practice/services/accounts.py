"""Accounts: finding, making and ending them."""

import secrets
import unicodedata
from uuid import UUID

from flask_security import hash_password
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

from practice.db import db
from practice.domain.people import Role
from practice.models.accounts import Account
from practice.models.people import Person
from practice.services.errors import Invalid


def tables() -> tuple[SQLAlchemy, type[Account]]:
    """Return what the sign-in library needs to find accounts itself."""
    return db, Account


def normal_name(text: str) -> str:
    """Return a sign-in name as it is stored: trimmed, composed, in lower case."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def find(sign_in_name: str) -> Account | None:
    """Return the account of a sign-in name, for the sign-in library alone."""
    name = normal_name(sign_in_name)
    return db.session.scalar(select(Account).where(Account.sign_in_name == name))


def create_account(*, person: Person, role: Role, sign_in_name: str, password: str) -> UUID:
    """Give ``person`` an own account.

    Raises:
        Invalid: if the name is taken or the password cannot be used.
    """
    name = normal_name(sign_in_name)
    if not name:
        raise Invalid({"sign_in_name": "Enter a sign-in name."})
    if find(name) is not None:
        raise Invalid({"sign_in_name": "This name cannot be used. Choose another."})
    if len(password) < 12:
        raise Invalid({"password": "Use at least 12 characters; three or four words do well."})
    account = Account(
        person_id=person.id,
        role=role,
        sign_in_name=name,
        password=hash_password(password),
        fs_uniquifier=secrets.token_hex(32),
    )
    db.session.add(account)
    db.session.flush()
    return account.id


def create_therapist(*, name: str, sign_in_name: str, password: str) -> UUID:
    """Create a therapist with an account; return the person's id. For the command line."""
    person = Person(name=name.strip())
    db.session.add(person)
    db.session.flush()
    create_account(person=person, role=Role.THERAPIST, sign_in_name=sign_in_name, password=password)
    return person.id
