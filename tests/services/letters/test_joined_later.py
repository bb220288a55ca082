"""Letters that were written together before somebody joined do not exist for them."""

from uuid import uuid4

from practice.domain.people import Actor, Role
from practice.services import clock, letters, memberships
from practice.services.known_people import NewPerson


def test_whoever_joins_later_is_not_even_told_that_there_are_letters(inside):
    """Neither by a link nor by something new that waits, of which a mail would speak."""
    together = letters.thread_id_of(inside.couple, None)
    for person in (inside.ada, inside.ben):
        letters.ask_together(actor=person, thread_id=together)
    letters.send(actor=inside.ada, thread_id=together, new_id=uuid4(), body="To us.")
    person_id = memberships.add_member(
        actor=inside.tess,
        couple_id=inside.couple,
        person=NewPerson(name="Gus Weller", problem="", is_new=True),
        joined_on=clock.today(),
    )
    (ben,) = letters.own_letters(actor=inside.ben)
    (gus,) = letters.own_letters(actor=Actor(person_id, Role.PARTNER, "Gus Weller"))
    assert (ben.together_id, ben.has_new_together) == (together, True)
    assert (gus.together_id, gus.has_new_together, gus.new_at) == (None, False, None)
