"""R18: mail servers with and without encryption. No word of a mail goes in the clear."""

import ssl
from datetime import UTC, datetime
from ipaddress import ip_address

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from practice.cli.worker import rounds
from practice.config.mail import SSL, STARTTLS
from practice.domain.reminders.terms import Problem, ReminderState
from practice.domain.reminders.trying import DELAYS
from practice.services.reminders import history
from tests.engines import one_engine
from tests.services.reminders.conftest import mail, mailing, now, office, row, set_up
from tests.support.post_office import post_office

pytestmark = one_engine
__all__ = ["mail", "mailing", "now", "office", "set_up"]

OURS = x509.IPAddress(ip_address("127.0.0.1"))
ANOTHER = x509.DNSName("elsewhere.example")
LONG_AGO, NOT_SO_LONG_AGO, ONE_DAY = (
    datetime(year, 1, 1, tzinfo=UTC) for year in (2000, 2001, 2100)
)
PATIENT = {"security": STARTTLS, "timeout": 5.0}


def certificate(folder, name=OURS, until=ONE_DAY):
    """Write a certificate that signs itself, and its key; return both paths."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "post.example")])
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(LONG_AGO)
        .not_valid_after(until)
        .add_extension(x509.SubjectAlternativeName([name]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "certificate.pem", folder / "key.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return public, private


def context_of(public, private):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return context


def test_a_mail_and_the_password_go_over_a_connection_that_is_encrypted(
    mail, set_up, tmp_path, monkeypatch
):
    public, private = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(public))

    def let_in(server, session, envelope, mechanism, given):
        return AuthResult(success=given.password == b"secret" and session.ssl is not None)

    asked = {"authenticator": let_in, "auth_required": True}
    with post_office(tls_context=context_of(public, private), **asked) as encrypted:
        set_up(encrypted.settings(username="us", password="secret", **PATIENT))
        rounds.send(mail)
    assert row().state is ReminderState.SENT
    assert encrypted.in_the_clear == ["EHLO"]
    assert len(encrypted.mails) == 1


def test_a_server_that_is_encrypted_from_the_first_byte(mail, set_up, tmp_path, monkeypatch):
    public, private = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(public))
    with post_office(ssl_context=context_of(public, private)) as encrypted:
        set_up(encrypted.settings(**PATIENT | {"security": SSL}))
        rounds.send(mail)
    assert row().state is ReminderState.SENT
    assert encrypted.in_the_clear == []


@pytest.mark.parametrize(
    ("security", "fault"),
    [
        (STARTTLS, "nobody vouches for it"),
        (STARTTLS, "of another"),
        (STARTTLS, "out of date"),
        (SSL, "nobody vouches for it"),
    ],
)
def test_nothing_is_said_to_a_server_that_cannot_show_who_it_is(
    mail, set_up, tmp_path, monkeypatch, security, fault
):
    name = ANOTHER if fault == "of another" else OURS
    until = NOT_SO_LONG_AGO if fault == "out of date" else ONE_DAY
    public, private = certificate(tmp_path, name, until)
    if fault != "nobody vouches for it":
        monkeypatch.setenv("SSL_CERT_FILE", str(public))
    context = context_of(public, private)
    how = {"tls_context": context} if security == STARTTLS else {"ssl_context": context}
    with post_office(**how) as doubtful:
        set_up(
            doubtful.settings(username="us", password="secret", **PATIENT | {"security": security})
        )
        rounds.send(mail)
    assert (row().state, row().problem) == (ReminderState.WAITING, Problem.NOT_ENCRYPTED)
    assert set(doubtful.seen) <= {"EHLO"}
    assert doubtful.mails == []


def test_without_encryption_it_is_tried_again_then_given_up_and_the_therapist_told(
    mailing, mail, office, set_up, now
):
    """The server offers none; the practice wants it."""
    set_up(office.settings(security=STARTTLS, username="us", password="secret"))
    while row().state is ReminderState.WAITING:
        now.move_to(row().next_try_at)
        rounds.send(mail)
    assert row().attempts == len(DELAYS) + 1
    assert (row().state, row().problem) == (ReminderState.GIVEN_UP, Problem.NOT_ENCRYPTED)
    assert set(office.seen) == {"EHLO"}, "no sign-in, no address, no word"
    told = history.mails_to(
        actor=mailing.tess, couple_id=mailing.couple, person_id=mailing.ada.person_id
    )
    assert told.stuck is not None
    assert "no safe connection" in told.stuck.problem.words
