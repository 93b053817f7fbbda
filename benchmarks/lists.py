"""
How lists, searches and dashboards cost with 200 and with 200,000 inquiries, in one run and as ratios.

    .venv/bin/python -m crm_portal.embedded --test env .venv/bin/python benchmarks/lists.py [MANY]

It makes two test databases of its own, the second a copy of the first before it is filled, asks the very pages
through Django's client, turn and turn about in both, takes the quickest of some runs, and drops them. The few
inquiries are of one office, of two months and half of them open, so that every list of theirs fills a page too.
"""

import os
import sys
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import connection, connections
from django.test import Client
from django.test.utils import setup_databases, setup_test_environment, teardown_databases
from django.utils import timezone

from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role, Scope
from inquiries.services import reference
from tests.factories.people import UserFactory
from tests.factories.routing import TeamFactory, TripletFactory, UnitFactory

FEW, MANY = 200, 200_000
DAYS_OF_FEW = 60
OFFICES, TIMES = 40, 9
Questions = Mapping[str, Callable[[], int]]

CUSTOMERS = """
    INSERT INTO people_customer (kind, id_number, country, foreign_number, last_name, first_name, email, mobile,
        contact_preference, created_at)
    SELECT 'person', lpad((100000000 + n)::text, 9, '0'), '', '',
        (ARRAY['כהן','לוי','מזרחי','פרץ','ביטון','מזרחי','דהן','אברהם','פרידמן','מלכה'])[1 + n %% 10] || n / 10,
        (ARRAY['דוד','רות','משה','שרה','יוסף','מרים'])[1 + n %% 6], '', '', 'email', now()
    FROM generate_series(0, %(count)s / 2) n
"""
FILES = """
    INSERT INTO people_taxfile (customer_id, tax_system, file_number, file_type, is_active, annual_report_required,
        managing_unit, section)
    SELECT id, 'income_tax', '0' || id_number, '', true, false, '', '' FROM people_customer c
    WHERE NOT EXISTS (SELECT FROM people_taxfile f WHERE f.customer_id = c.id)
"""
INQUIRIES = """
    INSERT INTO inquiries_inquiry (number, channel_id, customer_id, is_own_name, contact_name, contact_email,
        contact_phone, contact_language, verification_method, submission_key, legacy_number, legacy_id_number,
        triplet_id, customer_triplet_id, triplet_validation, section, description, assessment_number, tax_type, area,
        status, status_since, handling_unit_id, handling_team_id, owner_id, owner_since, proposed_solution, created_at,
        opened_at, closed_at, waiting_since, auto_close_at, sla_due_at, counted_from, updated_at, answer_count,
        open_messages, customer_messages, has_many_messages, closed_with_wrong_triplet, unread_messages, version)
    SELECT '2026-' || lpad(n::text, 7, '0'), CASE WHEN n %% 3 = 0 THEN 'phone' ELSE 'internet' END,
        c.id, false, '', '', '', '', 'none', '', '', '', t.id, t.id, 'not_checked', '', 'שאלה', '', '', '',
        s.status, o.at, m.unit_id, m.id, CASE WHEN s.held THEN m.clerk END, CASE WHEN s.held THEN o.at END, '', o.at,
        o.at, CASE WHEN s.closed THEN o.at + interval '2 days' END, CASE WHEN s.waits THEN o.at END,
        CASE WHEN s.waits THEN o.at + interval '90 days' END,
        CASE WHEN NOT s.closed AND NOT s.waits THEN o.at + interval '10 days' END, o.at, o.at, 0, 0, 0, n %% 97 = 0,
        false, (n %% 11 = 0)::int, 1
    FROM generate_series(1, %(count)s) n
    JOIN LATERAL (SELECT now() - (n * 7919 %% %(minutes)s) * interval '1 minute' AS at) o ON true
    JOIN LATERAL (SELECT (ARRAY['open_team','in_treatment','waiting_customer'])[1 + n %% 3] AS open) a ON true
    JOIN LATERAL (SELECT CASE WHEN n %% %(open)s = 0 THEN a.open ELSE 'closed_success' END AS status,
        n %% %(open)s > 0 AS closed, n %% %(open)s = 0 AND a.open = 'waiting_customer' AS waits,
        n %% %(open)s = 0 AND a.open = 'in_treatment' AS held) s ON true
    JOIN people_customer c ON c.id_number = lpad((100000000 + n / 2)::text, 9, '0')
    JOIN bench_team m ON m.place = n / 10 %% %(offices)s
    JOIN bench_triplet t ON t.place = n %% 50
"""


