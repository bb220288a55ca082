"""Prepare the instance that the browsers visit. Run as a module, in a process of its own.

``python -m tests.journeys.fill FOLDER``: the real migrations, part of the real demo caseload, and
a therapist who starts with nothing. A process of its own because an application takes over the
keys of its process, and the tests beside these have one too.
"""

import sys
from datetime import timedelta
from uuid import UUID, uuid4

from practice.app import create_app
from practice.cli.demo.stories import STORIES
from practice.cli.demo_data import fill
from practice.db import db
from practice.domain.homework.terms import Frequency, GivenTo
from practice.domain.people import Actor, Role
from practice.domain.sessions import Attendance
from practice.domain.visibility import Audience
from practice.services import clock, homework, memberships
from tests import builders, exercises, records
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
        begin_quietly()
        leave_a_couple()
        give_under_each_rule()
        db.session.commit()
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


def give_gratitude(
    therapist: Actor,
    couple: UUID,
    audience: Audience = Audience.COUPLE,
    new_id: UUID | None = None,
    key: str = "gratitude",
) -> UUID:
    """Give each partner the gratitude worksheet, or another, for every day."""
    return homework.assign(
        actor=therapist,
        couple_id=couple,
        new_id=new_id or uuid4(),
        template_key=key,
        given_to=GivenTo.EACH,
        frequency=Frequency.DAILY,
        starts_on=clock.today() - timedelta(days=6),
        due_on=clock.today() + timedelta(days=14),
        audience=audience,
    )


def give_under_each_rule() -> None:
    """Begin the record of Asta and Nils: a worksheet under each rule, and a session of today."""
    mira = builders.make_person(people.MIRA.name, Role.THERAPIST)
    members = [builders.make_person(who.name, Role.PARTNER) for who in (people.ASTA, people.NILS)]
    couple = builders.make_couple(mira, members)
    for rule, key in people.WORKSHEETS.items():
        give_gratitude(mira, couple, rule, people.TASKS[rule], key)
    records.make_session(
        couple,
        mira,
        id=people.MET,
        starts_at=clock.now(),
        attendance=dict.fromkeys(members, Attendance.ATTENDED),
    )


def begin_quietly() -> None:
    """Begin the record of Iris and Jude: homework, a note that is signed, a session planned."""
    nora = builders.make_person(people.NORA.name, Role.THERAPIST)
    members = [builders.make_person(who.name, Role.PARTNER) for who in (people.IRIS, people.JUDE)]
    couple = builders.make_couple(nora, members)
    now = clock.now()
    task = give_gratitude(nora, couple)
    for member in members:
        words = f"{member.name} wrote this for Nora"
        exercises.write(member, task, Audience.THERAPIST, noticed=words)
    held = records.make_session(
        couple,
        nora,
        starts_at=now - timedelta(days=3),
        attendance=dict.fromkeys(members, Attendance.ATTENDED),
    )
    records.make_joint_note(held, couple, nora, body=people.NOTE, signed_at=now)
    records.make_planned(couple, nora, starts_at=now + timedelta(days=4))


def leave_a_couple() -> None:
    """Let Fern write something, and leave; the one who stays cannot sign in."""
    kit = builders.make_person("Kit Ames", Role.THERAPIST)
    fern = builders.make_person(people.FERN.name, Role.PARTNER)
    stays = builders.make_person("Lou Marsh", Role.PARTNER, account=False)
    couple = builders.make_couple(kit, [fern, stays])
    task = give_gratitude(kit, couple)
    exercises.write(fern, task, Audience.COUPLE, noticed="the tea that was made")
    memberships.end_membership(
        actor=kit, couple_id=couple, person_id=fern.person_id, left_on=clock.today()
    )


if __name__ == "__main__":
    main(sys.argv[1])
