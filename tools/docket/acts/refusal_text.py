"""Why an answer is not taken in, as plain text in one language, for a reply to its sender."""

from docket.report.common import Report
from docket.rules.review import Review
from docket.text.catalogue import say
from docket.text.escape import one_line, show_path


def refusal(found: Review, lang: str) -> str:
    """What is wrong with a change that came at the `now` of its docket, in the sender's words."""
    docket, report = found.docket, Report(found.docket, found.findings, {}, lang)
    rounds = [docket.rounds[one.round] for one in found.submissions if one.round in docket.rounds]
    title = one_line(rounds[0].title.of(lang)) if rounds else ""
    key = "of_round" if rounds else "unknown"
    facts = {"round": title, "when": docket.now}
    rows = [say(f"refusal.{key}", lang, docket.organiser, **facts)]
    if found.findings:
        rows += ["", say("refusal.wrong", lang), ""]
    for one in found.findings:
        place = {"path": show_path(one.place.path), "line": str(one.place.line)}
        rows.append(say("refusal.finding", lang, message=report.message(one), **place))
        rows.append(f"  {report.address(one.code)}")
    if found.crossed:
        rows += ["", say("refusal.crossed", lang, paths=list(map(show_path, found.crossed)))]
    return "\n".join([*rows, ""])
