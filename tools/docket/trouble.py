"""What keeps a command from its work, in both languages."""

from pathlib import Path
from typing import TYPE_CHECKING

from docket.paths import show_path

if TYPE_CHECKING:  # the command line knows of trouble before it needs Git
    from docket.record.mail import NoAttachment
    from docket.record.store import NoHistory


class Trouble(Exception):
    """A command cannot do its work: it says why, and what to do."""

    def __init__(self, da: str, en: str) -> None:
        """Keep the sentence in both languages."""
        super().__init__(en)
        self.da, self.en = da, en

    def of(self, lang: str) -> str:
        """The sentence in `lang`, "da" or "en"."""
        return self.en if lang == "en" else self.da


def no_register(root: Path) -> Trouble:
    """The folder is no register."""
    name = show_path(str(root))
    return Trouble(
        f"{name} er ikke et register: der skal være mapperne schema og submissions. "
        "Gå til registerets mappe, eller skriv den efter -C.",
        f"{name} is no register: it needs the folders schema and submissions. "
        "Go to the register's folder, or write it after -C.",
    )


def no_instant() -> Trouble:
    """What was written is neither a date nor an instant."""
    return Trouble(
        "Skriv en dato eller et tidspunkt med tidszone, for eksempel 2022-08-05 "
        "eller 2022-08-05T12:00:00+02:00",
        "Write a date or an instant with its offset, such as 2022-08-05 "
        "or 2022-08-05T12:00:00+02:00",
    )


def busy() -> Trouble:
    """Somebody else was faster."""
    return Trouble(
        "Registeret eller filerne er ændret imens. Intet er skrevet. Prøv igen.",
        "The register or the files were changed meanwhile. Nothing is written. Try again.",
    )


def no_history(error: "NoHistory") -> Trouble:
    """Git cannot tell what came when."""
    name = show_path(error.name)
    return {
        "none": Trouble(
            "Mappen er ikke hentet med Git, så ingen kan se, hvad der kom hvornår. "
            "Hent registeret med git clone.",
            "The folder was not fetched with Git, so nobody can see what came when. "
            "Fetch the register with git clone.",
        ),
        "git": Trouble(
            "Git er ikke installeret her. Hent det på https://git-scm.com",
            "Git is not installed here. Get it at https://git-scm.com",
        ),
        "owner": Trouble(
            "Git tør ikke læse mappen, fordi en anden bruger ejer den. Stol på den: "
            'git config --global --add safe.directory "$PWD"',
            "Git will not read the folder, because another user owns it. Trust it: "
            'git config --global --add safe.directory "$PWD"',
        ),
        "unborn": Trouble(
            "Git har ikke gemt noget endnu. Gem filerne: git add . && git commit",
            "Git has kept nothing yet. Commit the files: git add . && git commit",
        ),
        "shallow": Trouble(
            "Kun en del af historien er hentet, så alt ser ud til at være kommet på én gang. "
            "Hent resten: git fetch --unshallow",
            "Only a part of the history was fetched, so everything seems to have come at once. "
            "Fetch the rest: git fetch --unshallow",
        ),
        "detached": Trouble(
            "Ingen gren er hentet frem. Skift til den: git switch main",
            "No branch is checked out. Switch to it: git switch main",
        ),
        "unknown": Trouble(
            f"Git kender ikke {name} her. Hent det først, eller ret navnet.",
            f"Git does not know {name} here. Fetch it first, or correct the name.",
        ),
    }[error.kind]


def no_attachment(error: "NoAttachment") -> Trouble:
    """The e-mail has not exactly one submission."""
    names = ", ".join(map(show_path, error.names))
    return {
        "none": Trouble(
            f"Der er ingen .yml-fil vedhæftet{f' (kun {names})' if names else ''}. "
            "Bed afsenderen sende den fil, formularen laver.",
            f"No .yml file is attached{f' (only {names})' if names else ''}. "
            "Ask the sender for the file that the form makes.",
        ),
        "several": Trouble(
            f"Der er vedhæftet {len(error.names)} tilkendegivelser: {names}. "
            "Gem dem hver for sig, og registrér én ad gangen.",
            f"{len(error.names)} submissions are attached: {names}. "
            "Save each of them and register one at a time.",
        ),
        "sealed": Trouble(
            "Mailen er krypteret eller signeret som én blok. Åbn den i mailprogrammet, "
            "gem den vedhæftede .yml-fil, og registrér filen.",
            "The e-mail is encrypted, or signed as one block. Open it in the mail program, "
            "save the attached .yml file and register that.",
        ),
        "outlook": Trouble(
            "Filen ligger i Outlooks winmail.dat. Åbn mailen i Outlook, gem den vedhæftede "
            ".yml-fil, og registrér filen.",
            "The file is inside Outlook's winmail.dat. Open the e-mail in Outlook, save the "
            "attached .yml file and register that.",
        ),
        "msg": Trouble(
            "Mailen er gemt i Outlooks eget format. Gem den som .eml, eller gem den vedhæftede "
            ".yml-fil, og registrér den.",
            "The e-mail is saved in Outlook's own format. Save it as .eml, or save the attached "
            ".yml file, and register that.",
        ),
    }[error.kind]
