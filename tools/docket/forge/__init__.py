"""What happens on GitHub: the answer to a pull request, receipts, pull requests of our own.

Nothing of a change is checked out or run.
"""
