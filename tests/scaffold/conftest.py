"""What the tests of a new register share."""

from pathlib import Path

import pytest

from support import wheel
from support.built import once


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as installed, with its command."""
    return once(tmp_path_factory, "wheel", wheel.unpack)
