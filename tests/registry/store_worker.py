"""One of several processes that store the same bytes at once; started by test_files_race.py.

Arguments: database name, folder of the files, worker, how many files.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import django
from django.conf import settings

if __name__ == "__main__":
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    settings.FILES_DIR = Path(sys.argv[2])
    django.setup()

from registry.files import NewFile, store_many


def wanted(count: int) -> list[NewFile]:
    """The files that every worker stores."""
    return [
        NewFile(f"tệp {place}".encode(), "text/plain", f"{place}.txt") for place in range(count)
    ]


def main() -> None:
    worker, count = (int(told) for told in sys.argv[3:5])
    files = wanted(count)
    random.Random(worker).shuffle(files)
    store_many(files)


if __name__ == "__main__":
    main()
