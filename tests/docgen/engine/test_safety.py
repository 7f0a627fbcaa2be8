"""A template is data of a stranger: nothing of Python is reached from it."""

from __future__ import annotations

import pytest

from docgen.engine import MissingValues, TemplateError, UnsafeTemplate, compile_template
from tests.docgen.engine import make

DATA: dict[str, object] = {"ten": "Páo", "ds": [{"a": 1}], "d": {"x": 1}, "so": 3}


@pytest.mark.parametrize(
    "text",
    [
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ ten['__class__'] }}",
        "{{ self.__init__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ namespace.__init__.__globals__ }}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% from 'x' import y %}",
        "{% extends 'x' %}",
        "{% block x %}{% endblock %}",
        "{% autoescape false %}{{ ten }}{% endautoescape %}",
        "{{ ten|attr('__class__') }}",
        "{{ ten|safe }}",
        "{{ ten|xmlattr }}",
    ],
)
def test_refused_when_compiled(text: str) -> None:
    with pytest.raises(TemplateError) as caught:
        compile_template(make.template("x", text))
    assert caught.value.where is not None
    assert caught.value.where.paragraph == 2


@pytest.mark.parametrize(
    "text",
    [
        "{{ ten['__cl' ~ 'ass__'] }}",
        "{{ ds|map(attribute='__class__')|join }}",
        "{{ cycler('a').next() }}",
        "{{ joiner(',')() }}",
        "{{ lipsum(n=5) }}",
        "{{ _x }}",
        "{{ self.x }}",
        "{{ ten.encode }}",
        "{{ ds.append }}",
        "{{ so.real }}",
    ],
)
def test_what_is_not_data_is_missing(text: str) -> None:
    with pytest.raises(MissingValues):
        compile_template(make.template(text)).render(DATA)


@pytest.mark.parametrize(
    "text",
    [
        "{{ ten.encode('utf-8') }}",
        "{{ '{0.__class__}'.format(ten) }}",
        "{{ '%99999999d' % so }}",
        "{{ ds.append(1) }}",
        "{{ d.clear() }}",
        "{{ 9 ** 999999 }}",
        "{{ ten * 99999999 }}",
        "{{ [1] * 99999999 }}",
        "{{ d.setdefault('y', 2) }}",
    ],
)
def test_refused_when_filled(text: str) -> None:
    with pytest.raises(UnsafeTemplate) as caught:
        compile_template(make.template("x", text)).render(DATA)
    assert caught.value.where is not None
    assert caught.value.where.paragraph == 2


@pytest.mark.parametrize(
    "text",
    ["{{ so / 0 }}", "{{ so + ten }}", "{{ range(99999999) }}", "{{ so() }}", "{{ ds|sum }}"],
)
def test_what_cannot_be_computed_is_told_with_its_place(text: str) -> None:
    with pytest.raises(TemplateError, match="Không tính được") as caught:
        compile_template(make.template("x", "y", text)).render(DATA)
    assert caught.value.where is not None
    assert (caught.value.where.paragraph, caught.value.where.tag) == (3, text)


def test_a_list_is_wanted_where_a_template_loops() -> None:
    template = compile_template(make.template("{% for d in ds %}{{ d }}{% endfor %}"))
    for value in ("abc", 3, True):
        with pytest.raises(TemplateError, match="danh sách") as caught:
            template.render({"ds": value})
        assert caught.value.name == "ds"


def test_data_given_is_not_changed() -> None:
    data: dict[str, object] = {"ds": [{"a": 1}, {"a": 0}], "d": {"x": [1]}}
    compile_template(make.template("{{ ds|sort(attribute='a')|map(attribute='a')|join }}")).render(
        data
    )
    assert data == {"ds": [{"a": 1}, {"a": 0}], "d": {"x": [1]}}
