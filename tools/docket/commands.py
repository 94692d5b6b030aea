"""What the commands do that only read the register: check, explain, pages, serve."""

import argparse
import contextlib
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from docket import desk, site, texts, trouble
from docket import pages as made
from docket.docket import Docket
from docket.explain import explain as explained
from docket.formats import moment
from docket.history import History, read_history
from docket.model import Both
from docket.read import NoRegister, load_schemas, read
from docket.report import FORMATS, github
from docket.report.common import Report
from docket.rules import check as find
from docket.standing import begins
from docket.store import NoHistory, Store
from docket.trees import Folder
from docket.trouble import Trouble

OK, WRONG = 0, 1


def load(root: Path, at: str | None) -> Docket:
    """The docket of the register in `root`, now or as it stood `at` then. Raises `Trouble`."""
    try:
        tree = Folder(root)
        docket = read(tree, datetime.now(UTC), _history(root) if len(tree) else None)
        return replace(docket, now=begins(moment(at), docket.organiser.zone)) if at else docket
    except NoRegister:
        raise trouble.no_register(root) from None
    except ValueError:
        raise trouble.no_instant() from None


def _history(root: Path) -> History:
    try:
        return read_history(Store(root))
    except NoHistory as error:
        raise trouble.no_history(error) from None


def _load(options: argparse.Namespace) -> Docket:
    return load(root_of(options), getattr(options, "at", None))


def check(options: argparse.Namespace) -> int:
    """All rules on the working copy."""
    docket, root = _load(options), root_of(options)
    told = Report(
        docket,
        find(docket),
        Folder(root),
        getattr(options, "lang", "da"),
        Store(root).changed() if options.format == "github" else frozenset(),
        colour=sys.stdout.isatty() and not os.environ.get("NO_COLOR"),
    )
    sys.stdout.write(FORMATS[options.format](told))
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if options.format == "github" and summary:
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(github.summary(told))
    return WRONG if told.findings else OK


def explain(options: argparse.Namespace) -> int:
    """One rule explained."""
    code = options.code.upper()
    if code not in texts.texts():
        known = ", ".join(texts.texts())
        raise Trouble(
            f"Der er ingen regel {options.code!r}. Reglerne er {known}.",
            f"There is no rule {options.code!r}. The rules are {known}.",
        )
    sys.stdout.write(explained(code, getattr(options, "lang", "da")))
    return OK


def write_pages(root: Path, at: str | None, *, with_desk: bool = False) -> Docket:
    """Write the generated pages of the register in `root`. Raises `Trouble`."""
    docket = load(root, at)
    schemas = load_schemas(Folder(root))
    site.write(
        root / "site", made.pages(docket, schemas, find(docket), Store(root).head(), desk=with_desk)
    )
    return docket


def pages(options: argparse.Namespace) -> int:
    """Write the site's generated files."""
    write_pages(root_of(options), getattr(options, "at", None))
    return OK


def serve(options: argparse.Namespace) -> int:
    """Build the site and serve it on this machine."""
    root = root_of(options).resolve()
    docket = load(root, getattr(options, "at", None))
    try:
        names = ("127.0.0.1", "localhost")
        origins = frozenset(f"http://{name}:{options.port}" for name in names)
        if options.address:
            origins = frozenset({options.address.rstrip("/")})
        server = desk.open_door(root / "public", options.port, desk.Desk(root, origins))
    except OSError:
        raise Trouble(
            f"Port {options.port} er optaget. Vælg en anden: docket serve --port 8001",
            f"Port {options.port} is taken. Choose another: docket serve --port 8001",
        ) from None
    _build(options, root, docket.now, DOCKET_DESK="1")
    address = f"http://127.0.0.1:{options.port}/"
    tell(
        options,
        f"Siden er på {address} (stop med Ctrl+C)",
        f"The site is at {address} (stop with Ctrl+C)",
    )
    with contextlib.suppress(KeyboardInterrupt):
        server.run()
    return OK


def build(options: argparse.Namespace) -> int:
    """Build the site into `public/`."""
    root = root_of(options).resolve()
    _build(options, root, load(root, getattr(options, "at", None)).now)
    return OK


def _build(options: argparse.Namespace, root: Path, now: datetime, **more: str) -> None:
    tell(options, "Bygger siden …", "Building the site …")
    try:
        at = now.isoformat() if hasattr(options, "at") else ""
        site.build(root, {"DOCKET_AT": at, **more})
    except site.BuildFailed as error:
        raise Trouble(f"Siden kan ikke bygges.\n{error}", f"Building failed.\n{error}") from None


def root_of(options: argparse.Namespace) -> Path:
    """The register's folder."""
    return Path(getattr(options, "folder", "."))


def tell(options: argparse.Namespace, da: str, en: str) -> None:
    """Progress, where it disturbs no output."""
    sys.stderr.write(Both(da, en).of(getattr(options, "lang", "da")) + "\n")
