"""Agreements: the rule about secrets, and texts that each person signs alone. Shipped wordings.

A practice puts its own words in the place of each; every version is kept, because somebody may
have signed it. The wordings here are general. They are no legal advice.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from practice.domain.words import day_in_words


class Regime(StrEnum):
    """What becomes of what one partner tells alone; chosen for each couple at intake."""

    NO_SECRETS = "no_secrets"
    LIMITED = "limited"

    @property
    def label(self) -> str:
        return _REGIME_LABELS[self]

    @property
    def text_key(self) -> str:
        """Key of the practice's text about it."""
        return f"secrets_{self.value}"


class ConsentAct(StrEnum):
    """Something that happened with one person's agreement to one text."""

    ASKED = "asked"
    SIGNED = "signed"
    WITHDRAWN = "withdrawn"


class Way(StrEnum):
    """How somebody said it."""

    PORTAL = "portal"
    PAPER = "paper"
    SAID = "said"
    """Said in a session, and written down by the therapist."""

    @property
    def label(self) -> str:
        return _WAY_LABELS[self]


class JointSource(StrEnum):
    """What private item a passage of the joint record is taken from."""

    RESPONSE = "response"
    ENTRY = "entry"
    INTAKE = "intake"


class Answer(StrEnum):
    """What somebody answered who was asked for permission."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class SecretsRule:
    """The rule about secrets that held when something private was written."""

    regime: Regime | None
    """None: none was chosen yet."""

    since: date | None
    """The day on which it was agreed."""

    def for_author(self, therapist: str) -> str:
        """Return the sentence before a private field; empty while no rule is chosen."""
        if self.regime is None or self.since is None:
            return ""
        named = f"Your rule about secrets, agreed on {day_in_words(self.since)}"
        if self.regime is Regime.NO_SECRETS:
            return (
                f"{named}: {therapist} may bring it up with all of you; you are asked before any "
                "of your words go into the joint record."
            )
        return f"{named}: {therapist} may keep it from the others; you are asked before it is used."

    @property
    def for_therapist(self) -> str:
        """The sentence beside something private, for whoever treats the couple."""
        if self.regime is None or self.since is None:
            return "Written before a rule about secrets was chosen; ask before you use it."
        day = day_in_words(self.since)
        if self.regime is Regime.NO_SECRETS:
            return (
                f"Written under the no-secrets rule of {day}: you may bring it up with all of "
                "them; ask before you put it into the joint record."
            )
        return (
            f"Written under the limited rule of {day}: may be kept from the other; ask before "
            "you use it."
        )


NO_RULE = SecretsRule(None, None)


@dataclass(frozen=True, slots=True)
class ShippedText:
    """A text as Dyad ships it, the first version."""

    key: str
    title: str
    body: str
    on_withdrawal: str = ""
    """What taking the agreement back means."""

    regime: Regime | None = None
    """Set for the texts about secrets, which nobody signs by themselves."""


_NO_SECRETS = """\
We work with the two of you together, or with all of you if you are more. What one of you tells \
me alone, in a message, on a form or in a talk without the others, I do not promise to keep from \
them.

If something matters for the work you do together, I ask you to say it yourself, and I help you \
find the time and the words. If you cannot, I may bring it up, or I may have to end the joint \
work without saying why.

I still do not hand over your own words. Before anything you wrote for me alone goes into the \
joint record, I ask you, and you may say no.

One thing stands above this rule: if somebody could come to harm, I first see to it that \
everybody is safe."""

_LIMITED = """\
What one of you tells me alone may stay with me. I decide together with you whether and how it \
comes to the others, and I do not pass it on without your word.

There is a limit. If something I know makes honest joint work impossible, I tell you so. You \
then choose whether you say it yourself, or whether the joint work pauses or ends. I do not say \
why.

Before anything you wrote for me alone goes into the joint record, I ask you, and you may say \
no.

One thing stands above this rule: if somebody could come to harm, I first see to it that \
everybody is safe."""

_TREATMENT = """\
We meet to work on your relationship. Your relationship is what I look after; I take nobody's \
side, and I look after each of you.

