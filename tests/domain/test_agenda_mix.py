"""When agendas call for another contract."""

import pytest

from practice.domain.agenda_mix import contract_prompt
from practice.domain.couples import Agenda

IMPROVE, CLARIFY, OUT = Agenda.IMPROVE, Agenda.CLARIFY, Agenda.LEANING_OUT


@pytest.mark.parametrize(
    ("agendas", "word"),
    [
        ((IMPROVE, OUT), "discernment"),
        ((OUT, CLARIFY), "discernment"),
        ((IMPROVE, CLARIFY), "clarify first"),
        ((IMPROVE, IMPROVE, CLARIFY), "clarify first"),
        ((None, OUT, IMPROVE), "discernment"),
    ],
)
def test_differing_agendas_ask_for_another_contract(agendas, word):
    assert word in contract_prompt(agendas)


@pytest.mark.parametrize("agendas", [(), (OUT,), (OUT, None), (IMPROVE, IMPROVE), (OUT, OUT)])
def test_nothing_is_said_where_they_do_not_differ(agendas):
    assert contract_prompt(agendas) == ""
