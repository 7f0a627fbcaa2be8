"""Any text at all comes back from the document as it was given, cleaned; threads never mix values."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.engine import compile_template
from docgen.engine.values import clean_text
from tests.docgen.engine import make


def everywhere(document: make.Document) -> None:
    make.table(["{{ v }}"])(document)
    document.sections[0].header.paragraphs[0].text = "{{ v }}"
    document.core_properties.title = "{{ v }}"


TEMPLATE = compile_template(make.template("{{ v }}", build=everywhere))
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@settings(max_examples=60, deadline=None)
@given(ANY | st.text(st.sampled_from("{}%#_& <>\"'\n\t\r\x07\x0c\x0bđẾ"), max_size=30))
def test_any_text_comes_back(value: str) -> None:
    document = make.opened(TEMPLATE.render({"v": value}).docx)
    expected = clean_text(value)
    assert document.paragraphs[0].text == expected
    assert document.tables[0].cell(0, 0).text == expected
    assert document.sections[0].header.paragraphs[0].text == expected
    assert document.core_properties.title == expected


@given(st.text(max_size=40).filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text)))
def test_cleaning_twice_is_cleaning_once(value: str) -> None:
    once = clean_text(value)
    assert clean_text(once) == once
    assert not set(once) & set(map(chr, [*range(9), 11, 12, *range(13, 32)]))


def test_threads_sharing_a_template_never_mix_values() -> None:
    template = compile_template(
        make.template(
            "{{ ten }}",
            build=make.table(
                ["{%tr for d in ds %}"], ["{{ d.ten }} {{ ten }}"], ["{%tr endfor %}"]
            ),
        )
    )

    def work(number: int) -> bool:
        name = f"Đơn vị {number} A&B"
        rows = [{"ten": f"{number}.{row}"} for row in range(number % 5 + 1)]
        result = template.render({"ten": name, "ds": rows}).docx
        return make.paragraphs(result) == [name] and make.cells(result) == [
            [f"{row['ten']} {name}"] for row in rows
        ]

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(120)))


def test_missing_names_of_one_thread_do_not_reach_another() -> None:
    template = compile_template(make.template("{{ a }} {{ b }}"))

    def work(number: int) -> str:
        given: dict[str, object] = {"a": number} if number % 2 else {"a": number, "b": number}
        try:
            return make.paragraphs(template.render(given).docx)[0]
        except Exception as error:  # noqa: BLE001 - told to the test below
            return str(getattr(error, "names", error))

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(work, range(80)))
    assert results == ["('b',)" if number % 2 else f"{number} {number}" for number in range(80)]
