"""Commands of ``flask --app practice``."""

from flask import Flask

from practice.cli.measures import measures
from practice.cli.prepare import prepare
from practice.cli.visibility import visibility_table


def init_app(app: Flask) -> None:
    """Add every command to ``app``."""
    for command in (measures, prepare, visibility_table):
        app.cli.add_command(command)
