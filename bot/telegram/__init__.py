"""The only door to python-telegram-bot: commands, buttons, delivery."""

import os

# Must be set before the library is loaded: its durations are then timedeltas, as ours are.
os.environ.setdefault("PTB_TIMEDELTA", "true")
