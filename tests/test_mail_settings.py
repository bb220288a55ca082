"""Settings of mail are checked at start, and a password is never shown."""

import pytest

from practice.config.mail import NONE, SSL, STARTTLS
from practice.config.settings import SettingsError, load_settings

GOOD = {"MAIL_SERVER": "mail.example.org", "MAIL_DEFAULT_SENDER": "appointments@example.org"}


@pytest.fixture
def settings(monkeypatch, tmp_path):
    def load(toml="", **environment):
        (tmp_path / "practice.toml").write_text(toml)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return load_settings({"instance": tmp_path})

    return load


def test_without_a_server_nothing_is_sent(settings):
    assert settings().mail is None


@pytest.mark.parametrize(
    ("more", "security", "port"),
    [
        ({}, STARTTLS, 587),
        ({"MAIL_USE_SSL": "true"}, SSL, 465),
        ({"MAIL_PORT": "2525"}, STARTTLS, 2525),
        ({"MAIL_USE_TLS": "false", "MAIL_SERVER": "127.0.0.1"}, NONE, 25),
        ({"MAIL_USE_TLS": "false", "MAIL_SERVER": "localhost"}, NONE, 25),
    ],
)
def test_mail_is_encrypted_unless_it_stays_on_this_machine(settings, more, security, port):
    mail = settings(**GOOD | more).mail
    assert (mail.security, mail.port) == (security, port)


def test_the_environment_wins_over_the_file(settings):
    toml = '[mail]\nserver = "a.example"\nport = 2587\ndefault_sender = "x@a.example"\n'
    mail = settings(toml, MAIL_SERVER="b.example").mail
    assert (mail.server, mail.port, mail.default_sender) == ("b.example", 2587, "x@a.example")


def test_a_password_in_a_file_that_everybody_can_read_is_refused(settings, tmp_path):
    toml = '[mail]\nserver = "a.example"\ndefault_sender = "x@a.example"\npassword = "otter"\n'
    (tmp_path / "practice.toml").touch(mode=0o640)
    assert settings(toml).mail.password == "otter"  # made up
    (tmp_path / "practice.toml").chmod(0o644)
    with pytest.raises(SettingsError, match="practice.toml holds the password") as refused:
        settings(toml)
    assert "otter" not in str(refused.value)


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"MAIL_DEFAULT_SENDER": ""}, "MAIL_DEFAULT_SENDER"),
        ({"MAIL_DEFAULT_SENDER": "Practice <x@example.org>"}, "MAIL_DEFAULT_SENDER"),
        ({"MAIL_USE_TLS": "false"}, "MAIL_USE_TLS"),
        ({"MAIL_USE_TLS": "maybe"}, "MAIL_USE_TLS"),
        ({"MAIL_PORT": "0"}, "MAIL_PORT"),
        ({"MAIL_PORT": "smtp"}, "MAIL_PORT"),
        ({"MAIL_TIMEOUT": "forever"}, "MAIL_TIMEOUT"),
        ({"MAIL_TIMEOUT": "3600"}, "MAIL_TIMEOUT"),
        ({"PRACTICE_PUBLIC_ADDRESS": "dyad.example.org"}, "PRACTICE_PUBLIC_ADDRESS"),
        ({"PRACTICE_PUBLIC_ADDRESS": "https://d.example/?x"}, "PRACTICE_PUBLIC_ADDRESS"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_at_start(settings, more, named):
    with pytest.raises(SettingsError, match=named):
        settings(**GOOD | more)


def test_an_unknown_line_of_the_file_is_refused(settings):
    with pytest.raises(SettingsError, match="knows: server"):
        settings("[mail]\nhost = 'a'\n")


def test_the_password_stands_in_no_text_of_the_settings(settings):
    loaded = settings(**GOOD, MAIL_PASSWORD="a secret")
    assert loaded.mail.password == "a secret"
    assert "a secret" not in repr(loaded)


def test_the_address_for_people_ends_without_a_slash(settings):
    loaded = settings(PRACTICE_PUBLIC_ADDRESS="https://dyad.example.org/")
    assert loaded.public_address == "https://dyad.example.org"
