"""Settings of the sign-in library (Flask-Security-Too); decision 0011 gives the reasons."""

from datetime import timedelta

from flask import Flask
from flask_security import Security, SQLAlchemyUserDatastore

from practice.config.keys import Keys
from practice.config.settings import Settings
from practice.services import accounts
from practice.web.account.forms import SignInForm


def init_app(app: Flask, settings: Settings, keys: Keys) -> None:
    """Install the sign-in library with the settings that differ from its defaults."""
    app.config.update(
        SECURITY_PASSWORD_SALT=keys.session,
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106  # the name of the method
        SECURITY_PASSWORD_LENGTH_MIN=12,
        SECURITY_USER_IDENTITY_ATTRIBUTES=[
            {"sign_in_name": {"mapper": accounts.normal_name, "case_insensitive": False}}
        ],
        SECURITY_URL_PREFIX="/account",
        SECURITY_LOGIN_URL="/sign-in",
        SECURITY_LOGOUT_URL="/sign-out",
        SECURITY_LOGOUT_METHODS=["POST"],
        SECURITY_LOGIN_USER_TEMPLATE="account/sign_in.html",
        SECURITY_POST_LOGIN_VIEW="account.home",
        SECURITY_POST_LOGOUT_VIEW="security.login",
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_DEFAULT_REMEMBER_ME=False,
        SECURITY_API_ENABLED_METHODS=["session"],
        SECURITY_FRESHNESS=timedelta(minutes=15),
        SECURITY_FRESHNESS_GRACE_PERIOD=timedelta(minutes=0),
        SECURITY_STATIC_FOLDER=None,
        SECURITY_FLASH_MESSAGES=False,
    )
    if settings.testing:
        # The cheapest hash the library offers: what is under test is not its cost.
        app.config["SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS"] = {
            "argon2__memory_cost": 64,
            "argon2__time_cost": 1,
            "argon2__parallelism": 1,
        }
    Security(
        app,
        SQLAlchemyUserDatastore(*accounts.tables(), None),  # type: ignore[arg-type]  # no roles
        login_form=SignInForm,
    )
