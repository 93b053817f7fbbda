"""
Turnover assessments a second, with every step of the ledger, beside OpenFisca's country template.

    .venv/bin/python benchmarks/assessments.py [PYTHON_WITH_OPENFISCA]

The other Python is one of a throwaway virtual environment with `openfisca-core` and `openfisca-country-template`; it
computes one variable (`income_tax`, a product of two), once for as many people at a time, and once for one person at a
time. Both are timed in turn in one run, in seconds of one core, so that the ratios hold whatever else the machine does.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

from compensation.rules import engine
from compensation.selectors.shipped import from_files

CASES = ROOT / "tests" / "golden" / "compensation" / "golden_cases.json"
ROUNDS, MANY = 5, 5_000
OPENFISCA = """
import sys, time
import numpy
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_country_template import CountryTaxBenefitSystem

system, count, at_once = CountryTaxBenefitSystem(), int(sys.argv[1]), int(sys.argv[2])
start = time.process_time()
for _ in range(count // at_once):
    simulation = SimulationBuilder().build_default_simulation(system, at_once)
    simulation.set_input("salary", "2017-01", numpy.full(at_once, 4000.0))
    simulation.calculate("income_tax", "2017-01")
print(count / (time.process_time() - start))
"""


def ours() -> float:
    """Assessments a second, over all golden turnover cases that are computed."""
    programme = from_files()
    cases = [case["inputs"] for case in json.loads(CASES.read_text(encoding="utf-8"))["cases"] if _is_computed(case)]
    start = time.process_time()
    for number in range(MANY):
        engine.assess("turnover", cases[number % len(cases)], programme)
    return MANY / (time.process_time() - start)


def theirs(python: str, at_once: int, count: int) -> float:
    """People a second, `at_once` in each simulation."""
    command = [python, "-c", OPENFISCA, str(count), str(at_once)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _is_computed(case: dict[str, object]) -> bool:
    inputs = case["inputs"]
    return case["track"] == "turnover" and isinstance(inputs, dict) and "base" in inputs


def main() -> None:
    """The best of some rounds of each, in turn."""
    runs: dict[str, Callable[[], float]] = {"turnover, all steps": ours}
    if len(sys.argv) > 1:
        python = sys.argv[1]
        runs["OpenFisca, one by one"] = lambda: theirs(python, 1, 500)
        runs["OpenFisca, 100,000 at once"] = lambda: theirs(python, 100_000, 100_000)
    best = dict.fromkeys(runs, 0.0)
    for _ in range(ROUNDS):
        for name, run in runs.items():
            best[name] = max(best[name], run())
    for name, rate in best.items():
        print(f"{name:28} {rate:12,.0f} a second   {rate / best['turnover, all steps']:8.2f} times")


if __name__ == "__main__":
    main()
