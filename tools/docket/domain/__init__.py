"""The nouns, and what follows from them and the time.

No text, no file, no Git and no clock: whoever needs one of these is above.
"""
