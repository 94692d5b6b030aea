"""From bytes to nouns: each file read, judged by its schema, and put into one docket.

Nothing across files is judged here, and nothing is written.
"""
