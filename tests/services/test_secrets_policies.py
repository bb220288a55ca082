"""The rule about secrets: chosen once, changed with a reason, never reaching back."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from practice.db import db
from practice.domain.agreements import Regime
from practice.models.agreements import SecretsPolicy
from practice.services import agreement_texts, clock, secrets_policies
from practice.services.agreement_texts import NewText
from practice.services.errors import Invalid, NotFound


def choose(inside, regime=Regime.LIMITED, **more):
    values = {
        "actor": inside.tess,
        "couple_id": inside.couple,
        "new_id": uuid4(),
        "regime": regime,
        "chosen_on": clock.today(),
        "told": [inside.ada.person_id],
    }
    secrets_policies.choose(**(values | more))


def test_a_change_holds_for_what_is_written_afterwards_alone(inside):
    before = clock.now()
    assert secrets_policies.rule_for(inside.couple, before).regime is None
    choose(inside, chosen_on=date(2026, 3, 4))
    between = clock.now()
    choose(inside, Regime.NO_SECRETS, reason="They asked for it.")
    rules = secrets_policies.rules_for(inside.couple, [before, between, clock.now()])
    assert [rule.regime for rule in rules.values()] == [None, Regime.LIMITED, Regime.NO_SECRETS]
    assert secrets_policies.current_rule(inside.other_couple).regime is None


def test_the_sentences_say_rule_and_day(inside):
    choose(inside, chosen_on=date(2026, 3, 4))
    rule = secrets_policies.current_rule(inside.couple)
    assert rule.for_therapist == (
        "Written under the limited rule of 4 March 2026: may be kept from the other; ask before "
        "you use it."
    )
    assert "Tess may keep it from the others; you are asked" in rule.for_author("Tess")
    choose(inside, Regime.NO_SECRETS, reason="x")
    rule = secrets_policies.current_rule(inside.couple)
    assert "no-secrets rule" in rule.for_therapist
    assert "may bring it up with all of you" in rule.for_author("Tess")
    none = secrets_policies.rule_for(inside.other_couple, clock.now())
    assert none.for_author("Otto") == ""
    assert "before a rule about secrets was chosen" in none.for_therapist


def test_a_couple_keeps_the_words_it_agreed_on(inside):
    choose(inside)
    new = NewText("Limited", "Other words altogether.", "", clock.today())
    agreement_texts.add_version(actor=inside.otto, key="secrets_limited", new_id=uuid4(), new=new)
    found = secrets_policies.couple_policies(actor=inside.tess, couple_id=inside.couple)
    assert found.current.version == 1
    assert "Other words" not in found.current.body
    assert dict(found.offered)[Regime.LIMITED] == "Other words altogether."


def test_partners_read_the_rule_and_not_why_it_changed(inside):
    choose(inside)
    choose(inside, Regime.NO_SECRETS, reason="Ben told me of the letters.")
    for person in (inside.ada, inside.ben):
        now, before = secrets_policies.portal_policies(actor=person)
        assert (now.rule.regime, before.rule.regime) == (Regime.NO_SECRETS, Regime.LIMITED)
        assert (now.reason, now.told, now.chosen_by) == ("", (), "")
        assert now.body
    for person in (inside.finn, inside.cleo):
        assert secrets_policies.portal_policies(actor=person) == ()
    seen = secrets_policies.couple_policies(actor=inside.tess, couple_id=inside.couple).current
    assert (seen.reason, seen.told) == ("Ben told me of the letters.", ("Ada",))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"chosen_on": date(1789, 7, 14)}, "chosen_on"),
        ({"chosen_on": "tomorrow"}, "chosen_on"),
        ({"chosen_on": date(2026, 2, 1)}, "chosen_on"),
        ({"told": []}, "told"),
        ({"told": "finn"}, "told"),
        ({"reason": " "}, "reason"),
        ({"regime": Regime.LIMITED, "reason": ""}, "regime"),
    ],
)
def test_what_cannot_be_is_refused(inside, wrong, field):
    choose(inside, chosen_on=date(2026, 3, 4))
    wrong = {"reason": "They asked.", "regime": Regime.NO_SECRETS} | wrong
    if wrong.get("chosen_on") == "tomorrow":
        wrong["chosen_on"] = clock.today() + timedelta(days=1)
    if wrong.get("told") == "finn":
        wrong["told"] = [inside.finn.person_id]
    with pytest.raises(Invalid) as problem:
        choose(inside, **wrong)
    assert list(problem.value.errors) == [field]
    assert db.session.query(SecretsPolicy).count() == 1


def test_sent_twice_it_is_put_down_once_and_nobody_elses_id_is_taken(inside):
    one = uuid4()
    choose(inside, new_id=one)
    choose(inside, new_id=one)
    assert db.session.query(SecretsPolicy).count() == 1
    with pytest.raises(NotFound):
        choose(
            inside,
            new_id=one,
            actor=inside.otto,
            couple_id=inside.other_couple,
            told=[inside.cleo.person_id],
        )


@pytest.mark.parametrize("who", ["otto", "ada", "ben", "finn", "cleo"])
def test_nobody_else_chooses_or_reads_the_therapists_page(inside, who):
    actor = getattr(inside, who)
    with pytest.raises(NotFound):
        choose(inside, actor=actor)
    with pytest.raises(NotFound):
        secrets_policies.couple_policies(actor=actor, couple_id=inside.couple)
