"""The package's description, without the tools it is tested with."""

import re


def project(text: str) -> str:
    """Of `pyproject.toml`, what installs the package and runs it."""
    head, _, rest = text.partition("[dependency-groups]")
    kept = (r"(?m)^install = .*$", r"(?ms)^\[tool\.hatch.*?(?=^\[|\Z)")
    install, wheel = (found[0].rstrip() if (found := re.search(one, rest)) else "" for one in kept)
    return f"{head}[dependency-groups]\n{install}\n\n{wheel}\n"
