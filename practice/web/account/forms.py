"""Forms of the account pages: the library's, in our words, and our own."""

from typing import Any

from flask import request
from flask_security import (
    ChangePasswordForm,
    LoginForm,
    MfRecoveryCodesForm,
    MfRecoveryForm,
    TwoFactorRescueForm,
    TwoFactorSetupForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
)
from flask_wtf import FlaskForm
from wtforms import PasswordField, RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import EqualTo, InputRequired, Length, Regexp, ValidationError

from practice.domain import passwords
from practice.domain.people import Role
from practice.services import accounts, audit
from practice.web.password_again import note_given
from practice.web.right_secret import secret_was_right
from practice.web.session import current_actor, is_handed_over

NAME_HINT = "Your e-mail address, or the name your practice gave you."
ONLY_A_THERAPIST = (
    "This device was handed over for questions. Only a therapist can sign in here now. Your own "
    "pages open on your own device."
)
FIRST_PASSWORD = "Enter your password."  # noqa: S105  # words for people
ENTER_CODE = "Enter the six digits."


def _normal(typed: str | None) -> str | None:
    return None if typed is None else passwords.normal(typed)


def _printable(typed: str | None) -> str | None:
    """Take out NUL, which neither a page nor PostgreSQL can hold."""
    return None if typed is None else typed.replace("\0", "\N{REPLACEMENT CHARACTER}")


