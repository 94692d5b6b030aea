"""A new organiser's repository: who may answer, on what, and the files it begins with."""
