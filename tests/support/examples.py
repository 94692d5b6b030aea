"""Values that a Hypothesis strategy makes, as a list: for a browser, which takes them in one go."""

from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

Made = TypeVar("Made")


def examples(strategy: SearchStrategy[Made], most: int) -> list[Made]:
    """So many of them, the same each time."""
    found: list[Made] = []

    @seed(1)
    @settings(
        max_examples=most,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(one: Made) -> None:
        found.append(one)

    collect()
    return found
