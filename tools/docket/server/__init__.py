"""The desk over HTTP, and the site it stands before.

Only `web` knows the library; what is kept, and whether, is the acts'.
"""
