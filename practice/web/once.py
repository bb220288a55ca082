"""A form that counts once, however often it is sent."""

from uuid import UUID, uuid4

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, ValidationError

from practice.web.typed import KeepingMeta


class OnceForm(FlaskForm):  # type: ignore[misc]  # the library is untyped
    """Carries the id of the row it will become: sent twice, it is one row."""

    class Meta(KeepingMeta):
        """What came too late is shown again."""

    new_id = HiddenField(default=lambda: str(uuid4()))

    def validate_new_id(self, field: Field) -> None:
        try:
            UUID(field.data or "")
        except ValueError:
            raise ValidationError(
                "The page was not complete. Copy what you wrote and load it again."
            ) from None

    @property
    def row_id(self) -> UUID:
        """The id of the new row; only after the form was found valid."""
        return UUID(self.new_id.data)
