"""Calls for interest, kept in Git: check the files, tell where each round stands."""
