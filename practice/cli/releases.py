"""``export-person`` and ``erase-person``: what the desk does, from the command line."""

from pathlib import Path
from uuid import UUID, uuid4

import click
from flask.cli import with_appcontext

from practice.cli.files import write_atomically
from practice.domain.people import Actor
from practice.domain.releases.cases import RequestKind
from practice.services import audit, clock, people
from practice.services.erasure import desk
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.own_export import export
from practice.services.releases import cases
from practice.services.releases.values import NewCase


class CannotDo(click.ClickException):
    """What was asked for is not there or not possible; nothing is changed."""

    exit_code = 2


@click.command("export-person")
@click.argument("couple_id", metavar="COUPLE", type=click.UUID)
@click.argument("person_id", metavar="PERSON", type=click.UUID)
@click.option(
    "--to",
    "target",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to, a name that ends in .zip; an old file is replaced.",
)
@click.option("--with-record", is_flag=True, help="Add what was noted about this person alone.")
@with_appcontext
def export_person(couple_id: UUID, person_id: UUID, target: Path, with_record: bool) -> None:
    """Write what PERSON gave in COUPLE to a zip file, in the name of the treating therapist.

    Without what they kept private: that they get from their own portal. The access log is told.
    """
    if not target.absolute().parent.is_dir():
        raise CannotDo(f"{target.parent}: there is no such folder.")
    actor = _lead(couple_id)
    try:
        content = export.export_at_desk(
            actor=actor, couple_id=couple_id, person_id=person_id, with_record=with_record
        )
    except NotFound as error:
        raise CannotDo(f"There is no person {person_id} in this couple.") from error
    audit.finish(write_succeeded=True)
    try:
        write_atomically(target, content)
    except OSError as error:
        raise CannotDo(f"{target}: it cannot be written: {error.strerror}.") from error
    click.echo(f"Written: {target}", err=True)


@click.command("erase-person")
@click.argument("couple_id", metavar="COUPLE", type=click.UUID)
@click.argument("person_id", metavar="PERSON", type=click.UUID)
@click.option("--name", help="The person's full name: erases. Without it, only says what would go.")
@click.option(
    "--checked",
    is_flag=True,
    help="Say that identity, duties to keep, a copy offered and what stays were all seen to.",
)
@with_appcontext
def erase_person(couple_id: UUID, person_id: UUID, name: str | None, checked: bool) -> None:
    """Erase PERSON's part of COUPLE's record, in the name of the treating therapist.

    Opens a case of its own. A legal hold stops it. It cannot be undone.
    """
    actor = _lead(couple_id)
    try:
        case_id = _case(actor, couple_id, person_id)
        if checked:
            view = cases.case_view(actor=actor, case_id=case_id)
            cases.tick(actor=actor, case_id=case_id, keys=[one.check.key for one in view.checks])
        goes = desk.what_goes(actor=actor, case_id=case_id)
        for title, count in goes.counts:
            click.echo(f"{count:>6}  {title}")
        for obstacle in goes.obstacles:
            click.echo(obstacle, err=True)
        if name is None:
            audit.finish(write_succeeded=False)
            click.echo("Nothing was erased. Give --name and --checked to erase.", err=True)
            return
        erasure_id = desk.erase(actor=actor, case_id=case_id, typed_name=name)
    except (Refused, Invalid) as error:
        raise CannotDo(str(error)) from error
    if not desk.write_anew(actor=actor, erasure_id=erasure_id):
        click.echo("The database was in use: write it anew from the certificate’s page.", err=True)
    number = desk.certificate(actor=actor, erasure_id=erasure_id).number
    audit.finish(write_succeeded=True)
    click.echo(f"Erased. Certificate {number}.")


def _lead(couple_id: UUID) -> Actor:
    actor = people.treating_therapist(couple_id)
    if actor is None:
        raise CannotDo(f"There is no couple {couple_id} in anybody's care.")
    return actor


def _case(actor: Actor, couple_id: UUID, person_id: UUID) -> UUID:
    known = [
        line
        for line in cases.cases_of(actor=actor, couple_id=couple_id)
        if line.is_open and line.kind is RequestKind.ERASURE and line.about_id == person_id
    ]
    if known:
        return known[0].id
    new = NewCase(
        id=uuid4(),
        kind=RequestKind.ERASURE,
        requester="Asked for at the command line",
        wanted="",
        received_on=clock.today(),
        deadline_on=None,
        about_id=person_id,
    )
    return cases.open_case(actor=actor, couple_id=couple_id, new=new)
