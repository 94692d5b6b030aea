"""What a choice would mean, in words for those who are about to make it."""

from collections.abc import Callable, Iterator, Sequence

from docket.acts.preview import Chosen, Outlook, to_come
from docket.domain.docket import Docket
from docket.domain.nouns import Bilingual, Decision
from docket.text.l10n import write_day, write_list, write_moment, write_number
from docket.text.pairs import pair
from docket.views.figures import APPROVALS


def meaning(outlook: Outlook, lang: str) -> str:
    """The whole of it, a line each."""
    say, docket, round_ = _say(lang), outlook.docket, outlook.view.round
    rows = [f"{round_.title.of(lang)} ({round_.slug})", *_when(outlook, lang)]
    for area in outlook.figures.areas:
        here = [one for one in outlook.chosen if one.designation.area == area.area]
        if area.seats is None:
            told = write_number(len(here), lang)
        else:
            told = say(f"{len(here)} af {area.seats} pladser", f"{len(here)} of {area.seats} seats")
        rows += ["", f"{docket.areas[area.area].of(lang)}: {told}"]
        rows += _columns([_told(outlook, one, lang) for one in here])
    regions = [f"{one.region} {one.designated}" for one in outlook.figures.regions]
    if regions:
        heading = pair(docket.organiser, Bilingual("{Regions}", "{Regions}"), lang)
        rows += ["", f"{heading}: {write_list(regions, lang)}"]
    return "\n".join([*rows, *_councils(outlook, lang), *_losses(outlook, lang)]) + "\n"


def of_stop(docket: Docket, decision: Decision, lang: str) -> str:
    """What a stop would mean: for whom, why, and what is open to them again."""
    say, stop = _say(lang), decision.stopped
    if stop is None:
        return ""
    round_ = docket.rounds[decision.round]
    names = [docket.register[one.municipality].name for one in decision.designated]
    on = write_day(stop.date, lang)
    rows = [
        f"{round_.title.of(lang)} ({round_.slug})",
        say(f"Stoppes {on}", f"Stopped on {on}"),
        f"{say('Grund', 'Reason')}: {stop.reason.of(lang)}",
        f"{say('Kilde', 'Source')}: {stop.source}",
        say("Ikke længere udpeget: ", "No longer designated: ") + write_list(names, lang, "and")
        if names
        else say("Ingen var udpeget.", "Nobody was designated."),
    ]
    again = [one.slug for one in to_come(docket, round_)]
    if names and again:
        rows.append(
            say("De kan igen melde sig i: ", "They can again answer: ") + write_list(again, lang)
        )
    return "\n".join(rows) + "\n"


def _when(outlook: Outlook, lang: str) -> Iterator[str]:
    say, decision, zone = _say(lang), outlook.decision, outlook.docket.organiser.zone
    until = write_day(decision.until, lang) if decision.until else ""
    force = say(f", gælder til og med {until}", f", in force up to and including {until}")
    yield (
        say("Udpeget", "Designated")
        + f" {write_day(decision.decided, lang)}{force if until else ''}"
    )
    if outlook.view.round.deadline:
        when = write_moment(outlook.view.round.deadline, lang, zone)
        yield say(f"Frist: {when}", f"Deadline: {when}")


def _told(outlook: Outlook, one: Chosen, lang: str) -> tuple[str, ...]:
    """One of the chosen: name, region, wish, receipt, council."""
    say, zone, row = _say(lang), outlook.docket.organiser.zone, one.row
    if row is None:
        kept = outlook.view.round.register
        none = say("har ikke meldt sig", "has not answered") if kept else ""
        return (one.municipality.name, one.municipality.region, "", none, "")
    when = (
        write_moment(row.received, lang, zone)
        if row.received
        else say("ikke registreret", "not registered")
    )
    late = {True: say(", i tide", ", in time"), False: say(", for sent", ", late"), None: ""}
    stands = APPROVALS[one.approval].of(lang).lower() if one.approval else ""
    council = row.submission.approval
    if council and council.date:
        stands += f" {write_day(council.date, lang)}"
    wish = (
        say(f"{one.rank}. ønske", f"wish {one.rank}")
        if one.rank
        else say("ikke ønsket", "not wished")
    )
    ranked = outlook.view.round.wishes > 1 or not one.rank
    return (
        one.municipality.name,
        one.municipality.region,
        wish if ranked else "",
        say("modtaget ", "received ") + when + late[one.in_time],
        say("politisk: ", "politically: ") + stands,
    )


def _councils(outlook: Outlook, lang: str) -> Iterator[str]:
    say = _say(lang)
    if not outlook.view.round.register:
        return
    count = {code: sum(one.approval == code for one in outlook.chosen) for code in APPROVALS}
    told = [
        f"{APPROVALS[code].of(lang).lower()} {number}" for code, number in count.items() if number
    ]
    if told:
        yield f"{say('Politisk godkendelse', 'Political approval')}: {write_list(told, lang)}"
    if not outlook.view.live:
        return
    left = write_number(len(outlook.left_out), lang)
    whole = write_number(outlook.figures.count or 0, lang)
    yield say(
        f"Ikke udpeget: {left} af {whole}, der har meldt sig",
        f"Not designated: {left} of {whole} who answered",
    )


def _losses(outlook: Outlook, lang: str) -> Iterator[str]:
    """What the chosen could not do elsewhere."""
    say = _say(lang)
    if outlook.lost:
        titles = write_list([one.slug for one in outlook.lost], lang)
        yield say(
            f"De udpegede kan så ikke melde sig i: {titles}",
            f"The designated can then not answer: {titles}",
        )
    for one in outlook.chosen:
        for other in one.elsewhere:
            yield say(
                f"{one.municipality.name} har også meldt sig i {other.slug} og mister den mulighed",
                f"{one.municipality.name} has also answered {other.slug} and loses that chance",
            )


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows with their cells below each other."""
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    told = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True) if width)
        for row in rows
    )
    return [f"  {line}".rstrip() for line in told]


def _say(lang: str) -> Callable[[str, str], str]:
    return lambda da, en: Bilingual(da, en).of(lang)
