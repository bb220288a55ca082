"""``demo-data``: fill an empty instance with the invented caseload."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import uuid5

import click
from flask import current_app
from flask.cli import with_appcontext

from practice.cli.demo.build import PASSWORD, StoryTeller, sign_in_name
from practice.cli.demo.chart_stories import CHART_STORIES
from practice.cli.demo.course import EARLIER, Earlier
from practice.cli.demo.happenings import tell_earlier
from practice.cli.demo.measures import SCHEDULED_WEEKS
from practice.cli.demo.own_worksheet import write_own_worksheet
from practice.cli.demo.practice import add_practice
from practice.cli.demo.releases import tell_releases
from practice.cli.demo.session_notes import FIRST_SESSION
from practice.cli.demo.stories import STORIES, Story
from practice.cli.demo.teller import NAMESPACE
from practice.config.settings import Settings
from practice.domain.people import Actor, Role
from practice.services import accounts, audit, clock, installation, note_templates, schedule

FIRST_DAY = date(2020, 1, 1)
"""Before every story."""

THERAPISTS = ("Tess Okafor", "Otto Brandt")

LETTERHEAD = """\
# Written by the demo. The practice is invented.
[letterhead]
name = "Two Chairs Counselling"
address = "4 Mill Lane, Little Marden LM1 9ZZ"
telephone = "01632 960 014"
email = "post@twochairs.example"
"""


@click.command("demo-data")
@click.option("--print-sign-ins", is_flag=True, help="Print who can sign in, and how.")
@click.option("--charts", is_flag=True, help="Three couples with 3, 12 and 60 points instead.")
@with_appcontext
def demo_data(print_sign_ins: bool, charts: bool) -> None:
    """Fill an empty instance with thirteen invented couples, and the scores of former ones."""
    if installation.is_empty():
        fill(*((CHART_STORIES, ()) if charts else ()))
    elif not _is_demo():
        raise click.ClickException(
            "This instance holds people already; the demo goes only into an empty one. "
            "Set PRACTICE_INSTANCE to another folder."
        )
    else:
        click.echo("The demo caseload is in place.")
    if print_sign_ins:
        for line in installation.all_sign_ins():
            click.echo(f"  {line.role:<10} {line.sign_in_name:<28} {PASSWORD}")


@click.command("demo-couples")
@with_appcontext
def demo_couples() -> None:
    """Print every couple: its id, a tab, its name."""
    for line in installation.all_couples():
        click.echo(f"{line.couple_id}\t{line.title}")


def fill(stories: Sequence[Story] = STORIES, earlier: Sequence[Earlier] = EARLIER) -> None:
    """Write the caseload, or part of it, into an empty instance; all of it or nothing."""
    today = clock.today()
    _write_letterhead()
    therapists = [
        Actor(
            accounts.create_therapist(
                name=name, sign_in_name=sign_in_name(name), password=PASSWORD
            ),
            Role.THERAPIST,
            name,
        )
        for name in THERAPISTS
    ]
    _begin_to_schedule(therapists[0], today)
    note_templates.add(
        actor=therapists[0], new_id=uuid5(NAMESPACE, FIRST_SESSION.name), details=FIRST_SESSION
    )
    with click.progressbar(stories, label="Writing the demo caseload") as shown:
        told = [
            StoryTeller(story, therapists[story.therapist - 1], number, today).tell()
            for number, story in enumerate(shown)
        ]
    tell_releases(therapists[stories[0].therapist - 1], told[0])
    write_own_worksheet(therapists[stories[0].therapist - 1], told[0])
    for number, former in enumerate(earlier):
        tell_earlier(former, therapists[former.therapist - 1], number, today)
    add_practice(therapists[0], therapists[1:])
    # All or nothing: an interrupted run leaves the instance empty.
    audit.finish(write_succeeded=True)


def _begin_to_schedule(therapist: Actor, today: date) -> None:
    """Let the practice have given by hand at first, and by the schedule for some weeks now."""
    began = today - timedelta(weeks=SCHEDULED_WEEKS)
    with clock.pretend(clock.beginning_of(FIRST_DAY)):
        schedule.switch(actor=therapist, couple_id=None, active=False)
    with clock.pretend(clock.beginning_of(began)):
        schedule.back_to_default(actor=therapist, couple_id=None)


def _is_demo() -> bool:
    return any(
        line.sign_in_name == sign_in_name(THERAPISTS[0]) for line in installation.all_sign_ins()
    )


def _write_letterhead() -> None:
    settings: Settings = current_app.extensions["practice"]
    path = settings.instance / "practice.toml"
    if not path.exists():
        path.write_text(LETTERHEAD, encoding="utf-8")
