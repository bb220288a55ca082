"""Resources: one for the shelf, and giving one to a couple."""

from uuid import UUID

from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from practice.services.resources import (
    LONGEST_NOTE,
    LONGEST_WORDS,
    MOST_MINUTES,
    OnShelf,
    ResourceDetails,
)
from practice.services.resources_given import LONGEST_WORDS as LONGEST_OWN
from practice.services.resources_given import CoupleResources, Whom
from practice.web.fields import IntegerField
from practice.web.once import OnceForm


def _longest(most: int) -> Length:
    return Length(max=most, message=f"Use at most {most} characters.")


class ResourceForm(OnceForm):
    """A title, a link or words, and how long it takes."""

    title = StringField(
        "Title",
        description="As people read it on their pages.",
        validators=[InputRequired("Enter a title."), _longest(120)],
    )
    link = StringField(
        "Link",
        description="Begins with https://. Leave it empty if you put in words of your own.",
        validators=[_longest(500)],
    )
    words = TextAreaField(
        "Words of your own",
        description="Leave them empty if you put in a link.",
        validators=[_longest(LONGEST_WORDS)],
    )
    note = TextAreaField(
        "What it is, and for whom",
        description="One or two sentences; people read them with it.",
        validators=[_longest(LONGEST_NOTE)],
    )
    minutes = IntegerField(
        "Minutes it takes",
        validators=[
            InputRequired("Say about how many minutes it takes."),
            NumberRange(1, MOST_MINUTES, message=f"Between 1 and {MOST_MINUTES}."),
        ],
    )

    def details(self) -> ResourceDetails:
        """Return what was typed; only after the form was found valid."""
        return ResourceDetails(
            self.title.data or "",
            self.link.data or "",
            self.words.data or "",
            self.note.data or "",
            self.minutes.data,
        )


def shelf_form(found: OnShelf | None) -> ResourceForm:
    """Return the form, filled with what stands there."""
    if found is None:
        return ResourceForm()
    one = found.details
    return ResourceForm(
        data={
            "title": one.title,
            "link": one.link,
            "words": one.words,
            "note": one.note,
            "minutes": one.minutes,
        }
    )


class GiveResourceForm(OnceForm):
    """Which resource, to whom, with which words."""

    resource = SelectField("What", validators=[InputRequired("Choose one.")])
    to = RadioField("To whom", validators=[InputRequired("Choose whom you give it to.")])
    words = TextAreaField(
        "Your own words with it",
        description="Why you thought of them. Whoever it is given to reads them.",
        validators=[_longest(LONGEST_OWN)],
    )

    def receivers(self) -> Whom | UUID:
        """Return to whom; only after the form was found valid."""
        asked = self.to.data
        return Whom(asked) if asked in {one.value for one in Whom} else UUID(asked)


def give_form(found: CoupleResources) -> GiveResourceForm:
    """Return the form with what there is to give and those it can be given to."""
    form = GiveResourceForm()
    form.resource.choices = [
        SelectChoice("", "Choose one"),
        *(
            SelectChoice(str(one), f"{title}, about {minutes} min")
            for one, title, minutes in found.offered
        ),
    ]
    people = [SelectChoice(str(one.person_id), one.first_name) for one in found.members]
    if len(people) > 1:
        people += [
            SelectChoice(Whom.EACH.value, "Each for themselves: nobody learns that others have it"),
            SelectChoice(Whom.ALL.value, "All together: each sees that the others have it"),
        ]
    form.to.choices = people
    return form
