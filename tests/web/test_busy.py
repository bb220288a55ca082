"""What somebody reads when the database is busy or the disk is full."""

import pytest
from sqlalchemy.exc import OperationalError

from practice.db import sqlite_driver


@pytest.mark.parametrize(
    ("method", "words"), [("POST", "Not saved"), ("GET", "Closed for a moment")]
)
def test_a_busy_database_is_no_fault_and_says_whether_something_was_saved(app, method, words):
    busy = sqlite_driver().module.OperationalError("database is locked")
    with app.test_request_context("/", method=method):
        answer = app.make_response(
            app.handle_user_exception(OperationalError("UPDATE person", {}, busy))
        )
    assert answer.status_code == 503
    assert words in answer.get_data(as_text=True)
