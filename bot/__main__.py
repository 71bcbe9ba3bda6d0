"""`python -m bot` is the same as `ausguck`."""

import sys

from bot.cli import main

sys.exit(main())
