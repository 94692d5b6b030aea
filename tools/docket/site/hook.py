"""MkDocs' hook: the generated pages are written before every build."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docket.domain.languages import PACKAGE
from docket.loading.languages import languages_at
from docket.site import ADDRESS, MEMORY

AT = "DOCKET_AT"
"""In the environment of MkDocs: the instant that it is to show."""


class Hook:
    """What MkDocs calls. It lives as long as MkDocs, through each rebuild of `mkdocs serve`."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Take up what `docket build`, or whoever called MkDocs, has said."""
        self._address = environment.get(ADDRESS)
        self._at = environment.get(AT, "")
        self._clock = bool(self._at)
        self._memory = environment.get(MEMORY, "")

    def on_config(self, config: Any) -> Any:  # noqa: ANN401 - MkDocs' configuration
        """Give the site its address, and write the pages, unless `docket build` has done that."""
        address = self._address
        if address is None:
            address = self._write(Path(config.config_file_path).parent)
        root = Path(config.config_file_path).parent
        languages = languages_at(root)
        lang = config.theme["language"]
        below = "" if lang in languages[:1] else f"{lang}/"
        config.site_url = f"{address.rstrip('/')}/{below}"
        _take_own_files(config.theme)
        if self._memory:
            from docket.site.memory import Memory  # noqa: PLC0415 - needs MkDocs

            name = f"{Path(config.site_dir).name}.json"
            made = Path(config.site_dir).with_name(name)
            config.plugins["docket"] = Memory(Path(self._memory, name), made)
        return config

    def _write(self, root: Path) -> str:
        """Write the pages of the register in `root`, and answer the address of its site."""
        # whoever has the pages already need not wait for what makes them
        from docket.loading.loader import load  # noqa: PLC0415
        from docket.site.build import write_pages  # noqa: PLC0415
        from docket.site.swap import turn  # noqa: PLC0415
        from docket.text.errors import CommandError  # noqa: PLC0415

        try:
            with turn(root):
                docket = load(root, datetime.now(UTC), self._at, past=self._clock)
                write_pages(root, docket, clock=self._clock)
        except CommandError as error:
            lang = next(iter(languages_at(root)), PACKAGE[0])
            raise SystemExit(f"docket: {error.of(lang)}") from None
        # with another instant each rebuild would write other pages, and so set off the next
        self._at = docket.now.isoformat(timespec="minutes")
        return docket.organiser.site


def _take_own_files(theme: Any) -> None:  # noqa: ANN401
    """Let a theme of ours bring its own files, and none of Material's: no page asks for those.

    They are five of ten megabytes of a site, and MkDocs finds them among 14,000 icons.
    """
    if theme.custom_dir is None:
        return
    own, whole = Path(theme.custom_dir), theme.get_env

    def names(filter_func: Callable[[str], bool]) -> list[str]:
        files = (one.relative_to(own).as_posix() for one in own.rglob("*") if one.is_file())
        return sorted(filter(filter_func, files))

    def environment() -> Any:  # noqa: ANN401
        made = whole()
        made.list_templates = names
        return made

    theme.get_env = environment
