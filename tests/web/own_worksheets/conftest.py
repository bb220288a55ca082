"""Whoever writes them."""

import pytest


@pytest.fixture
def tess(cast, sign_in):
    return sign_in(cast.tess)
