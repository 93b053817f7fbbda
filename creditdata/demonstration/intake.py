"""What sources supplied to the first licensee: good rows and bad, nothing new, an unreadable file, a late source."""

import csv
import io
from datetime import date, datetime, timedelta

from creditdata.models import IntakeBatch, Licensee, SourceAgreement, SourceOrganisation
from creditdata.rules.codes import AuthorisedSourceKind, RecordKind, SourceType
from creditdata.services import intake, receiving, reference, supplies
from creditdata.services.receiving import Supply
from crm_portal.people.models import User
from crm_portal.people.rules.identity_numbers import has_right_check_digit
from crm_portal.worktime.rules.periods import day_of

from .cast import EREZ

SOURCES = (  # code, name, type, kind of an authorised source
    ("official-receiver", "הכונס הרשמי", SourceType.OFFICIAL_RECEIVER, ""),
    ("execution-office", "רשות האכיפה והגבייה", SourceType.EXECUTION_OFFICE, ""),
    ("bank-of-israel", "בנק ישראל", SourceType.BANK_OF_ISRAEL, ""),
    ("bank-hadas", "בנק הדס בע״מ", SourceType.BANKING_CORPORATION, ""),
    ("card-shaked", "שקד כרטיסי אשראי בע״מ", SourceType.CARD_ISSUER, ""),
    ("retail-gefen", "רשת גפן בע״מ", SourceType.AUTHORISED_SOURCE, AuthorisedSourceKind.RETAIL_CHAIN.value),
    ("court-haifa", "בית המשפט המחוזי בחיפה", SourceType.COURT, ""),
)
FAMILIES = ("אלון", "ברק", "גולן", "דרור", "הדר", "ורד", "זהבי", "חרמון", "טל", "יערי", "כרמל", "לביא")
FIRST_NAMES = ("דנה", "יוסי", "מרים", "אבי", "נועה", "רוני")
COURT = "בית המשפט המחוזי בחיפה"
Row = dict[str, str]


def play(staff: dict[str, User], *, until: datetime) -> None:
    """Play it once, on the days before `until`."""
    licensee, clerk, today = Licensee.objects.get(name=EREZ), staff["meital"], day_of(until)
    if IntakeBatch.objects.for_licensee(licensee).exists():
        return
    reference.load(overwrite=False)
    sources = {row[0]: _source(licensee, *row, at=until) for row in SOURCES}

    def send(code: str, kind: RecordKind, content: bytes, days: int, name: str, declared: int | None = None) -> None:
        day, at = today - timedelta(days=days), until - timedelta(days=days)
        supply = Supply(kind=kind, made_available_on=day, as_of=day, declared_rows=declared, file_name=name)
        batch = receiving.receive(
            licensee_id=licensee.pk, source_id=sources[code].pk, supply=supply, content=[content], by=clerk, at=at
        )
        intake.read(batch, at=at)

    orders = [_order(n, today) for n in range(12)]
    send("official-receiver", RecordKind.RECEIVING_ORDER, _file([*orders, *_bad_orders(today)]), 6, "orders.csv", 16)
    send("official-receiver", RecordKind.BANKRUPTCY_UPDATE, _file(_updates(today)), 3, "updates.csv", 3)
    send("execution-office", RecordKind.JUDGMENT_FILE, _file([_judgment(n, today) for n in range(40)]), 2, "files.csv")
    send("bank-of-israel", RecordKind.BOI_RESTRICTION, _file([], ["last_name", "first_name"]), 1, "nothing-new.csv")
    send("bank-hadas", RecordKind.CHEQUE_REFUSAL_WARNING, "שם,מספר".encode("cp1255"), 1, "warnings.csv")
    supplies.check_supplies(at=until)


def _source(
    licensee: Licensee, code: str, name: str, of: SourceType, authorised_kind: str, *, at: datetime
) -> SourceOrganisation:
    source, _ = SourceOrganisation.objects.get_or_create(
        code=code, defaults={"name": name, "type": of.value, "authorised_kind": authorised_kind, "created_at": at}
    )
    SourceAgreement.objects.create(licensee=licensee, source=source, from_on=day_of(at) - timedelta(days=45))
    return source


def _person(n: int) -> Row:
    digits = f"{31_500_000 + n * 37:08d}"
    number = next(digits + str(last) for last in range(10) if has_right_check_digit(digits + str(last)))
    return {
        "last_name": FAMILIES[n % len(FAMILIES)], "first_name": FIRST_NAMES[n % len(FIRST_NAMES)],
        "id_kind": "RESIDENT", "id_number": number,
    }  # fmt: skip


def _order(n: int, today: date, **given: str) -> Row:
    day = today - timedelta(days=40 + n)
    return {
        **_person(n), "order_date": day.isoformat(), "court_name": COURT, "case_number": f"{4100 + n}-{day:%m-%y}",
        "cancelled": "false", **given,
    }  # fmt: skip


def _bad_orders(today: date) -> list[Row]:
    """A repeated row, one too old, one cancelled with a wrong number, and one with another name."""
    return [
        _order(3, today),
        _order(20, today, order_date="2002-02-01"),
        _order(21, today, cancelled="true", id_number="123456789"),
        _order(22, today, **{**_person(5), "last_name": "סלע"}),
    ]


def _updates(today: date) -> list[Row]:
    """Two that follow known orders, and one whose order is not known yet."""
    day = (today - timedelta(days=10)).isoformat()
    known = [_order(n, today)["case_number"] for n in (1, 2)]
    return [
        {"court_name": COURT, "case_number": case, "event_type": "DECLARED_BANKRUPT", "event_date": day}
        for case in (*known, "9999-01-20")
    ]


def _judgment(n: int, today: date) -> Row:
    opened, served = today - timedelta(days=300 + n), today - timedelta(days=200 if n % 9 else 30)
    return {
        **_person(n % 15), "file_number": f"01-{51_000 + n}-25", "opened_on": opened.isoformat(), "office": "חיפה",
        "warning_recorded_served": "true", "warning_served_on": served.isoformat(), "stay_order": "false",
        "judgment_nature": "MONETARY",
    }  # fmt: skip


def _file(rows: list[Row], header: list[str] | None = None) -> bytes:
    out = io.StringIO()
    lines = csv.DictWriter(out, header or list(rows[0]))
    lines.writeheader()
    lines.writerows(rows)
    return out.getvalue().encode("utf-8-sig")
