"""The bases of positive data (regulation 26)."""

import pytest

from creditdata.rules.codes import PositiveDataBasis as Basis
from creditdata.rules.positive import bases, must_approach


def holding(*holds):
    return bases(
        consent_to_licensee="licensee" in holds,
        consent_to_registrar="registrar" in holds,
        reportable_negative="negative" in holds,
    )


@pytest.mark.req("CRD-26-a")
@pytest.mark.parametrize(
    ("holds", "found"),
    [
        ((), ()),
        (("licensee",), (Basis.CONSENT_TO_LICENSEE,)),
        (("registrar",), (Basis.CONSENT_TO_REGISTRAR,)),
        (("negative",), (Basis.REPORTABLE_NEGATIVE_DATA,)),
        (("negative", "licensee"), (Basis.CONSENT_TO_LICENSEE, Basis.REPORTABLE_NEGATIVE_DATA)),
        (("registrar", "negative"), (Basis.REPORTABLE_NEGATIVE_DATA, Basis.CONSENT_TO_REGISTRAR)),
    ],
)
def test_each_basis_stands_for_itself(holds, found):
    assert holding(*holds) == found


def test_consent_to_the_registrar_alone_obliges_nobody():
    assert [must_approach(holding(one)) for one in ("licensee", "negative", "registrar")] == [True, True, False]
    assert must_approach(holding("registrar", "negative"))
    assert not must_approach(holding())
