"""Listening well."""

from practice.domain.handouts.definition import Handout, Passage

HANDOUT = Handout(
    key="listening_well",
    title="Listening",
    lead="To be listened to without being judged is rare, and does more than good advice.",
    passages=(
        Passage(
            "Make room",
            (
                "Phones in another room, screens off, sit so that you see each other's face.",
                "Ask: “Shall I listen, or help?”",
                "If you cannot listen now, say when you can.",
            ),
            in_order=True,
        ),
        Passage(
            "While the other talks",
            (
                "Look at them. Nod. Let pauses be pauses.",
                "Do not interrupt, correct, compare or tell a story of your own.",
                "Listen for the feeling under the story.",
                "You need not prepare an answer. There may not have to be one.",
            ),
        ),
        Passage(
            "Then",
            (
                "Say back the heart of it: “What I hear is …”.",
                "Name the feeling as a guess: “that sounds lonely”.",
                "“No wonder.” “Tell me more.” “I am here.”",
                "Advice only if it is asked for.",
            ),
        ),
        Passage(
            "What stops people from telling",
            ("“That is not what happened.” “You are too sensitive.” “At least …” “You should …”",),
        ),
        Passage(
            "It is harder than it looks",
            (
                "Your thoughts will wander, and advice will slip out. That is normal; mostly it "
                "is kindness in a hurry. Say “sorry, I was trying to fix it”, and go back to "
                "listening.",
            ),
        ),
    ),
    careful="Listening does not mean putting up with insults or threats. If you listen because "
    "you are afraid not to, tell your counsellor in private.",
    source="Active listening goes back to C. R. Rogers and R. E. Farson. The wording is our own.",
    worksheets=("listening", "acknowledge_first", "reflect_back"),
)