class SignInForm(LoginForm):
    """Sign in by the name the practice knows: an e-mail address or one it gave out."""

    user: Any  # an account, or None; the library knows no person
    remember = None
    # The library looks for a field of this name; what is entered is the sign-in name.
    email = StringField(
        "Sign-in name",
        description=NAME_HINT,
        validators=[InputRequired("Enter your sign-in name."), Length(max=254)],
        filters=[_printable],
    )
    password = PasswordField(
        "Password", validators=[InputRequired(FIRST_PASSWORD)], filters=[_normal]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.missing: dict[str, list[str]] = {}
        self.kept_back = False

    def validate(self, **kwargs: Any) -> bool:
        self.ifield = self.email
        self.user = accounts.find(self.email.data or "")
        valid: bool = super().validate(**kwargs)
        if valid:
            secret_was_right()
            valid = self._may_take_the_device()
        elif self.email.data and self.password.data:
            person_id = self.user.person_id if self.user else None
            audit.note_failed_sign_in(person_id, "sign_in", "wrong_name_or_password")
        else:
            self.missing = {
                field.name: list(field.errors)
                for field in (self.email, self.password)
                if not field.data
            }
        return valid

    def _may_take_the_device(self) -> bool:
        """Refuse a partner on the therapist's device: a visit reaches no portal, theirs neither."""
        self.kept_back = is_handed_over() and self.user.role is not Role.THERAPIST
        if self.kept_back:
            audit.note_failed_sign_in(self.user.person_id, "sign_in", "handed_over_device")
        return not self.kept_back

    def settle_errors(self) -> None:
        """Say what was left empty beside its field; a wrong pair is one message, about neither."""
        self.form_errors[:] = [] if self.missing else list(dict.fromkeys(self.form_errors))
        if self.kept_back:
            self.form_errors[:] = [ONLY_A_THERAPIST]
        for name, messages in self.missing.items():
            self[name].errors = messages


class ConfirmPasswordForm(VerifyForm):
    """Enter the password again before something that needs it."""

    user: Any
    password = PasswordField(
        "Your password", validators=[InputRequired(FIRST_PASSWORD)], filters=[_normal]
    )

    def validate(self, **kwargs: Any) -> bool:
        valid: bool = super().validate(**kwargs)
        if valid:
            secret_was_right()
            note_given()
        elif self.password.data:
            audit.note_failed_sign_in(self.user.person_id, "password.confirmed", "wrong_password")
        return valid


class NewPasswordForm(ChangePasswordForm):
    """Change the own password."""

    password = PasswordField(
        "Your password now", validators=[InputRequired(FIRST_PASSWORD)], filters=[_normal]
    )
    new_password = PasswordField(
        "New password",
        description=passwords.ADVICE,
        validators=[InputRequired("Enter a new password.")],
        filters=[_normal],
    )
    new_password_confirm = PasswordField(
        "New password again",
        validators=[EqualTo("new_password", "This differs from the new password above.")],
        filters=[_normal],
    )

    def validate(self, **kwargs: Any) -> bool:
        valid: bool = super().validate(**kwargs)
        if self.password.data and not self.password.errors and not self._stopped_early():
            secret_was_right()
        return valid

    def _stopped_early(self) -> bool:
        """Whether the library found fault with the other fields and never looked at this one."""
        return bool(self.new_password_confirm.errors) or not self.new_password.data


class CodeSetUpForm(TwoFactorSetupForm):
    """Turn the one-time code on or off."""

    setup = RadioField(
        "What to do",
        choices=[
            SelectChoice("authenticator", "Set up a one-time code"),
            SelectChoice("disable", "Turn the one-time code off"),
        ],
        validate_choice=False,
    )


class CodeForm(TwoFactorVerifyCodeForm):
    """Enter the one-time code that the phone shows."""

    user: Any
    code = StringField(
        "One-time code",
        validators=[InputRequired(ENTER_CODE), Length(max=20)],
        filters=[_printable],
    )

    def validate(self, **kwargs: Any) -> bool:
        valid: bool = super().validate(**kwargs)
        if valid:
            secret_was_right()
        elif self.code.data and not self.is_setup and self.user is not None:
            audit.note_failed_sign_in(self.user.person_id, "one_time_code", "wrong_code")
        return valid


class NoRescueForm(TwoFactorRescueForm):
    """The library builds one for each code page; help by e-mail or text message is not offered."""

    help_setup = RadioField("Help", choices=[], validate_choice=False)


class RecoveryForm(MfRecoveryForm):
    """Sign in with a recovery code when the phone is not at hand."""

    user: Any
    code = StringField(
        "Recovery code",
        validators=[InputRequired("Enter a recovery code."), Length(max=40)],
        filters=[_printable],
    )

    def validate(self, **kwargs: Any) -> bool:
        self.code.data = "".join((self.code.data or "").split()).lower()
        if self.user is not None:
            accounts.lock(self.user.id)
        valid: bool = super().validate(**kwargs)
        if self.user is not None and self.code.data:
            if valid:
                secret_was_right()
                audit.note_account(self.user.person_id, "recovery_code.used")
            else:
                audit.note_failed_sign_in(self.user.person_id, "recovery_code", "wrong_code")
        return valid


class RecoveryCodesForm(MfRecoveryCodesForm):
    """Make new recovery codes."""

    def validate(self, **kwargs: Any) -> bool:
        valid: bool = super().validate(**kwargs)
        if valid and request.method == "POST":
            audit.note_account(current_actor().person_id, "recovery_codes.made")
        return valid


class AcceptInvitationForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """Set up an own account with the link and the six digits."""

    spoken_code = StringField(
        "Six-digit code",
        description="Whoever invited you gave it to you in person or by telephone.",
        validators=[
            InputRequired(ENTER_CODE),
            Regexp(r"^\s*[0-9]{3}\s*[0-9]{3}\s*$", message="The code has six digits."),
        ],
        filters=[_printable],
    )
    sign_in_name = StringField(
        "Sign-in name",
        description="What you want to sign in with from now on: an e-mail address that only you "
        "read, or any name that you will remember.",
        validators=[InputRequired("Enter a sign-in name."), Length(max=254)],
        filters=[_printable],
    )
    password = PasswordField(
        "Password",
        description=passwords.ADVICE,
        validators=[InputRequired("Choose a password.")],
    )
    password_again = PasswordField("Password again")

    def validate_password_again(self, field: PasswordField) -> None:
        if field.data != self.password.data:
            raise ValidationError("This differs from the password above.")
