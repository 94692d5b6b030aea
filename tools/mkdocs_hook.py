"""MkDocs loads a hook by its path and puts the folder on its own: hence this door."""

from docket.site.hook import on_config, on_startup

__all__ = ["on_config", "on_startup"]
