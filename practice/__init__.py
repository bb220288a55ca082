"""Dyad: practice-management software for counsellors who treat couples.

Importing this package, or the core in ``practice.domain``, does not load Flask.
"""

from typing import Any


def create_app(config: dict[str, Any] | None = None) -> Any:
    """Build the web application for a server or the command line.

    What a person can mend (a setting, the key file, the database) ends the start with its
    message alone; see ``practice.app.create_app``.
    """
    from practice.app import create_app as build
    from practice.config.keys import KeyFileError
    from practice.config.settings import SettingsError
    from practice.db import DatabaseDamaged

    try:
        return build(config)
    except (DatabaseDamaged, KeyFileError, SettingsError) as error:
        raise SystemExit(f"Dyad does not start. {error}") from error
