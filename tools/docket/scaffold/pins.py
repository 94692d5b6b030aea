"""The package's description and its pinned versions, without the tools it is tested with."""

import re

TOOLS = {"hatchling", "editables"}
"""Of the tools that this repository is made with, those that install it."""


def project(text: str) -> str:
    """Of `pyproject.toml`, what installs the package and runs it."""
    head, _, rest = text.partition("[dependency-groups]")
    tools = [line for line in rest.splitlines() if set(re.findall(r'^ +"([\w-]+)"', line)) & TOOLS]
    wheel = re.search(r"(?ms)^\[tool\.hatch.*?(?=^\[|\Z)", rest)
    group = "\n".join(["[dependency-groups]", "dev = [", *tools, "]"])
    return f"{head}{group}\n\n{wheel[0].rstrip() if wheel else ''}\n"


def pins(text: str) -> str:
    """Of the pinned versions, those that running needs: each tells below it who wants it."""
    head, *entries = re.split(r"(?m)^(?=[A-Za-z0-9])", text)
    named = {re.split(r"[=\[]", entry)[0]: entry for entry in entries}
    wanted = {
        name: set(re.findall(r"(?m)^ +# +(?:via )?(\S.*)$", entry)) for name, entry in named.items()
    }
    kept = {name for name in named if "docket (pyproject.toml)" in wanted[name]} | TOOLS
    while more := {name for name in named if wanted[name] & kept} - kept:
        kept |= more
    return head + "".join(entry for name, entry in named.items() if name in kept)
