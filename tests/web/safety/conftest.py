"""What the pages of safety begin with."""

import pytest

from practice.db import db


@pytest.fixture
def write(app):
    """Run a function in a context of its own and commit."""

    def run(act, *args, **options):
        with app.app_context():
            found = act(*args, **options)
            db.session.commit()
            return found

    return run


@pytest.fixture
def base(cast):
    return f"/couples/{cast.couple}/people/{cast.ada.person_id}"