What helps one couple does not help every couple. Things can feel harder before they feel \
better, and some couples find that they want to part. You can say at any time that something \
does not suit you, ask for another way, or stop. Nobody has to give a reason.

Between our meetings there may be small tasks and questions. They are offers. What you keep to \
yourself is yours.

We agree on how long and how often we meet, what it costs, and until when a meeting can be \
cancelled; I give you that in writing as well.

If there is danger or violence at home, joint talks may not be safe. I therefore speak with each \
of you alone as well. What you tell me there about your safety is not passed on to the others."""

_RECORDS = """\
I keep a record of our work, as my profession asks of me. There is a joint part, about what we \
did together, and there is what each of you told me or wrote alone. You see your own; the others \
do not see it unless you show it.

What you tell me stays in this practice. I speak about my work with a supervisor without names. \
I break confidence only where the law makes me, or where somebody could otherwise come to harm; \
if I can, I tell you first.

The joint record leaves this practice only when every one of you has signed for it, or when a \
court orders it. Nobody can ask for it in the name of the others.

You can ask to see what I hold about you, and to have mistakes put right. Records are kept for \
the time that my profession or the law asks for, and then destroyed."""

_ONLINE = """\
When we meet by video, each of you needs a place where nobody listens, a connection that holds, \
and a telephone at hand in case it breaks off. Tell me at the start where you are, so that I \
could send help there.

Nobody records our meetings, neither you nor I.

If one of you does not feel free to speak where they are, we stop and find another way. Some \
things are better said in one room, and I may ask you to come."""

_PRIVACY = """\
This practice holds your name, how to reach you, when we meet, what we write about our work, and \
what you answer here. It does so to work with you and because its profession asks it to keep \
records. What is about your health, your relationship or your sexuality has special protection \
in law.

It is kept encrypted in this practice's own system. No advertising company and no other service \
reads it. It is given to nobody without your consent unless the law demands it.

You can ask what is held about you, get a copy, have mistakes put right, and ask for erasure; \
the time for which records must be kept may limit the last. You can complain to the data \
protection authority of your country.

On this site you see your own entries and what others have chosen to show you. Nobody in your \
couple sees what you write for the practice alone."""

_NEW_TERMS = (
    "From then on we cannot go on as before. Nothing you wrote is shown to anybody because of it. "
    "Talk to your therapist: some agreements are needed for the work, others are not."
)

SHIPPED: tuple[ShippedText, ...] = (
    ShippedText("secrets_no_secrets", "No secrets", _NO_SECRETS, regime=Regime.NO_SECRETS),
    ShippedText("secrets_limited", "Limited secrets", _LIMITED, regime=Regime.LIMITED),
    ShippedText(
        "treatment",
        "How we work together",
        _TREATMENT,
        "The joint work ends, unless you agree on something else. What was done stays in the "
        "record. Nobody is told that you took it back; your therapist talks to you first.",
    ),
    ShippedText(
        "records",
        "Records and confidentiality",
        _RECORDS,
        "What was written stays in the record as long as the law asks. Nothing new is given to "
        "anybody outside on the strength of it. " + _NEW_TERMS,
    ),
    ShippedText(
        "online",
        "Meeting by video",
        _ONLINE,
        "We meet in the room from then on, or not until you have found another way.",
    ),
    ShippedText(
        "privacy",
        "How your data is handled",
        _PRIVACY,
        "It says that you have read it, and that cannot be undone; you can say that you do not "
        "agree any more. " + _NEW_TERMS,
    ),
)

SHIPPED_BY_KEY = {text.key: text for text in SHIPPED}
SHIPPED_FROM = date(2020, 1, 1)
"""From when the shipped texts hold."""

_REGIME_LABELS = {Regime.NO_SECRETS: "No secrets", Regime.LIMITED: "Limited secrets"}
_WAY_LABELS = {
    Way.PORTAL: "in their own portal",
    Way.PAPER: "on paper",
    Way.SAID: "said in a session",
}
