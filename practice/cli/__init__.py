"""Commands of ``flask --app practice``."""

from flask import Flask

from practice.cli.accounts import create_therapist, end_sessions, set_password, turn_off_code
from practice.cli.outcomes import outcomes
from practice.cli.prepare import prepare
from practice.cli.visibility import visibility_table

ACCOUNTS = (create_therapist, set_password, turn_off_code, end_sessions)


def init_app(app: Flask) -> None:
    """Add every command to ``app``."""
    for command in (prepare, visibility_table, outcomes, *ACCOUNTS):
        app.cli.add_command(command)
