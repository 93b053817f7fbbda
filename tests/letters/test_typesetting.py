"""Letters as PDF: the same bytes everywhere, tagged, and a text layer in the order in which it is read."""

import io
from datetime import date
from decimal import Decimal

import pikepdf
import pypdf
import pytest

from crm_portal.letters import formulas
from crm_portal.letters.content import Letter, StepLine, Table, box, day, facts, ltr, money, percent, steps, table
from crm_portal.letters.typesetting import pdf


@pytest.fixture(scope="module")
def letter() -> Letter:
    return Letter(
        title=f"החלטה בתביעה {ltr('NA-2023-00017')}",
        sender="רשות המסים בישראל",
        department="מס רכוש וקרן פיצויים",
        addressee=["לכבוד", f'הים בע"מ, {ltr("51-234567-8")}'],
        reference=[("תביעה", ltr("NA-2023-00017")), ("תאריך", day(date(2024, 3, 5)))],
        blocks=[
            facts([("הפרש", money(Decimal(-18_348))), ("שיעור", percent(Decimal("0.4333")))]),
            steps([StepLine("שיעור", "43.33%", formula="1 − (I × k + S) ÷ T", figures={"I": "500000", "k": "0.85"})]),
            table(Table(["סיבה", "סכום"], [["אחר", money(Decimal(1_000))]])),
            box(f"ניתן להשיג עד {day(date(2024, 5, 5))} כולל.", title="השגה"),
        ],
        footer="מכתב",
        written_on=date(2024, 3, 5),
    )


@pytest.fixture(scope="module")
def made(letter) -> bytes:
    return pdf(letter)


@pytest.fixture(scope="module")
def words(made) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)


@pytest.mark.req("CMP-2.4-b")
@pytest.mark.parametrize("shown", ["−₪18,348", "NA-2023-00017", "51-234567-8", "05.05.2024", "43.33%"])
def test_a_number_reads_from_left_to_right_with_its_sign_first(words, shown):
    assert shown in words


def test_the_same_letter_is_the_same_bytes(letter, made):
    assert pdf(letter) == made


def test_its_fonts_are_embedded_and_hold_hebrew(made):
    with pikepdf.open(io.BytesIO(made)) as document:
        fonts = [font for page in document.pages for font in page.Resources.Font.values()]
        descriptors = [font.DescendantFonts[0].FontDescriptor for font in fonts]
        assert all({"/FontFile2", "/FontFile3"} & set(descriptor.keys()) for descriptor in descriptors)
        assert any("Libertinus" in str(descriptor.FontName) for descriptor in descriptors)


def test_it_is_tagged_in_hebrew_and_has_a_title(made):
    with pikepdf.open(io.BytesIO(made)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "he"
        assert "NA-2023-00017" in str(document.docinfo.Title)


def test_a_formula_becomes_mathematics_with_its_figures():
    assert formulas.as_math("1 − I × k ÷ T") == '"1" - I times k / T'
    assert formulas.as_math("max(0, B − E) × c", {"B": "1000000", "E": "-5", "c": "0.5"}) == (
        'op("max") ( "0" , "1,000,000" - "−5" ) times "0.5"'
    )


def test_nothing_in_a_formula_is_run():
    shown = formulas.as_math('#read("/etc/passwd") $ " \\')

    assert set(shown.replace('"read"', "").replace('"etc"', "").replace('"passwd"', "")) <= set("() ")
