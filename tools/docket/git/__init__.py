"""The only door to Git: its objects, its history, and writing to it one at a time.

What the bytes mean is not known here.
"""
