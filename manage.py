#!/usr/bin/env python
"""Run a management command: `python manage.py help` lists them."""

import gc
import logging
import os
import sys
import threading

NOT_INSTALLED = (
    "The site is not installed in this Python ({python}): there is no {module}.\n"
    "Use .venv/bin/python manage.py …, after the first command of the README."
)

FAILED = "The database or the disk failed: {error}. See to that, then run the command again."


def main():
    # All that a start loads stays; to look for garbage in it takes a tenth of the time. The
    # collector is switched on again in homepage/apps.py.
    gc.disable()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homepage.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
        from django.db import DatabaseError

        from homepage.common.faults import FULL, explain
    except ModuleNotFoundError as error:
        sys.exit(NOT_INSTALLED.format(python=sys.executable, module=error.name))
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"The settings cannot be used: {error}")
    except (DatabaseError, OSError) as error:
        fault = explain(error)
        if fault is None or "--traceback" in sys.argv:
            raise
        why = "the disk is full" if fault is FULL else str(error).strip().rstrip(".")
        sys.exit(FAILED.format(error=why))


def leave():
    """End the process at once: to take apart all that is loaded takes longer than some commands.

    A command whose threads still run ends as usual, and so does one that cannot say its last word.
    """
    if threading.active_count() > 1:
        return
    logging.shutdown()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        return
    os._exit(0)


if __name__ == "__main__":
    main()
    leave()
