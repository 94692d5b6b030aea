"""What is told of a round, a municipality and the calendar, as values and sentences.

No markup, no file and no format: those are above.
"""
