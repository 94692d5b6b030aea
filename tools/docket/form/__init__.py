"""The form: its fields, the file it makes, and what its script needs.

Neither page nor server: both are above.
"""
