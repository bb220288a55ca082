"""The commands about accounts."""

import pytest
from click.testing import Result

from practice.db import db
from practice.models.accounts import Account
from practice.models.records import AccessRecord
from practice.services import accounts
from tests.builders import PASSWORD
from tests.phones import set_up_code

NEW = "kettle otter violin"


@pytest.fixture
def run(app):
    def run(*arguments: str, typed: str = "") -> Result:
        return app.test_cli_runner().invoke(args=list(arguments), input=typed)

    return run


def create(run, typed=f"{PASSWORD}\n", *, name="Tess Okafor", sign_in_name="Tess@Mail.example"):
    return run(
        "create-therapist",
        "--name",
        name,
        "--sign-in-name",
        sign_in_name,
        "--password-stdin",
        typed=typed,
    )


def test_the_first_therapist_is_created_and_signs_in(app, run, sign_in):
    done = create(run)
    assert done.exit_code == 0, done.output
    assert done.output.strip() == "Tess Okafor can sign in as tess@mail.example."
    browser = sign_in()
    browser.get("/account/sign-in")
    answer = browser.post("/account/sign-in", {"email": "tess@mail.example", "password": PASSWORD})
    assert answer.status_code == 302
    assert browser.get("/").status_code == 200


def test_the_password_is_asked_twice_and_not_shown(app, run):
    arguments = ("create-therapist", "--name", "Tess Okafor", "--sign-in-name", "tess")
    done = run(*arguments, typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert done.exit_code == 0, done.output
    assert PASSWORD not in done.output
    done = run(*arguments[:-1], "otto", typed=f"{PASSWORD}\ndiffers\n")
    assert done.exit_code != 0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"typed": "short\n"}, "password: Use at least 12 characters"),
        ({"typed": ""}, "password: Use at least 12 characters"),
        ({"typed": "okafor chair lamp\n"}, "password: Leave out your name"),
        ({"name": " "}, "name: Enter a name"),
        ({"sign_in_name": " "}, "sign in name: Enter a sign-in name."),
        ({"sign_in_name": "ada@mail.example"}, "sign in name: This name cannot be used."),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_kept(app, cast, run, changes, words):
    done = create(run, **changes) if "typed" not in changes else create(run, changes["typed"])
    assert done.exit_code == 1
    assert words in done.output
    with app.app_context():
        assert db.session.query(Account).count() == 7


def test_a_forgotten_password_is_replaced_and_sessions_end(app, cast, run, sign_in):
    ada = sign_in(cast.ada)
    done = run("set-password", "ADA@mail.example", "--password-stdin", typed=f"{NEW}\n")
    assert done.exit_code == 0, done.output
    assert ada.get("/account/security").status_code == 303
    browser = sign_in()
    browser.get("/account/sign-in")
    answer = browser.post("/account/sign-in", {"email": "ada@mail.example", "password": NEW})
    assert answer.status_code == 302


def test_a_bad_password_changes_nothing(app, cast, run, sign_in):
    done = run("set-password", "ada@mail.example", "--password-stdin", typed="no\n")
    assert done.exit_code == 1
    sign_in(cast.ada)


def test_end_sessions_signs_somebody_out_everywhere(app, cast, run, sign_in):
    one, two, ben = sign_in(cast.ada), sign_in(cast.ada), sign_in(cast.ben)
    done = run("end-sessions", "ada@mail.example")
    assert done.output.strip() == "Sessions ended: 2."
    assert one.get("/account/security").status_code == 303
    assert two.get("/account/security").status_code == 303
    assert ben.get("/account/security").status_code == 200


def test_turn_off_code_lets_the_password_open_alone(app, cast, run, sign_in):
    set_up_code(sign_in(cast.ada))
    assert run("turn-off-code", "ada@mail.example").exit_code == 0
    sign_in(cast.ada)
    with app.app_context():
        account = accounts.find("ada@mail.example")
        assert not account.tf_totp_secret
        assert not account.mf_recovery_codes


@pytest.mark.parametrize("command", ["set-password", "end-sessions", "turn-off-code"])
def test_an_unknown_name_is_named(app, cast, run, command):
    done = run(command, "stranger")
    assert done.exit_code == 1
    assert "Nobody signs in as 'stranger'." in done.output


def test_the_commands_are_logged(app, cast, run):
    run("set-password", "ada@mail.example", "--password-stdin", typed=f"{NEW}\n")
    run("end-sessions", "ada@mail.example")
    with app.app_context():
        lines = {(row.what, row.reason, row.person_id) for row in db.session.query(AccessRecord)}
    assert lines == {
        ("password.changed", "command_line", cast.ada.person_id),
        ("sessions.ended", "command_line", cast.ada.person_id),
    }


def test_the_first_therapist_owns_the_practice_and_another_can(app, run):
    create(run)
    create(run, name="Otto Brandt", sign_in_name="otto")
    assert owners(app) == ["tess@mail.example"]
    done = run("make-owner", "OTTO")
    assert done.output.strip() == "otto runs the practice now."
    assert owners(app) == ["otto", "tess@mail.example"]
    assert run("make-owner", "stranger").exit_code == 1


def owners(app):
    with app.app_context():
        found = db.session.query(Account).filter_by(is_owner=True)
        return sorted(account.sign_in_name for account in found)


def test_the_front_desk_is_created_and_cannot_own(app, run, sign_in):
    arguments = ("--name", "Rita Moss", "--sign-in-name", "rita", "--password-stdin")
    done = run("create-reception", *arguments, typed=f"{PASSWORD}\n")
    assert done.output.strip() == "Rita Moss can sign in at the front desk as rita."
    done = run("make-owner", "rita")
    assert (done.exit_code, "Only a therapist" in done.output) == (1, True)
    browser = sign_in()
    browser.get("/account/sign-in")
    browser.post("/account/sign-in", {"email": "rita", "password": PASSWORD})
    assert browser.get("/account/").location == "/desk/"
    assert browser.get("/desk/").status_code == 200


def test_a_bad_password_creates_nobody(app, run):
    arguments = ("--name", "Rita Moss", "--sign-in-name", "rita", "--password-stdin")
    assert run("create-reception", *arguments, typed="short\n").exit_code == 1
    with app.app_context():
        assert db.session.query(Account).count() == 0
