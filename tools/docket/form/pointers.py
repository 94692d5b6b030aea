"""The fields of a submission by JSON Pointer, in the order of the form."""

TEXTS = (
    "/contact/name",
    "/contact/title",
    "/contact/email",
    "/contact/phone",
    "/approval/status",
    "/approval/body",
    "/approval/date",
    "/approval/minutes",
    "/motivation",
    "/withdrawn/date",
    "/withdrawn/reason",
)
LONG = "/motivation"
SEALED = "/contact/sealed"
"""What stands for the contact's fields once they are sealed; nobody types it."""
