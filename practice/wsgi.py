"""What a WSGI server loads: ``practice.wsgi:app``."""

from practice import create_app

app = create_app()
