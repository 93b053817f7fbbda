import pytest

from crm_portal.files.rules.failures import Failure, Unclean
from crm_portal.files.rules.text import check_table, decoded


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1255", "utf-16"])
def test_hebrew_is_read_in_the_encodings_people_save_it_in(encoding):
    assert decoded("שלום, עולם\r\n\tסכום: 5".encode(encoding)) == "שלום, עולם\r\n\tסכום: 5"


@pytest.mark.parametrize("content", [b"a\x00b", b"\x1b[31mred", b"\xd9\xff\x81\x8d", b"bell\x07"])
def test_what_is_not_text_is_refused(content):
    with pytest.raises(Unclean) as unclean:
        decoded(content)

    assert unclean.value.failure is Failure.TEXT_ENCODING


@pytest.mark.parametrize(
    "cell",
    [
        "=cmd|'/c calc'!A0",
        "\"=cmd|'/c calc'!A0\"",
        "name,=cmd|'/c calc'!A0",
        "a;@SUM|x!y",
        "a\t+cmd|' /C calc'!A0",
        "a\n-x|y!z",
    ],
)
def test_a_cell_that_starts_a_program_is_refused(cell):
    with pytest.raises(Unclean) as unclean:
        check_table(cell)

    assert unclean.value.failure is Failure.ACTIVE_CONTENT


@pytest.mark.parametrize("cell", ["-5", "=A1+B2", "+972-50", "@dana", "a|b!", "שולם! | נסגר", "1,-2,3|4"])
def test_ordinary_cells_pass(cell):
    check_table(cell)
