"""Who gets a mail today, and that nothing of anybody else plays a part."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from practice.cli.worker import rounds
from practice.db import db
from practice.domain.reminders.terms import Problem, ReminderKind, ReminderState
from practice.domain.safety.contact import Channel, SafeContact
from practice.domain.safety.mail_times import MailTimes
from practice.models.accounts import Account
from practice.models.records import AccessRecord
from practice.models.reminders import Reminder, ReminderCause
from practice.services import audit, clock, safe_contacts, screenings
from practice.services.errors import NotFound
from practice.services.reminders import choices, planning
from tests.builders import leave, make_couple
from tests.services.reminders.conftest import ask, call_safe
from tests.worlds.reminders import ask_to_sign, give_alone, plan_session


def plan():
    db.session.commit()
    return rounds.plan()


def planned(person=None):
    """Return the kinds that each mail is for, of one person or of all."""
    rows = db.session.scalars(select(Reminder).order_by(Reminder.day))
    return [
        sorted(cause.kind.value for cause in row.causes)
        for row in rows
        if person is None or row.person_id == person.person_id
    ]


def test_nothing_is_planned_while_nothing_waits(mailing):
    assert plan() == 0


def test_everything_that_waits_is_one_mail_a_day(mailing, now):
    ask(mailing, mailing.ada)
    give_alone(mailing, mailing.ada)
    assert plan() == 1
    assert planned(mailing.ada) == [["homework", "questions"]]
    assert planned(mailing.ben) == []
    now.shift(timedelta(hours=2))
    ask(mailing, mailing.ada)
    assert plan() == 0


@pytest.mark.parametrize("kind", ["questions", "homework", "appointment", "papers"])
def test_each_kind_is_found(mailing, kind):
    wait = {
        "questions": lambda: ask(mailing, mailing.ada),
        "homework": lambda: give_alone(mailing, mailing.ada),
        "appointment": lambda: plan_session(mailing, mailing.ada, 1),
        "papers": lambda: ask_to_sign(mailing, mailing.ada),
    }
    wait[kind]()
    assert plan() == 1
    assert planned() == [[kind]]
    choices.choose(actor=mailing.ada, wanted=set(ReminderKind) - {ReminderKind(kind)})
    db.session.execute(ReminderCause.__table__.delete())
    db.session.execute(Reminder.__table__.delete())
    assert plan() == 0


def test_a_joint_appointment_reminds_each(mailing):
    plan_session(mailing, None, 1)
    assert plan() == 2
    plan_session(mailing, None, 4)
    assert planned() == [["appointment"], ["appointment"]]


def test_without_times_or_e_mail_nothing_is_sent(mailing):
    ask(mailing, mailing.ada)
    call_safe(mailing.ada, None)
    assert plan() == 0
    only_calls = SafeContact({Channel.CALL: "07700 900100"})
    safe_contacts.save_own(actor=mailing.ada, new_id=uuid4(), contact=only_calls)
    assert plan() == 0


def test_what_was_never_said_lets_no_mail_come(set_up, office, inside, now):
    set_up(office.settings())
    ask(inside, inside.ada)
    assert plan() == 0


def test_nothing_is_planned_outside_the_hours(mailing, now):
    ask(mailing, mailing.ada)
    call_safe(mailing.ada, MailTimes((4,), time(14), time(15)))
    assert plan() == 0
    now.shift(timedelta(hours=2))
    assert plan() == 1


def test_without_a_mail_server_nothing_is_planned(mailing, set_up):
    set_up(None)
    ask(mailing, mailing.ada)
    assert plan() == 0


@pytest.mark.parametrize("way", ["left", "closed", "not taken up"])
def test_who_is_gone_gets_nothing(mailing, way):
    ask(mailing, mailing.ada)
    assert [one.actor for one in planning.candidates()] != []
    mine = Account.person_id == mailing.ada.person_id
    account = db.session.scalar(select(Account).where(mine))
    if way == "left":
        leave(mailing.couple, mailing.ada)
    elif way == "closed":
        account.active = False
    else:
        account.password = None
    assert plan() == 0


def test_several_couples_are_one_mail_and_each_cause_knows_its_couple(mailing):
    second = make_couple(mailing.otto, [mailing.ada, mailing.cleo])
    call_safe(mailing.ada)
    ask(mailing, mailing.ada)
    give_alone(mailing, mailing.ada, actor=mailing.otto, couple_id=second)
    assert plan() == 1
    rows = db.session.execute(select(ReminderCause.couple_id, ReminderCause.kind))
    assert {tuple(row) for row in rows} == {
        (mailing.couple, ReminderKind.QUESTIONS),
        (second, ReminderKind.HOMEWORK),
    }


def test_what_was_said_last_holds_whichever_therapist_wrote_it_down(mailing, now):
    second = make_couple(mailing.otto, [mailing.ada, mailing.cleo])
    ask(mailing, mailing.ada)
    now.shift(timedelta(minutes=1))
    safe_contacts.save(
        actor=mailing.otto,
        couple_id=second,
        person_id=mailing.ada.person_id,
        new_id=uuid4(),
        contact=SafeContact(never="E-mail"),
        asked_on=clock.today(),
    )
    assert plan() == 0


def test_the_private_questions_cause_no_mail(mailing):
    screenings.open_in_portal(
        actor=mailing.tess, couple_id=mailing.couple, person_id=mailing.ada.person_id
    )
    assert plan() == 0


def test_an_address_that_was_refused_gets_nothing_until_it_is_written_down_anew(mailing, now):
    ask(mailing, mailing.ada)
    plan()
    (row,) = db.session.scalars(select(Reminder))
    row.state, row.problem = ReminderState.GIVEN_UP, Problem.ADDRESS_REFUSED
    row.finished_at = row.planned_at
    now.shift(timedelta(days=8))
    assert plan() == 0
    call_safe(mailing.ada)
    assert plan() == 1


def test_where_the_server_was_away_it_is_planned_again_the_next_day(mailing, now):
    ask(mailing, mailing.ada)
    plan()
    (row,) = db.session.scalars(select(Reminder))
    row.state, row.problem = ReminderState.GIVEN_UP, Problem.UNREACHABLE
    row.finished_at = row.planned_at
    assert plan() == 0
    now.shift(timedelta(days=1))
    assert plan() == 1


def test_a_mail_on_its_way_holds_up_the_next(mailing, now):
    ask(mailing, mailing.ada)
    plan()
    now.shift(timedelta(days=1))
    give_alone(mailing, mailing.ada)
    assert plan() == 0


def test_a_mail_that_was_sent_a_day_late_is_the_one_of_that_day(mailing, now):
    ask(mailing, mailing.ada)
    plan()
    now.shift(timedelta(days=1))
    (row,) = db.session.scalars(select(Reminder))
    row.state, row.finished_at = ReminderState.SENT, row.planned_at + timedelta(days=1)
    give_alone(mailing, mailing.ada)
    assert plan() == 0


def test_of_two_workers_one_writes_it_down(mailing):
    ask(mailing, mailing.ada)
    db.session.commit()
    (one,) = (one for one in planning.candidates() if one.actor == mailing.ada)
    wanted = planning.wanted_today(one)
    assert planning.write_down(wanted) is not None
    assert planning.write_down(wanted) is None


def test_planning_tells_the_access_log_nothing(mailing):
    ask(mailing, mailing.ada)
    audit.finish(write_succeeded=True)
    before = db.session.query(AccessRecord).count()
    assert plan() == 1
    assert db.session.query(AccessRecord).count() == before


def test_what_was_finished_a_year_ago_is_forgotten(mailing, now):
    ask(mailing, mailing.ada)
    plan()
    assert rounds.tidy() == 0
    (row,) = db.session.scalars(select(Reminder))
    row.state, row.finished_at = ReminderState.SENT, row.planned_at
    now.shift(timedelta(days=366))
    db.session.commit()
    assert rounds.tidy() == 1
    assert db.session.query(Reminder).count() == db.session.query(ReminderCause).count() == 0


def test_only_a_present_member_chooses(mailing):
    for actor in (mailing.tess, mailing.finn):
        with pytest.raises(NotFound):
            choices.own_choices(actor=actor)
        with pytest.raises(NotFound):
            choices.choose(actor=actor, wanted=())


def test_a_choice_is_kept_and_the_times_are_said_in_words(mailing):
    choices.choose(actor=mailing.ada, wanted={ReminderKind.HOMEWORK})
    choices.choose(actor=mailing.ada, wanted={ReminderKind.HOMEWORK, ReminderKind.PAPERS})
    own = choices.own_choices(actor=mailing.ada)
    assert own.wanted == {ReminderKind.HOMEWORK, ReminderKind.PAPERS}
    assert own.times == "every day, 08:00 to 20:00"
    assert choices.own_choices(actor=mailing.ben).wanted == set(own.kinds)
