"""The command `docket`: arguments, the clock, asking, printing, exit codes.

One module for each command, and nothing that anybody else would need.
"""
