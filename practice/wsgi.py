"""What a WSGI server loads: ``practice.wsgi:app``."""

from practice.app import create_app

app = create_app()
