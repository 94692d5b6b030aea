"""The site: its pages with their templates, its data and feeds, and how it is built.

Nothing here takes anything in: that is the acts' and the server's.
"""
