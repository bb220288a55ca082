"""Accounts: finding, making and ending them."""

import secrets
import unicodedata
from dataclasses import dataclass
from uuid import UUID

from flask_security import hash_password
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import delete, exists, select
from sqlalchemy.exc import IntegrityError

from practice.db import db
from practice.domain import passwords
from practice.domain.people import Actor, Role
from practice.models.accounts import Account
from practice.models.calendar import CalendarFeed
from practice.models.people import Person
from practice.services import audit, sign_in_sessions
from practice.services.cleaning import clean_name
from practice.services.errors import Invalid, NotFound, Refused

NAME_CANNOT_BE_USED = "This name cannot be used. Choose another."


@dataclass(frozen=True, slots=True)
class SignInDetails:
    """What the owner of an account sees of it."""

    sign_in_name: str
    code_is_on: bool
    recovery_codes_left: int


def tables() -> tuple[SQLAlchemy, type[Account]]:
    """Return what the sign-in library needs to find accounts itself."""
    return db, Account


def normal_name(text: str) -> str:
    """Return a sign-in name as it is stored: trimmed, composed, in lower case."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def find(sign_in_name: str) -> Account | None:
    """Return the account of a sign-in name, for the sign-in library alone."""
    name = normal_name(sign_in_name)
    if "\0" in name:  # PostgreSQL takes no such text
        return None
    return db.session.scalar(select(Account).where(Account.sign_in_name == name))


def none_exist() -> bool:
    """Whether nobody can sign in yet: the state of a fresh installation."""
    return not db.session.scalar(select(exists().select_from(Account)))


def sign_in_details(*, actor: Actor) -> SignInDetails:
    """Return the state of the actor's own sign-in."""
    account = get(actor.person_id)
    return SignInDetails(
        account.sign_in_name,
        code_is_on=bool(account.tf_totp_secret and account.tf_primary_method),
        recovery_codes_left=len(account.mf_recovery_codes or ()),
    )


def has_account(person_id: UUID) -> bool:
    """Whether a person can sign in. Authorise first."""
    return bool(db.session.scalar(select(exists().where(Account.person_id == person_id))))


def create_account(*, person: Person, role: Role, sign_in_name: str, password: str) -> UUID:
    """Give ``person`` an own account.

    Raises:
        Invalid: if the name is taken or the password cannot be used.
    """
    name = normal_name(sign_in_name)
    errors = sign_in_problems(person.name, sign_in_name, password)
    if "sign_in_name" not in errors and find(name) is not None:
        errors["sign_in_name"] = NAME_CANNOT_BE_USED
    if errors:
        raise Invalid(errors)
    account = Account(
        person_id=person.id,
        role=role,
        sign_in_name=name,
        password=hash_password(passwords.normal(password)),
        fs_uniquifier=secrets.token_hex(32),
    )
    try:
        with db.session.begin_nested():
            db.session.add(account)
    except IntegrityError as taken:  # by somebody who chose the same name at the same moment
        raise Invalid({"sign_in_name": NAME_CANNOT_BE_USED}) from taken
    return account.id


def sign_in_problems(person_name: str, sign_in_name: str, password: str) -> dict[str, str]:
    """Say per field what is wrong with a new sign-in; nothing about who else has one."""
    errors: dict[str, str] = {}
    name = normal_name(sign_in_name)
    if not name:
        errors["sign_in_name"] = "Enter a sign-in name."
    elif len(name) > 254 or not name.isprintable() or "\N{REPLACEMENT CHARACTER}" in name:
        errors["sign_in_name"] = NAME_CANNOT_BE_USED
    if problem := passwords.problem(password, (person_name, sign_in_name)):
        errors["password"] = problem
    return errors


def create_therapist(*, name: str, sign_in_name: str, password: str) -> UUID:
    """Create a therapist with an account; return the person's id. For the command line.

    The first one runs the practice.

    Raises:
        Invalid: naming ``name``, ``sign_in_name`` or ``password``.
    """
    is_first = not db.session.scalar(select(exists().where(Account.role == Role.THERAPIST)))
    person_id = create_staff(
        name=name, role=Role.THERAPIST, sign_in_name=sign_in_name, password=password
    )
    if is_first:
        make_owner(get(person_id))
    return person_id


