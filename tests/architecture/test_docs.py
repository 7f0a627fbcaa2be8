"""The documentation is held against the program: commands, settings, kinds, terms."""

from __future__ import annotations

import ast
import re

import click

from config.cli.main import docgen
from docgen.kinds import KINDS
from tests.architecture.sources import ROOT, rooms, text_files, tree

DOCS = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in text_files()
    if path.suffix == ".md"
}
ALL = "\n".join(DOCS.values())
OPERATIONS = DOCS["docs/operations.md"]


def commands(group: click.Group, *above: str) -> dict[str, click.Command]:
    """Every command with its full name, `docgen batch run` and so on."""
    found: dict[str, click.Command] = {}
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        words = (*above, name)
        if isinstance(command, click.Group):
            found |= commands(command, *words)
        else:
            found[" ".join(words)] = command
    return found


VERBS = commands(docgen, "docgen")


def test_every_command_is_in_the_documentation() -> None:
    assert VERBS
    assert [name for name in VERBS if f"`{name}" not in OPERATIONS] == []


def test_the_documentation_names_no_command_that_does_not_exist() -> None:
    named = set(re.findall(r"`(docgen [a-z][a-z ]*[a-z])", OPERATIONS))
    known = {*VERBS, "docgen intake"}  # `docgen intake FILE...` needs no further word
    assert [name for name in named if not any(name.startswith(verb) for verb in known)] == []


def test_every_command_and_option_has_help() -> None:
    assert [name for name, command in VERBS.items() if not command.help] == []
    bare = [
        f"{name} {option.opts[0]}"
        for name, command in VERBS.items()
        for option in command.params
        if isinstance(option, click.Option) and not option.help
    ]
    assert bare == []


def environment_names() -> set[str]:
    """Names read in settings.py: os.environ.get(NAME) and env_secret(NAME)."""
    names = set()
    for node in ast.walk(tree(ROOT / "config/settings.py")):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = ast.unparse(node.func)
            if called in {"os.environ.get", "env_secret"}:
                names.add(str(node.args[0].value))
    return names


def test_every_setting_is_in_the_documentation() -> None:
    names = environment_names()
    assert {"DOCGEN_HOME", "DATABASE_URL", "REDIS_URL"} <= names
    assert [name for name in sorted(names) if f"`{name}`" not in OPERATIONS] == []


def test_every_document_kind_is_in_the_documentation() -> None:
    assert [kind for kind in KINDS if f"`{kind}`" not in OPERATIONS] == []


def test_every_room_is_in_the_architecture() -> None:
    assert [room for room in rooms() if f"| `{room}` |" not in DOCS["docs/architecture.md"]] == []


def test_the_glossary_has_each_term_once() -> None:
    rows = re.findall(r"(?m)^\| (.+?) \| (`.+?) \| .+ \|$", DOCS["docs/glossary.md"])
    assert len(rows) > 80
    terms = [term for _, terms in rows for term in re.findall(r"`([^`]+)`", terms)]
    words = [word for word, _ in rows]
    assert len(words) == len(set(words))
    assert sorted({term for term in terms if terms.count(term) > 1}) == []
    assert [term for term in terms if not re.fullmatch(r"[a-z][a-z0-9_]*|DOCGEN_HOME", term)] == []


def test_the_readme_shows_the_two_commands() -> None:
    shown = re.findall(r"(?m)^```\n(.+)\n```$", DOCS["README.md"])
    assert shown == ["./run", "./test"]


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{name}: {target}"
        for name, text in DOCS.items()
        for target in re.findall(r"\]\(([^)#]+)\)", text)
        if "://" not in target and not (ROOT / name).parent.joinpath(target).exists()
    ]
    assert not broken
