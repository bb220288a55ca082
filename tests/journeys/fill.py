"""Prepare the instance that the browsers visit. Run as a module, in a process of its own.

``python -m tests.journeys.fill FOLDER``: the real migrations, part of the real demo caseload, and
a therapist who starts with nothing. A process of its own because an application takes over the
keys of its process, and the tests beside these have one too.
"""

import sys

from practice.app import create_app
from practice.cli.demo.stories import STORIES
from practice.cli.demo_data import fill
from tests.journeys import people

NAMES = ("Ada Lind", "Robin Vale", "Noor Haddad", "Wendy Archer")
"""Whose couples are kept: a full record; three members; one still invited; another therapist's."""


def main(instance: str) -> None:
    """Fill the instance in the folder ``instance``."""
    app = create_app({"instance": instance, "testing": True})
    run = app.test_cli_runner(catch_exceptions=False).invoke
    wanted = tuple(story for story in STORIES if story.names[0] in NAMES)
    assert len(wanted) == len(NAMES), "the demo's stories have other names now"
    result = run(args=["prepare"])
    assert result.exit_code == 0, result.output
    with app.app_context():
        fill(wanted, ())
    result = run(
        args=[
            "create-therapist",
            "--name",
            people.NELL.name,
            "--sign-in-name",
            people.NELL.sign_in_name,
            "--password-stdin",
        ],
        input=people.NELL.password,
    )
    assert result.exit_code == 0, result.output


if __name__ == "__main__":
    main(sys.argv[1])
