"""Help pages and complaints about a call: Vietnamese throughout."""

from __future__ import annotations

import re
from importlib import import_module

import click
import pytest

from config.cli.main import MODULES, docgen
from config.cli.verbs import usage_message
from tests.architecture.test_docs import commands
from tests.config.cli.calls import Caller

#: Words of click's own sentences and of its names of types.
ENGLISH = re.compile(
    r"\b(usage|options|arguments?|commands?|show this|message|and exit|default|required|error|missing"
    r"|invalid|no such|did you|got unexpected|requires?|integer|text|file|directory|range|args|try|one of"
    r"|does not|value|boolean|positional|choose|from|must|valid)\b",
    re.IGNORECASE,
)
VERBS = sorted(commands(docgen, "docgen"))
GROUPS = ["docgen", "docgen batch", "docgen register", "docgen records"]


def english(text: str) -> list[str]:
    """English left in a text, but for the names of options and codes that stand in it."""
    plain = re.sub(r"“[^”]*”|--[a-z-]+|\[[a-z|]+\]", " ", text)
    return ENGLISH.findall(plain)


@pytest.mark.parametrize("verb", [*VERBS, *GROUPS])
def test_help_is_vietnamese(call: Caller, verb: str) -> None:
    page = call(*verb.split()[1:], "--help")
    assert page.code == 0
    assert page.err == ""
    assert page.out.startswith(f"Cách dùng: {verb} ")
    assert english(page.out) == []
    assert call(*verb.split()[1:], "-h").out == page.out


def test_every_module_offers_exactly_its_verbs() -> None:
    for module in set(MODULES.values()):
        offered = {verb.name for verb in import_module(f"config.cli.{module}").VERBS}
        assert offered == {verb for verb, its in MODULES.items() if its == module}


CALLS = [
    (["mak"], "Không có lệnh “mak”. Có phải “make”?"),
    (["batch", "statsu"], "Không có lệnh “statsu”. Có phải “status”?"),
    (["xyz"], "Không có lệnh “xyz”."),
    (["make", "plan", "--dat", "x"], "Không có tùy chọn --dat. Có phải “--date” hoặc “--data”?"),
    (["make", "plan"], "Thiếu tùy chọn --data."),
    (["make", "--data", "x", "-o", "y"], "Thiếu tham số LOẠI"),
    (["make", "plan", "--data"], "Tùy chọn --data cần một giá trị"),
    (
        ["make", "plan", "--data", "x", "-o", "y", "--number", "bảy"],
        "“bảy” không phải là số nguyên",
    ),
    (["make", "plan", "--data", "x", "-o", "y", "--number", "0"], "phải từ 1 trở lên"),
    (["make", "plan", "--data", "x", "-o", "y", "--date", "02/5/2024"], "không phải là ngày"),
    (["make", "plan", "--data", "x", "-o", "y", "--date", "2024-02-30"], "không phải là ngày"),
    (["kinds", "thừa", "nữa"], "Thừa tham số: thừa nữa."),
    (["kinds", "--json=1"], "Tùy chọn --json không nhận giá trị."),
    (["register", "outgoing"], "Thiếu tùy chọn --year."),
    (["register", "outgoing", "--year", "24"], "phải từ 1900 đến 2999"),
    (["register", "outgoing", "--year", "2024", "--format", "pdf"], "chọn một trong: xlsx, docx"),
    (["batch", "status", "một"], "Tham số ĐỢT (Số của đợt): “một” không phải là số nguyên"),
    (["worker", "--concurrency", "nhiều"], "“nhiều” không phải là số nguyên"),
    (["worker", "--queues", "docs,in"], "không có hàng việc “in”; có docs, pdf, intake, upkeep"),
    (["documents", "--state", "xong"], "chọn một trong: draft, "),
    (["request", "plan"], "Thiếu tùy chọn --for."),
    (["--verson"], "Không có tùy chọn --verson."),
]


@pytest.mark.parametrize(("arguments", "said"), CALLS)
def test_complaints_are_vietnamese(call: Caller, arguments: list[str], said: str) -> None:
    told = call(*arguments)
    assert (told.code, told.out) == (2, "")
    assert said in told.err
    assert "--help”." in told.err
    assert english(told.err) == []


#: After a bare `--data` the flag itself would be taken for its value; a worker has no answer to give.
WITH_JSON = [words for words, _ in CALLS if words[-1] != "--data" and words[0] != "worker"]


@pytest.mark.parametrize("arguments", WITH_JSON)
def test_complaints_as_json_say_the_same(call: Caller, arguments: list[str]) -> None:
    plain = call(*arguments).err.removeprefix("Lỗi: ").strip()
    told = call(*arguments, "--json")
    assert (told.code, told.err) == (2, "")
    assert told.error == {"code": "usage", "message": plain, "facts": {}}


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_alone_shows_its_verbs_and_is_no_success(call: Caller, group: str) -> None:
    told = call(*group.split()[1:])
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith(f"Cách dùng: {group} ")
    asked = call(*group.split()[1:], "--json")
    assert asked.code == 2
    assert asked.error["code"] == "usage"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (click.IntRange(min=1), "phải là số nguyên từ 1 trở lên"),
        (click.INT, "phải là số nguyên"),
        (click.FLOAT, "phải là số"),
        (click.BOOL, "chọn true hoặc false"),
        (click.DateTime(["%Y-%m-%d"]), "ghi ngày dạng 2024-05-02"),
        (click.Path(exists=True), "không có tệp này"),
        (click.Choice(["a", "b"]), "chọn một trong: a, b"),
    ],
)
def test_clicks_own_types_are_described_too(kind: click.ParamType[object], said: str) -> None:
    command = click.Command("thử", params=[click.Option(["--gì"], type=kind)])
    with pytest.raises(click.UsageError) as caught:
        command.main(["--gì", "sai/bét"], standalone_mode=False)
    told = usage_message(caught.value)
    assert told.startswith(f"Tùy chọn --gì: {said}")
    assert english(told) == []
