from eakte.testing import EAKTE_FUNCTIONAL
from eakte.testing import EAKTE_INTEGRATION
from pathlib import Path
from pytest_plone import fixtures_factory

import pytest


pytest_plugins = ["pytest_plone"]

globals().update(
    fixtures_factory(
        (
            (EAKTE_FUNCTIONAL, "functional"),
            (EAKTE_INTEGRATION, "integration"),
        )
    )
)


@pytest.fixture
def material():
    """The folder of real inputs beside the checkout; without it the test is skipped."""
    folder = Path(__file__).parents[2] / "shared" / "material"
    if not folder.is_dir():
        pytest.skip("the real inputs are not beside the checkout")
    return folder
