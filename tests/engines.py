"""Which tests run on one engine alone (decision 0031); every other one runs on both."""

import pytest

ON_ONE_ENGINE = pytest.mark.parametrize("application", ["sqlite"], indirect=True)
"""For what goes over every page as everybody: it asks the policy, which knows no database."""
