"""What the tests in a real browser type, and what they ask of axe."""

from playwright.sync_api import Page

NAME = "Skole: \"Æ & Ø's\" #1 – 'å'"
MOTIVATION = 'Første linje: "ja" # nej\n\n- punkt\n\ttabulator \\ 100 %\nÆØÅ 👩\u200d👧 {}[]&*!|>'
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What passes is not told node by node: nobody reads it, and telling it takes long.
AXE = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}


def fill(page: Page) -> None:
    """Fill in the form of the open round."""
    page.fill("#municipality", "høje tåstrup")
    page.select_option("#areas-0", "dagtilbud")
    page.select_option("#areas-1", "folkeskole")
    page.fill("#contact-name", NAME)
    page.fill("#contact-email", " skole@kommune.example ")
    page.fill("#contact-phone", "+45 12 34 56 78")
    page.check("#approval-status-approved")
    page.fill("#approval-body", "Økonomiudvalget")
    page.fill("#approval-date", "2031-02-20")
    page.fill("#approval-minutes", "https://kommune.example/referat?a=1&b=æ")
    page.fill("#motivation", MOTIVATION)
