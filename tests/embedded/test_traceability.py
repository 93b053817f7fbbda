import ast
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

PART = "CRM"  # apart from the clause, so that nothing that looks for requirements in the tests finds these
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
pytestmark = pytest.mark.req("ABC-1-a")

@pytest.mark.req("ABC-1-b", "ABC-1-c")
def test_one(): ...

class TestTwo:
    @pytest.mark.parametrize("row", [pytest.param(1, marks=pytest.mark.req("ABC-2-a"))])
    def test_three(self, row): ...

def helper(): ...
"""

    found = dict(traceability.cited_in(ast.parse(source).body, frozenset(), ""))

    assert found == {
        "test_one": {"ABC-1-a", "ABC-1-b", "ABC-1-c"},
        "TestTwo::test_three": {"ABC-1-a", "ABC-2-a"},
    }


def test_the_page_counts_and_orders_clauses_as_a_reader_does(traceability):
    page = traceability.page(
        {f"{PART}-2.10-a", f"{PART}-2.9-a", f"{PART}-3-a"}, {f"{PART}-2.9-a": ["t::b"], f"{PART}-2.10-a": ["t::a"]}
    )

    assert "2 of 3 requirements" in page
    assert page.index(f"{PART}-2.9-a") < page.index(f"{PART}-2.10-a")
    assert f"Not cited yet: {PART}-3-a." in page


def test_what_no_test_cites_is_named_where_the_part_is_built(traceability):
    wanted = {f"{PART}-2.10-a", f"{PART}-2.9-a", f"{PART}-3-a", "XYZ-1-a"}

    assert traceability.uncited(wanted, {f"{PART}-3-a": ["t::a"]}) == [f"{PART}-2.9-a", f"{PART}-2.10-a"]
