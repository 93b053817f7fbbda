"""The types of information source that the regulations name, and their Hebrew words (regulation 41)."""

import pytest
from django.utils.translation import override

from creditdata.labels import AUTHORISED_SOURCE_KIND, SOURCE_TYPE
from creditdata.rules.codes import AuthorisedSourceKind, SourceType


@pytest.mark.req("CRD-41-a")
def test_there_are_seven_types_of_source():
    with override("he"):
        words = {name.value: str(SOURCE_TYPE[name]) for name in SourceType}

    assert words == {
        "OFFICIAL_RECEIVER": "כונס הנכסים הרשמי",
        "EXECUTION_OFFICE": "לשכת הוצאה לפועל",
        "BANK_OF_ISRAEL": "בנק ישראל",
        "BANKING_CORPORATION": "תאגיד בנקאי",
        "CARD_ISSUER": "מנפיק כרטיסי חיוב",
        "AUTHORISED_SOURCE": "מקור מוסמך",
        "COURT": "בית משפט",
    }


@pytest.mark.req("CRD-41-b")
def test_there_are_four_kinds_of_authorised_source():
    with override("he"):
        words = {name.value: str(AUTHORISED_SOURCE_KIND[name]) for name in AuthorisedSourceKind}

    assert words == {
        "RETAIL_CHAIN": "רשת שיווק",
        "INSURANCE_COMPANY": "חברת ביטוח",
        "INFRASTRUCTURE_COMPANY": "חברת תשתיות",
        "OTHER_SERVICES": "שירותים אחרים",
    }
