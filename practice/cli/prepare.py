"""``prepare``: bring the database to the newest revision, whoever else starts meanwhile."""

import fcntl

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from practice.config.settings import Settings
from practice.services import access_chain, audit


@click.command()
@with_appcontext
def prepare() -> None:
    """Create or upgrade the database of this instance. Safe to run again."""
    settings: Settings = current_app.extensions["practice"]
    with (settings.instance / ".prepare.lock").open("w") as lock:
        # Several workers may start on an empty instance at once; one migrates, the rest wait.
        fcntl.flock(lock, fcntl.LOCK_EX)
        upgrade()
        access_chain.begin()  # of an access log from before there was a chain
        audit.finish(write_succeeded=True)
    click.echo(f"Database ready: {current_app.extensions['practice_engine']}.")