def prepare() -> tuple[User, User, User]:
    """The offices, one team and one clerk each, and who asks: a clerk, a manager, a member of the head team."""
    reference.load(overwrite=False)
    triplets = [TripletFactory(sla_target_hours=240) for _n in range(50)]
    clerks = []
    for _n in range(OFFICES):
        clerk = UserFactory(roles=[Role.HANDLER], roles__level=3)
        TeamFactory(members=[clerk], triplets=triplets[:3])
        clerks.append(clerk)
    manager = UserFactory(roles=[Role.OFFICE_MANAGER], roles__level=3)
    clerks[0].unit_memberships.first().unit.members.create(user=manager)
    head = UserFactory(roles=[Role.HEAD_TEAM_MEMBER], roles__level=3, roles__scope=Scope.ALL)
    unit = UnitFactory(kind="service_division")
    TeamFactory(unit=unit, members=[head], is_head_team=True)
    with connection.cursor() as cursor:
        cursor.execute("""
            CREATE TABLE bench_team AS SELECT row_number() OVER (ORDER BY t.id) - 1 AS place, t.id, t.unit_id,
                (SELECT user_id FROM routing_teammember m WHERE m.team_id = t.id LIMIT 1) AS clerk
            FROM routing_team t WHERE NOT t.is_head_team
        """)
        cursor.execute(
            "CREATE TABLE bench_triplet AS SELECT row_number() OVER (ORDER BY id) - 1 AS place, id FROM routing_triplet"
        )
    return clerks[0], manager, head


def fill(count: int, *, offices: int, one_open_in: int, days: int) -> None:
    """So many inquiries, one customer for each two."""
    given = {"count": count, "offices": offices, "open": one_open_in, "minutes": days * 24 * 60}
    with connection.cursor() as cursor:
        cursor.execute(CUSTOMERS, given)
        cursor.execute(FILES)
        cursor.execute(INQUIRIES, given)
        cursor.execute("VACUUM ANALYZE")


def queries_of(ask: Callable[[], int]) -> int:
    """How many queries one request makes."""
    asked: list[str] = []

    def count(execute: Any, sql: str, *given: Any) -> Any:
        asked.append(sql)
        return execute(sql, *given)

    with connection.execute_wrapper(count):
        ask()
    return len(asked)


def milliseconds(ask: Callable[[], int]) -> float:
    begun = time.perf_counter()
    ask()
    return (time.perf_counter() - begun) * 1000


def questions(clerk: User, manager: User, head: User) -> Questions:
    windows = {}
    for user in (clerk, manager, head):
        windows[user] = Client()
        windows[user].force_login(user)
    lately = (timezone.localdate() - timedelta(days=DAYS_OF_FEW)).isoformat()

    def page(user: User, path: str) -> Callable[[], int]:
        return lambda: windows[user].get(path).status_code

    everything = "/inquiries/views/all_inquiries/"
    return {
        "queue of a team": page(clerk, "/inquiries/views/team_waiting/"),
        "all of a unit": page(clerk, "/inquiries/views/unit_all/"),
        "all inquiries": page(head, everything),
        "all, search 0100000042": page(head, f"{everything}?q=0100000042"),
        "all, search by a name's beginning": page(head, f"{everything}?q=מזרחי"),
        "all, *rare": page(head, f"{everything}?q=*00000042"),
        "all, *common": page(head, f"{everything}?q=*הן"),
        "all, *nothing": page(head, f"{everything}?q=*zzzz"),
        "all, status and days": page(head, f"{everything}?status=open_team&opened_from={lately}"),
        "all, past the target": page(head, f"{everything}?sla=over"),
        "all, name contains": page(head, f"{everything}?name=הן&name_how=contains"),
        "dashboard of a clerk": page(clerk, "/inquiries/home/"),
        "dashboard of a manager": page(manager, "/inquiries/home/"),
        "dashboard of the head team": page(head, "/inquiries/home/"),
    }


def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    setup_test_environment(debug=False)
    connection.settings_dict["TEST"]["NAME"] = "benchmark_of_lists"  # so that tests may run meanwhile
    old = setup_databases(verbosity=0, interactive=False)
    of_few = connections["default"]
    try:
        people = prepare()
        of_few.creation.clone_test_db("many", verbosity=0, autoclobber=True)
        of_many = connections.create_connection("default")
        of_many.settings_dict = of_few.creation.get_test_db_clone_settings("many")
        asked = {}
        for size, database in (("few", of_few), ("many", of_many)):
            connections["default"] = database
            if size == "few":
                fill(FEW, offices=1, one_open_in=2, days=DAYS_OF_FEW)
            else:
                fill(many, offices=OFFICES, one_open_in=10, days=365)
            asked[database] = questions(*people)
        compare(asked[of_few], of_few, asked[of_many], of_many, many)
        of_many.close()
    finally:
        connections["default"] = of_few
        of_few.creation.destroy_test_db(suffix="many", verbosity=0)
        teardown_databases(old, verbosity=0)


def compare(few: Questions, of_few: Any, many: Questions, of_many: Any, count: int) -> None:
    """Ask both databases in turn, and print what each question costs."""
    print(f"{'':36}{FEW:>10}{count:>10}   ratio  queries")
    for name in few:
        queries, spent = {}, {of_few: [], of_many: []}
        for database, asked in ((of_few, few), (of_many, many)):
            connections["default"] = database
            assert asked[name]() == 200, name
            queries[database] = min(queries_of(asked[name]) for _n in range(3))  # a process asks some once a while
        for _n in range(TIMES):
            for database, asked in ((of_few, few), (of_many, many)):
                connections["default"] = database
                spent[database].append(milliseconds(asked[name]))
        before, after = min(spent[of_few]), min(spent[of_many])
        counted = f"{queries[of_few]} / {queries[of_many]}"
        print(f"{name:36}{before:>8.0f}ms{after:>8.0f}ms{after / before:>8.1f}  {counted}", flush=True)


if __name__ == "__main__":
    main()
