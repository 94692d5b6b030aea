"""What is wrong with a command is told in its reader's language, with the reason and the way on."""

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from docket.cli.main import main
from support.worlds import ROOT

RUN = "import sys; from docket.cli.main import main; sys.exit(main())"
WRONG = {
    "receive": ("FILE og --round", "docket receive --help"),
    "": ("KOMMANDO", "docket --help"),
    "recieve x": ("Mente du receive?", "docket --help"),
    "check --format jsn": ("Mente du json?", "docket check --help"),
    "check --format xml": ("text, github, json, sarif, junit, gitlab", "docket check --help"),
    "serve --port abc": ("et helt tal, ikke abc", "docket serve --help"),
    "check --frmat": ("--frmat kendes ikke her", "docket check --help"),
    "receive x --round": ("mangler noget efter --round", "docket receive --help"),
    "summary --with-contacts=3": ("--with-contacts står alene, uden 3", "docket summary --help"),
    "pages --lang sv": ("sv kan ikke stå efter --lang", "docket pages --help"),
}


@pytest.mark.parametrize("words", WRONG)
def test_a_wrong_command(capsys: pytest.CaptureFixture[str], words: str) -> None:
    """The missing or mistaken word by its name, and the help of that command; exit 2."""
    assert main(words.split()) == 2
    told = capsys.readouterr().err
    assert all(part in told for part in WRONG[words])
    assert "argument" not in told


@pytest.mark.parametrize(
    ("variables", "word"),
    [
        ({"LANG": "en_GB.UTF-8"}, "Missing"),
        ({"LANG": "da_DK.UTF-8"}, "Der mangler"),
        ({"LANG": "C.UTF-8"}, "Der mangler"),
        ({"LANG": "da_DK", "LC_ALL": "en_US"}, "Missing"),
        ({"LC_MESSAGES": "en", "LANG": "da_DK"}, "Missing"),
    ],
)
def test_the_language_of_the_terminal(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    word: str,
) -> None:
    """Where no language is asked for it is the terminal's, if it is one we have."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, variables.get(name, ""))
    main(["receive"])
    assert word in capsys.readouterr().err
    main(["receive", "--lang", "da"])
    assert "Der mangler" in capsys.readouterr().err


@pytest.mark.parametrize("words", ["--help", "receive --help"])
def test_help_in_one_language(capsys: pytest.CaptureFixture[str], words: str) -> None:
    """The help has no heading in another language than its own."""
    with pytest.raises(SystemExit):
        main(words.split())
    told = capsys.readouterr().out
    assert "vis denne hjælp" in told
    assert not {"usage:", "options:", "positional arguments:"} & set(told.split("\n"))
    assert "usage" not in told
    assert told.count("Det kan skrives til:") == 1


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16"])
@pytest.mark.parametrize("format_", ["json", "sarif", "junit", "gitlab", "github"])
def test_what_programs_read_is_utf_8(register: Path, format_: str, encoding: str) -> None:
    """Whatever the terminal is: JSON, XML and annotations are what their readers take."""
    path = register / "submissions/2031-skole/Tårnby.yml"
    path.write_text("municipality: »Tårnby«\n", "utf-8")
    words = ["-C", str(register), "check", "--format", format_]
    done = subprocess.run(
        [sys.executable, "-c", RUN, *words],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(ROOT / "tools")},
    )
    text = done.stdout.decode("utf-8")
    assert done.returncode == 1, done.stderr
    assert "Tårnby" in text
    if format_ == "junit":
        ET.fromstring(text)
    elif format_ != "github":
        json.loads(text)
