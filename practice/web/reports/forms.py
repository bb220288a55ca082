"""The form that issues a report."""

from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired

from practice.domain.reports import Edition
from practice.web.once import OnceForm


class IssueForm(OnceForm):
    """Which edition; none is preset, because the wrong one cannot be called back."""

    edition = RadioField(
        "Which edition?",
        choices=[SelectChoice(edition.value, edition.label) for edition in Edition],
        validators=[InputRequired("Choose an edition.")],
        invalid_choice_message="Choose one of the two editions.",
    )
