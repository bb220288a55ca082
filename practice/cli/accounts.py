"""Commands about accounts: the first of the staff, and help for somebody who is locked out."""

import sys

import click
from flask.cli import with_appcontext

from practice.domain import passwords
from practice.domain.people import Role
from practice.services import accounts, audit
from practice.services.errors import Invalid, Refused

_sign_in_name = click.argument("sign_in_name", metavar="SIGN_IN_NAME")
_from_stdin = click.option(
    "--password-stdin", is_flag=True, help="Read the password from the first line of the input."
)


@click.command("create-therapist")
@click.option("--name", required=True, help="As it stands on reports, for example Tess Okafor.")
@click.option("--sign-in-name", required=True, help="An e-mail address or any other name.")
@_from_stdin
@with_appcontext
def create_therapist(name: str, sign_in_name: str, password_stdin: bool) -> None:
    """Create a therapist who can sign in."""
    password = _new_password(password_stdin)
    try:
        accounts.create_therapist(name=name, sign_in_name=sign_in_name, password=password)
    except Invalid as problem:
        raise _refusal(problem) from problem
    audit.finish(write_succeeded=True)
    click.echo(f"{name} can sign in as {accounts.normal_name(sign_in_name)}.")


@click.command("create-reception")
@click.option("--name", required=True, help="For example Rita Moss.")
@click.option("--sign-in-name", required=True, help="An e-mail address or any other name.")
@_from_stdin
@with_appcontext
def create_reception(name: str, sign_in_name: str, password_stdin: bool) -> None:
    """Create somebody at the front desk: diary and contact, nothing clinical."""
    password = _new_password(password_stdin)
    try:
        accounts.create_staff(
            name=name, role=Role.RECEPTION, sign_in_name=sign_in_name, password=password
        )
    except Invalid as problem:
        raise _refusal(problem) from problem
    audit.finish(write_succeeded=True)
    click.echo(f"{name} can sign in at the front desk as {accounts.normal_name(sign_in_name)}.")


@click.command("make-owner")
@_sign_in_name
@with_appcontext
def make_owner(sign_in_name: str) -> None:
    """Let a therapist run the practice: staff, settings, who read what."""
    _require_known(sign_in_name)
    try:
        accounts.make_owner_by_name(sign_in_name=sign_in_name)
    except Refused as problem:
        raise click.ClickException(str(problem)) from problem
    audit.finish(write_succeeded=True)
    click.echo(f"{accounts.normal_name(sign_in_name)} runs the practice now.")


@click.command("set-password")
@_sign_in_name
@_from_stdin
@with_appcontext
def set_password(sign_in_name: str, password_stdin: bool) -> None:
    """Give somebody who forgot theirs a new password, and end all their sessions."""
    _require_known(sign_in_name)
    password = _new_password(password_stdin)
    try:
        accounts.set_password(sign_in_name=sign_in_name, password=password)
    except Invalid as problem:
        raise _refusal(problem) from problem
    audit.finish(write_succeeded=True)
    click.echo("The password is set; every session of the account has ended.")


@click.command("turn-off-code")
@_sign_in_name
@with_appcontext
def turn_off_code(sign_in_name: str) -> None:
    """Turn off the one-time code of somebody who lost phone and recovery codes."""
    _require_known(sign_in_name)
    accounts.turn_off_code(sign_in_name=sign_in_name)
    audit.finish(write_succeeded=True)
    click.echo("The one-time code is off; the password alone opens the account now.")


@click.command("end-sessions")
@_sign_in_name
@with_appcontext
def end_sessions(sign_in_name: str) -> None:
    """Sign somebody out everywhere, at once."""
    _require_known(sign_in_name)
    ended = accounts.end_sessions(sign_in_name=sign_in_name)
    audit.finish(write_succeeded=True)
    click.echo(f"Sessions ended: {ended}.")


def _require_known(sign_in_name: str) -> None:
    if accounts.find(sign_in_name) is None:
        raise click.ClickException(f"Nobody signs in as {sign_in_name!r}.")


def _new_password(from_stdin: bool) -> str:
    if from_stdin:
        line = sys.stdin.readline()
        return line.rstrip("\r\n")
    click.echo(passwords.ADVICE)
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return password


def _refusal(problem: Invalid) -> click.ClickException:
    lines = [f"{field.replace('_', ' ')}: {words}" for field, words in problem.errors.items()]
    return click.ClickException(" ".join(lines))
