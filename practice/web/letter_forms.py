"""Forms of letters, and of asking for time alone."""

from uuid import UUID

from flask import abort, request
from flask_wtf import FlaskForm
from wtforms import HiddenField, SubmitField, TextAreaField
from wtforms.validators import InputRequired, Length

from practice.domain.letters import LONGEST_ASKING, LONGEST_LETTER
from practice.services.letters.threads import NOTHING_WRITTEN
from practice.web.once import OnceForm
from practice.web.typed import KeepingMeta

_TOO_LONG = f"Use at most {LONGEST_LETTER} characters; the rest can go in a second letter."
_ASKING_TOO_LONG = f"Use at most {LONGEST_ASKING} characters."


class LetterForm(OnceForm):
    """One letter. ``until_id`` is the newest that its author was shown."""

    body = TextAreaField(
        "Your letter",
        validators=[InputRequired(NOTHING_WRITTEN), Length(max=LONGEST_LETTER, message=_TOO_LONG)],
    )
    until_id = HiddenField()

    @property
    def until(self) -> UUID | None:
        """The newest letter that the author was shown; None where the page named none."""
        try:
            return UUID(self.until_id.data or "")
        except ValueError:
            return None


class TimeForm(OnceForm):
    """Asking for time alone."""

    about = TextAreaField(
        "What is it about?",
        description="You need not say. A word can help to prepare.",
        validators=[Length(max=LONGEST_ASKING, message=_ASKING_TOO_LONG)],
    )
    when = TextAreaField(
        "When would suit you?",
        description="For instance: Tuesday or Thursday after five, or by telephone at noon.",
        validators=[Length(max=LONGEST_ASKING, message=_ASKING_TOO_LONG)],
    )
    ask = SubmitField("Ask")
    """Nothing else of it is needed: without the button, nobody has asked."""


class TimeAnswerForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """What the therapist answers instead of planning a session."""

    class Meta(KeepingMeta):
        """What came too late, or was begun, is shown again."""

    words = TextAreaField(
        "What happens instead",
        description="They read these words. For instance: when you will ring, or why not just now.",
        validators=[
            InputRequired("Write a few words: they read them."),
            Length(max=LONGEST_ASKING, message=_ASKING_TOO_LONG),
        ],
    )


def until_id_sent() -> UUID:
    """Return the newest letter that a page showed, as its form says.

    Where it says none, the request is a bad one. Authorise first.
    """
    try:
        return UUID(request.form.get("until_id", ""))
    except ValueError:
        abort(400)
