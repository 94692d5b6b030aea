"""Calls for interest, kept in Git: check the files, tell where each round stands."""

__version__ = "0.1.0"
