"""All that is said to a reader, and how facts are written for one.

Sentences stand in the catalogue only; nothing here reads the register or decides.
"""
