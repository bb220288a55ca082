"""Commands of ``flask --app practice``."""

from flask import Flask

from practice.cli.access_log import access_log
from practice.cli.accounts import (
    create_reception,
    create_therapist,
    end_sessions,
    make_owner,
    set_password,
    turn_off_code,
)
from practice.cli.demo_data import demo_couples, demo_data
from practice.cli.demo_mail import demo_mail
from practice.cli.import_scores import import_scores
from practice.cli.measures import measures
from practice.cli.outcomes import outcomes
from practice.cli.prepare import prepare
from practice.cli.releases import erase_person, export_person
from practice.cli.report import report
from practice.cli.visibility import visibility_table
from practice.cli.worker import worker

COMMANDS = (
    access_log,
    create_reception,
    create_therapist,
    demo_couples,
    demo_data,
    demo_mail,
    end_sessions,
    erase_person,
    export_person,
    import_scores,
    make_owner,
    measures,
    outcomes,
    prepare,
    report,
    set_password,
    turn_off_code,
    visibility_table,
    worker,
)


def init_app(app: Flask) -> None:
    """Add every command to ``app``."""
    for command in COMMANDS:
        app.cli.add_command(command)
