"""Dyad: practice-management software for counsellors who treat couples.

Importing this package, or the core in ``practice.domain``, does not load Flask.
"""

from typing import Any


def create_app(config: dict[str, Any] | None = None) -> Any:
    """Build the web application; see ``practice.app.create_app``."""
    from practice.app import create_app as build

    return build(config)
