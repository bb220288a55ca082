"""Commands of ``flask --app practice``."""

from flask import Flask

from practice.cli.measures import measures
from practice.cli.outcomes import outcomes
from practice.cli.prepare import prepare
from practice.cli.report import report
from practice.cli.visibility import visibility_table

COMMANDS = (
    measures,
    outcomes,
    prepare,
    report,
    visibility_table,
)


def init_app(app: Flask) -> None:
    """Add every command to ``app``."""
    for command in COMMANDS:
        app.cli.add_command(command)
