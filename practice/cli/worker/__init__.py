"""``flask worker``: sends reminders by e-mail, beside the web server and apart from it.

Only this package knows a mail server or the queue, and only once the command runs: the web server
loads every command, and must not be able to open a connection for mail.
"""

import logging
import sys

import click
from flask import current_app
from flask.cli import with_appcontext

from practice.config.settings import ROOT
from practice.db import SchemaDiffers, db, require_schema

STOP_SECONDS = 30
"""A mail in hand is finished before the worker ends; after this it is left to the next one."""


@click.command()
@click.option("--once", is_flag=True, help="Plan and send what is due now, then end.")
@with_appcontext
def worker(once: bool) -> None:
    """Send reminders until it is stopped (SIGTERM or Ctrl-C)."""
    _log_to_the_screen()
    try:
        require_schema(db.engine, ROOT / "migrations")
    except SchemaDiffers as error:
        raise click.ClickException(str(error)) from error
    if once:
        from practice.cli.worker import rounds  # see above

        click.echo(f"{rounds.plan()} planned")
        rounds.send_all(rounds.take_up())
        return
    from practice.cli.worker.running import run

    run(current_app._get_current_object(), STOP_SECONDS)  # type: ignore[attr-defined]


def _log_to_the_screen() -> None:
    logging.basicConfig(
        stream=sys.stdout, level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s"
    )
    logging.getLogger("practice.worker").setLevel(logging.INFO)
