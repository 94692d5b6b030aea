"""`python -m docket.forge answer|journal`: what the workflows call."""

import sys

from docket.forge.workflow import main

sys.exit(main())
