"""The licences that data are under, by their addresses."""

CC_BY = "https://creativecommons.org/licenses/by/4.0/"
"""Where none is named."""
NAMES = {CC_BY: "CC BY 4.0", "https://creativecommons.org/publicdomain/zero/1.0/": "CC0 1.0"}


def name_of(address: str) -> str:
    """How a licence is called, where many know it by name; else its address."""
    return NAMES.get(address, address.partition("://")[2].rstrip("/"))
