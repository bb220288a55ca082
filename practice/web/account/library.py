"""Settings of the sign-in library (Flask-Security-Too); decision 0011 gives the reasons."""

from datetime import timedelta
from typing import Any

from flask import Flask
from flask_security import PasswordUtil, Security, SQLAlchemyUserDatastore, Totp

from practice.config.keys import Keys
from practice.config.settings import Settings
from practice.domain import passwords
from practice.services import accounts
from practice.web.account import events, forms, guards, pages
from practice.web.pictures import qr_code

WRONG_PAIR = "This name and password do not open an account. Check both and try again."
WRONG_PASSWORD = "This is not your password."  # noqa: S105  # words for people

MESSAGES = {
    "GENERIC_AUTHN_FAILED": WRONG_PAIR,
    "INVALID_PASSWORD": WRONG_PASSWORD,
    "PASSWORD_NOT_PROVIDED": "Enter your password.",
    "PASSWORD_IS_THE_SAME": "This is the password you have now. Choose another.",
    "RETYPE_PASSWORD_MISMATCH": "This differs from the new password above.",
    "TWO_FACTOR_INVALID_TOKEN": "This code is not valid now. Wait for the next one and enter that.",
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": "Choose one of the ways offered.",
    "INVALID_RECOVERY_CODE": "This recovery code does not open your account; each works once.",
}
"""The library's messages that a page can show, in our words."""


class OneTimeCodes(Totp):
    """One-time codes that are good once: a code seen over a shoulder opens nothing."""

    def get_last_counter(self, user: Any) -> int | None:
        counter: int | None = accounts.lock(user.id).tf_last_counter
        return counter

    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        user.tf_last_counter = tmatch.counter

    def generate_qrcode(self, username: str, totp: str) -> str:
        return qr_code(self.get_totp_uri(username, totp))


class PasswordRules(PasswordUtil):
    """New passwords follow ``practice.domain.passwords``, here as everywhere."""

    def validate(
        self, password: str, is_register: bool, **kwargs: Any
    ) -> tuple[list[str] | None, str]:
        problem = accounts.password_problem(kwargs["user"], password)
        return [problem] if problem else None, passwords.normal(password)


def init_app(app: Flask, settings: Settings, keys: Keys) -> None:
    """Install the sign-in library with the settings that differ from its defaults."""
    app.config.update(
        SECURITY_PASSWORD_SALT=keys.session,
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106  # the name of the method
        SECURITY_PASSWORD_LENGTH_MIN=passwords.SHORTEST,
        SECURITY_PASSWORD_NORMALIZE_FORM="NFKC",  # noqa: S106  # as passwords.normal
        SECURITY_USER_IDENTITY_ATTRIBUTES=[
            {"sign_in_name": {"mapper": accounts.normal_name, "case_insensitive": False}}
        ],
        SECURITY_URL_PREFIX="/account",
        SECURITY_LOGIN_URL="/sign-in",
        SECURITY_LOGOUT_URL="/sign-out",
        SECURITY_LOGOUT_METHODS=["POST"],
        SECURITY_LOGIN_USER_TEMPLATE=pages.SIGN_IN,
        SECURITY_POST_LOGIN_VIEW="account.home",
        SECURITY_POST_LOGOUT_VIEW="security.login",
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_DEFAULT_REMEMBER_ME=False,
        SECURITY_API_ENABLED_METHODS=["session"],
        SECURITY_FRESHNESS=timedelta(minutes=15),
        SECURITY_FRESHNESS_GRACE_PERIOD=timedelta(minutes=0),
        SECURITY_STATIC_FOLDER=None,
        SECURITY_FLASH_MESSAGES=False,  # ours, in practice.web.account.events
        SECURITY_CLI_USERS_NAME=None,  # the library's commands take passwords as arguments
        SECURITY_CLI_ROLES_NAME=None,
        SECURITY_VERIFY_URL="/confirm",
        SECURITY_VERIFY_TEMPLATE="account/confirm_password.html",
        SECURITY_POST_VERIFY_VIEW="account.security",
        SECURITY_CHANGEABLE=True,
        SECURITY_CHANGE_URL="/password",
        SECURITY_CHANGE_PASSWORD_TEMPLATE="account/change_password.html",  # noqa: S106  # a file
        SECURITY_POST_CHANGE_VIEW="account.security",
        SECURITY_SEND_PASSWORD_CHANGE_EMAIL=False,
        **_second_factor(keys),
        **{f"SECURITY_MSG_{key}": (text, "error") for key, text in MESSAGES.items()},
    )
    if settings.testing:
        # The cheapest hash the library offers: what is under test is not its cost.
        app.config["SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS"] = {
            "argon2__memory_cost": 64,
            "argon2__time_cost": 1,
            "argon2__parallelism": 1,
        }
    library = Security(
        app,
        SQLAlchemyUserDatastore(*accounts.tables(), None),  # type: ignore[arg-type]  # no roles
        login_form=forms.SignInForm,
        verify_form=forms.ConfirmPasswordForm,
        change_password_form=forms.NewPasswordForm,
        two_factor_setup_form=forms.CodeSetUpForm,
        two_factor_verify_code_form=forms.CodeForm,
        two_factor_rescue_form=forms.NoRescueForm,
        mf_recovery_form=forms.RecoveryForm,
        mf_recovery_codes_form=forms.RecoveryCodesForm,
        render_template=pages.show,
        totp_cls=OneTimeCodes,
        password_util_cls=PasswordRules,
    )
    library.want_json(lambda _: False)  # one kind of answer, so that none says more than another
    library.login_manager.request_loader(lambda _: None)  # no sign-in by token or header
    guards.init_gate(app)
    events.init_app(app)


def _second_factor(keys: Keys) -> dict[str, Any]:
    """One-time codes from an authenticator app; no code by e-mail or text message."""
    return {
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TWO_FACTOR_IMPLEMENTATIONS": {"code": "flask_security.twofactor.CodeTfPlugin"},
        "SECURITY_TWO_FACTOR_ALWAYS_VALIDATE": True,
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        # Seconds to either side: the step before and the one after, for clocks that differ.
        "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
        "SECURITY_TOTP_SECRETS": keys.one_time_codes,
        "SECURITY_TOTP_ISSUER": "Practice",  # what a phone shows to whoever looks at it
        "SECURITY_TWO_FACTOR_SETUP_URL": "/one-time-code",
        "SECURITY_TWO_FACTOR_SETUP_TEMPLATE": pages.SET_UP,
        "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "account.security",
        "SECURITY_TWO_FACTOR_TOKEN_VALIDATION_URL": "/code",
        "SECURITY_TWO_FACTOR_VERIFY_CODE_TEMPLATE": pages.CODE,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": 8,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS": keys.recovery_codes,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_URL": "/recovery-codes",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_TEMPLATE": pages.RECOVERY_CODES,
        "SECURITY_MULTI_FACTOR_RECOVERY_URL": "/recovery",
        "SECURITY_MULTI_FACTOR_RECOVERY_TEMPLATE": "account/recovery.html",
    }
