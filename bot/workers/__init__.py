"""Runs an importable function in a spawned process, with a deadline and a memory limit.

Parsers of hostile input crash, hang and leak; here they do so without the daemon. Each worker is a
plain child process (`python -m bot.workers`) with one pipe in and one out, that ends with its
parent.

A module may have a function `warm_up()`: a worker calls it once, after the import. There the heavy
libraries are loaded, so that the daemon, which imports the module only for its function's name,
does without them, and so that loading does not count against a task's deadline.
"""

from bot.workers.pool import Workers

__all__ = ["Workers"]
