"""The desk and the site over HTTP."""
