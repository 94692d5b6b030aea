"""The kinds of page, each with its template beside it."""
