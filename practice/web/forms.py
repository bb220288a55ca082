"""What every form needs."""

from flask_wtf import FlaskForm

from practice.services.errors import Invalid


def add_errors(form: FlaskForm, problem: Invalid) -> None:
    """Put what a service refused beside its fields; what has no field goes to the form."""
    for name, message in problem.errors.items():
        if name in form:
            field = form[name]
            field.errors = [*field.errors, message]
        else:
            form.form_errors.append(message)
