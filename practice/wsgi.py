"""What a WSGI server loads: ``practice.wsgi:app``."""

from practice import create_app
from practice.config.settings import ROOT
from practice.db import SchemaDiffers, db, require_schema

app = create_app()
with app.app_context():
    try:
        require_schema(db.engine, ROOT / "migrations")
    except SchemaDiffers as error:
        raise SystemExit(f"Dyad does not start. {error}") from error
