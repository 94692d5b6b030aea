"""Another organiser's repository: its register, its words, and the files it begins with.

Takes values and asks nobody.
"""