def create_staff(*, name: str, role: Role, sign_in_name: str, password: str) -> UUID:
    """Create somebody of the staff with an account; return the person's id. For the command line.

    Raises:
        Invalid: naming ``name``, ``sign_in_name`` or ``password``.
    """
    person = Person(name=clean_name(name, "name"))
    db.session.add(person)
    db.session.flush()
    create_account(person=person, role=role, sign_in_name=sign_in_name, password=password)
    audit.note_account(person.id, "account.created", reason="command_line")
    return person.id


def make_owner(account: Account, *, reason: str = "command_line") -> None:
    """Let a therapist run the practice; every session of theirs ends.

    Raises:
        Refused: if it is not a therapist's account.
    """
    if account.role is not Role.THERAPIST:
        raise Refused("Only a therapist can run the practice.")
    if account.is_owner:
        return
    account.is_owner = True
    _end_sessions(account)
    audit.note_account(account.person_id, "owner.made", reason=reason)


def make_owner_by_name(*, sign_in_name: str) -> None:
    """Let a therapist run the practice. For the command line.

    Raises:
        NotFound: if there is no such sign-in name.
        Refused: if it is not a therapist's account.
    """
    make_owner(_named(sign_in_name))


def end_every_session(account: Account) -> None:
    """End every session of an account, at once. For services that have authorised."""
    _end_sessions(account)


def password_problem(account: Account, password: str) -> str | None:
    """Say why a new password cannot be used by its owner, or return None when it can."""
    return passwords.problem(password, (account.person.name, account.sign_in_name))


def is_password_of(*, person_id: UUID, password: str) -> bool:
    """Whether somebody typed their own password, before an act that a passer-by must not do."""
    account = get(person_id)
    return bool(account.password) and bool(
        account.verify_and_update_password(passwords.normal(password))
    )


def set_password(*, sign_in_name: str, password: str) -> None:
    """Give somebody who forgot theirs a new password. For the command line.

    Every session of the account ends. The one-time code stays as it is.

    Raises:
        NotFound: if there is no such sign-in name.
        Invalid: naming ``password``.
    """
    account = _named(sign_in_name)
    if problem := password_problem(account, password):
        raise Invalid({"password": problem})
    account.password = hash_password(passwords.normal(password))
    _end_sessions(account)
    audit.note_account(account.person_id, "password.changed", reason="command_line")


def end_sessions(*, sign_in_name: str) -> int:
    """End every session of an account; return how many there were. For the command line.

    Raises:
        NotFound: if there is no such sign-in name.
    """
    account = _named(sign_in_name)
    ended = _end_sessions(account)
    audit.note_account(account.person_id, "sessions.ended", reason="command_line")
    return ended


def turn_off_code(*, sign_in_name: str) -> None:
    """Let somebody who lost their phone and recovery codes in again. For the command line.

    Raises:
        NotFound: if there is no such sign-in name.
    """
    account = _named(sign_in_name)
    account.tf_primary_method = account.tf_totp_secret = None
    forget_second_factor(account)
    _end_sessions(account)
    audit.note_account(account.person_id, "one_time_code.off", reason="command_line")


def forget_second_factor(account: Account) -> None:
    """Remove what belongs to a one-time code that is now off; old recovery codes open nothing."""
    account.mf_recovery_codes = None
    account.tf_last_counter = None


def lock(account_id: UUID) -> Account:
    """Return the account as it is now, held until the transaction ends.

    For secrets that open once: of two requests with the same code, the second sees it used.
    """
    statement = select(Account).where(Account.id == account_id).with_for_update(of=Account)
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def _named(sign_in_name: str) -> Account:
    account = find(sign_in_name)
    if account is None:
        raise NotFound
    return account


def get(person_id: UUID) -> Account:
    """Return a person's account, for the sign-in library alone; NotFound if there is none."""
    account = db.session.scalar(select(Account).where(Account.person_id == person_id))
    if account is None:
        raise NotFound
    return account


def _end_sessions(account: Account) -> int:
    """End the sessions and forget their key, so that none in flight can come back."""
    ended = sign_in_sessions.end_all(account.fs_uniquifier)
    account.fs_uniquifier = secrets.token_hex(32)
    end_calendar_feed(account.person_id)
    return ended


def end_calendar_feed(person_id: UUID) -> None:
    """Let the secret address of somebody's calendar lead nowhere: it opens without a sign-in."""
    db.session.execute(delete(CalendarFeed).where(CalendarFeed.person_id == person_id))
