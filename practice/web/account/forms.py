"""Forms of the account pages."""

from typing import Any

from flask_security import LoginForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from practice.services import accounts


class SignInForm(LoginForm):
    """Sign in by the name the practice knows: an e-mail address or one it gave out."""

    remember = None
    # The library looks for a field of this name; what is entered is the sign-in name.
    email = StringField(
        "Sign-in name",
        description="Your e-mail address, or the name your practice gave you.",
        validators=[InputRequired("Enter your sign-in name."), Length(max=254)],
        render_kw={"autocomplete": "username"},
    )

    def validate(self, **kwargs: Any) -> bool:
        self.ifield = self.email
        self.user = accounts.find(self.email.data or "")
        valid: bool = super().validate(**kwargs)
        return valid
