"""MkDocs loads a hook by its path and puts the folder on its own: hence this door."""

import os

from docket.site.hook import Hook

on_config = Hook(os.environ).on_config
