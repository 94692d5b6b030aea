"""The formats: what is right passes, what is nearly right does not."""

import pytest

from docket.loading.formats import FORMATS

RIGHT = {
    "date": ["2022-08-08", "2024-02-29"],
    "date-time": ["2022-08-05T14:03:11+02:00", "2022-08-05T14:03Z", "2022-08-05T14:03:11.5+02:00"],
    "moment": ["2022-08-08", "2022-08-08T12:00:00+02:00"],
    "email": ["job@kommune.dk", "o'neil+x@sub.aerø.dk", "99@99454545.dk"],
    "uri": ["https://kl.dk", "https://kl.dk:8443/a?b=c#d", "https://www.ft.dk/samling/æ"],
    "phone": [
        "12345678",
        "12 34 56 78",
        "+45 12 34 56 78",
        "0046 8 123 456",
        "020 7946 0958",
        "08-123 456 78",
        "030/1234567",
        "+123 45",
        "1" * 15,
    ],
    "language": ["da", "en", "sv", "fo", "sma"],
    "zone": ["Europe/Copenhagen", "UTC", "America/Port-au-Prince", "Etc/GMT+1"],
}
WRONG = {
    "date": [
        "2022-02-30",
        "2022-8-8",
        "08-08-2022",
        "2022-08-08\n",
        "٢٠٢٢-٠٨-٠٨",
        "0000-01-01",
        "9999-12-31",
        "",
    ],
    "date-time": [
        "2022-08-05T14:03:11",
        "2022-08-05 14:03:11+02:00",
        "2022-08-05T25:03:11Z",
        "2022-08-05T14:03:11+02:00\n",
        "0001-01-01T00:00:00+14:00",
        "2022-08-05T14:03:11+2",
        "2022-08-05T24:00:00+02:00",
        "2022-08-05T24:00Z",
        "2022-08-05T23:60:00Z",
        "2022-08-05T23:59:60Z",
        "2022-08-05T14:03:11+24:00",
    ],
    "moment": ["i morgen", "2022-08-08T12:00", "2022-13-01", "2022-08-08T24:00:00+02:00"],
    "email": [
        "@",
        "a@",
        "@b.dk",
        "a b@c.dk",
        "a@b",
        "a@b.dk\n",
        "a@b.dk\nBcc: x@y.dk",
        "a@b..dk",
        "a@-b.dk",
        "<a@b.dk>",
        ".a@b.dk",
        "a" * 65 + "@b.dk",
    ],
    "uri": [
        "javascript:alert(1)",
        "http://kl.dk",
        "https://",
        "https://kl",
        "https://a@kl.dk",
        "https://kl.dk/<script>",
        "https://kl.dk\n",
        "https://kl.dk/a b",
        "//kl.dk",
        "https://[::1",
    ],
    "phone": [
        "1234",
        "12345678x",
        "tlf. 12345678",
        "12345678\n",
        "١٢٣٤٥٦٧٨",
        "+",
        "12  345678",
        "12345",
        "1" * 16,
        "12 34 56 ",
        "020 7946 0958 ext. 3",
    ],
    "language": ["", "dansk", "DA", "da-DK", "xx", "ask", "e", "en\n"],
    "zone": [
        "Europe/Randers",
        "../../etc/passwd",
        "",
        "/etc/localtime",
        "localtime",
        "posix/Europe/Copenhagen",
        "right/Europe/Copenhagen",
        "posixrules",
        "Factory",
    ],
}


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, ts in RIGHT.items() for t in ts])
def test_right(name: str, text: str) -> None:
    """A well-formed value passes."""
    assert FORMATS[name](text)


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, ts in WRONG.items() for t in ts])
def test_wrong(name: str, text: str) -> None:
    """A value that is nearly right does not pass."""
    assert not FORMATS[name](text)


def test_every_format_is_tried() -> None:
    """Each format has values of both kinds here."""
    assert RIGHT.keys() == WRONG.keys() == FORMATS.keys()
