"""Django's own commands, for developers. People use `docgen`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    Path(settings.DOCGEN_HOME).mkdir(parents=True, exist_ok=True)
    execute_from_command_line(sys.argv)
