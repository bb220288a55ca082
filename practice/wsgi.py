"""What a WSGI server loads: ``practice.wsgi:app``."""

from practice.app import create_app
from practice.config.settings import ROOT
from practice.db import db, require_schema

app = create_app()
with app.app_context():
    require_schema(db.engine, ROOT / "migrations")
