"""The site: its pages with their templates, its data and feeds, and how it is built.

Nothing here takes anything in: that is the acts' and the server's.
"""

ADDRESS = "DOCKET_SITE"
"""In the environment of MkDocs: the address of a site whose pages are written already."""
MEMORY = "DOCKET_MEMORY"
"""In the environment of MkDocs: the folder of what pages became the last time, "" for none."""
