"""``python -m tools.templates``: rebuild every shipped template under templates_docx/."""

from __future__ import annotations

from pathlib import Path

from tools.templates.build import build_all


def main() -> None:
    folder = Path(__file__).resolve().parents[2] / "templates_docx"
    for path in build_all(folder):
        print(path.relative_to(folder.parent))


if __name__ == "__main__":
    main()
