import ast
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent.parent / "script" / "traceability"


@pytest.fixture(scope="module")
def traceability():
    spec = spec_from_loader("traceability", SourceFileLoader("traceability", str(SCRIPT)))
    assert spec is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_marks_of_modules_classes_functions_and_single_parameters_are_found(traceability):
    source = """
pytestmark = pytest.mark.req("CRM-1-a")

@pytest.mark.req("CRM-1-b", "CRM-1-c")
def test_one(): ...

class TestTwo:
    @pytest.mark.parametrize("row", [pytest.param(1, marks=pytest.mark.req("CRM-2-a"))])
    def test_three(self, row): ...

def helper(): ...
"""

    found = dict(traceability.cited_in(ast.parse(source).body, frozenset(), ""))

    assert found == {
        "test_one": {"CRM-1-a", "CRM-1-b", "CRM-1-c"},
        "TestTwo::test_three": {"CRM-1-a", "CRM-2-a"},
    }


def test_the_page_counts_and_orders_clauses_as_a_reader_does(traceability):
    page = traceability.page({"CRM-2.10-a", "CRM-2.9-a", "CRM-3-a"}, {"CRM-2.9-a": ["t::b"], "CRM-2.10-a": ["t::a"]})

    assert "2 of 3 requirements" in page
    assert page.index("CRM-2.9-a") < page.index("CRM-2.10-a")
    assert "Not cited yet: CRM-3-a." in page
