"""The factory: puts the parts together, holds no rule."""

import hashlib
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask, Response, request
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from sqlalchemy import make_url
from werkzeug.middleware.proxy_fix import ProxyFix

from practice import cli
from practice import db as database
from practice.config.keys import Keys, load_keys
from practice.config.settings import ROOT, Settings, load_settings
from practice.db import db
from practice.models.sealing import KeyRing, use_key_ring
from practice.services import audit
from practice.web import (
    account,
    compressed,
    desk,
    errors,
    filters,
    hand_over,
    headers,
    origin,
    password_again,
    portal,
    reports,
    session,
    staff,
    stale,
    therapist,
    typed,
    who_reads,
)
from practice.web import (
    settings as settings_pages,
)

log = logging.getLogger(__name__)


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Build the web application.

    Args:
        config: Field names of ``Settings`` that override the environment.

    Raises:
        SettingsError: if a setting cannot be used.
        KeyFileError: if the key file is missing or damaged.
        DatabaseDamaged: if the database does not open.
    """
    settings = load_settings(config)
    settings.instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    keys = load_keys(settings.key_file, data_exists=_data_exists(settings))
    use_key_ring(KeyRing(keys.columns, keys.newest))

    app = Flask(
        "practice",
        root_path=str(ROOT / "practice"),
        instance_path=str(settings.instance),
        template_folder=str(ROOT / "templates"),
    )
    app.extensions["practice"] = settings
    app.extensions["practice_busy"] = database.is_lock_or_full
    app.extensions["practice_taken"] = database.is_taken
    app.testing = settings.testing
    app.config.update(
        SECRET_KEY=keys.session,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(settings, keys.database),
        MAX_CONTENT_LENGTH=2 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        MAX_FORM_PARTS=2000,
        WTF_CSRF_TIME_LIMIT=None,  # bound to the session, which has its own end
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    _init_database(app, settings, keys)
    _init_web(app, settings, keys)
    cli.init_app(app)
    return app


def _data_exists(settings: Settings) -> bool:
    return settings.is_sqlite and Path(make_url(settings.database_url).database or "").exists()


def _init_database(app: Flask, settings: Settings, keys: Keys) -> None:
    if settings.is_sqlite:
        app.extensions["practice_engine"] = database.prepare_sqlite(settings, keys.database)
    else:
        app.extensions["practice_engine"] = "PostgreSQL"
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True, compare_type=True)
    with app.app_context():
        database.listen(db.engine)


def _init_web(app: Flask, settings: Settings, keys: Keys) -> None:
    origin.init_app(app)
    hand_over.init_guard(app)  # before all that would answer a visit otherwise
    CSRFProtect(app)
    headers.init_app(app, settings)
    compressed.init_app(app)
    account.init_throttle(app)
    app.after_request(_end_transaction)
    session.init_app(app, settings)
    typed.init_app(app)
    password_again.init_app(app)
    errors.init_app(app)
    stale.init_app(app)
    filters.init_app(app, settings.time_zone)
    who_reads.init_app(app)
    _version_static_files(app)
    account.init_app(app, settings, keys)
    for area in (
        account,
        therapist,
        portal,
        reports,
        hand_over,
        settings_pages,
        desk,
        staff,
    ):
        app.register_blueprint(area.bp)


def _end_transaction(response: Response) -> Response:
    wrote = request.method not in database.SAFE_METHODS
    succeeded = wrote and response.status_code < 400
    audit.finish(write_succeeded=succeeded, origin=session.origin_of_request)
    return response


def _version_static_files(app: Flask) -> None:
    """Name static files by content, so that they may be kept for a year."""
    versions: dict[str, str] = {}

    @app.url_defaults
    def version(endpoint: str, values: dict[str, Any]) -> None:
        name = values.get("filename")
        if endpoint != "static" or not name:
            return
        if name not in versions or app.testing:
            path = Path(app.static_folder or "") / name
            versions[name] = hashlib.sha256(path.read_bytes()).hexdigest()[:10]
        values["v"] = versions[name]
