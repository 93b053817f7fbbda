"""
What a report costs with 200 inquiries and with 200,000: the same queries, and how many times the milliseconds.

    python -m crm_portal.embedded --test env python -m benchmarks.reports [--inquiries N]

It makes a database of its own beside the others and drops it again. Each report is asked about one year.
"""

import argparse
import os
import statistics
import time
from datetime import UTC, datetime, timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm_portal.configuration.selectors import remember
from crm_portal.people.rules.roles import Role, Scope
from inquiries.models import Inquiry
from inquiries.selectors.moments import Moment
from inquiries.selectors.reports import REPORTS, Question
from inquiries.services import adding_up
from tests.factories.inquiries import load_reference
from tests.factories.people import CustomerFactory, UserFactory
from tests.factories.routing import TaxSystemFactory, TeamFactory, TripletFactory, UnitFactory

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TEAMS, TRIPLETS, RUNS = 40, 30, 5
ROWS = """
    INSERT INTO inquiries_inquiry (
        number, channel_id, customer_id, triplet_id, customer_triplet_id, status, status_since, handling_unit_id,
        handling_team_id, created_at, opened_at, updated_at, closed_at, {others})
    SELECT 'B-' || n, (ARRAY['internet', 'phone', 'rep_network'])[1 + n %% 3], %(customer)s,
        %(triplet)s + n %% {triplets}, %(triplet)s + n %% {triplets},
        CASE WHEN n %% 5 = 0 THEN 'open_team' ELSE 'closed_success' END, opened, team.unit_id, team.id, opened, opened,
        opened, CASE WHEN n %% 5 = 0 THEN NULL ELSE opened + interval '3 days' END, {values}
    FROM (SELECT n, %(now)s::timestamptz - (random() * 364) * interval '1 day' - interval '4 days' AS opened
          FROM generate_series(%(first)s, %(last)s) AS n) AS made
    JOIN routing_team AS team ON team.id = %(team)s + n %% {teams}
"""
HISTORY = """
    INSERT INTO inquiries_statushistory (
        inquiry_id, at, event, from_status, to_status, from_team_id, to_team_id, to_unit_id, to_triplet_id, by_name,
        by_role, note)
    SELECT id, opened_at, 'status_change', '', 'open_team', NULL::bigint, handling_team_id, handling_unit_id,
        triplet_id, '', '', '' FROM inquiries_inquiry WHERE number LIKE 'B-%%'
    UNION ALL
    SELECT id, closed_at, 'status_change', 'open_team', status, handling_team_id, handling_team_id, handling_unit_id,
        triplet_id, '', '', '' FROM inquiries_inquiry WHERE number LIKE 'B-%%' AND closed_at IS NOT NULL
"""
GIVEN = {
    "number", "channel", "customer", "triplet", "customer_triplet", "status", "status_since", "handling_unit",
    "handling_team", "created_at", "opened_at", "updated_at", "closed_at", "id",
}  # fmt: skip


def fill(count: int) -> None:
    """Inquiries of one year in many teams, triplets and channels, each with its history."""
    load_reference()
    system = TaxSystemFactory(sla_target_hours=48)
    triplets = [TripletFactory(tax_system=system) for _ in range(TRIPLETS)]
    units = [UnitFactory() for _ in range(TEAMS // 4)]
    teams = [TeamFactory(unit=units[n % len(units)]) for n in range(TEAMS)]
    needed = [
        field for field in Inquiry._meta.concrete_fields if field.name not in GIVEN and not field.null
    ]  # whatever else the table wants, at its default
    params = {
        "customer": CustomerFactory().pk, "triplet": triplets[0].pk, "team": teams[0].pk, "now": NOW, "first": 1,
        "last": count, **{f"d_{field.column}": field.get_default() for field in needed},
    }  # fmt: skip
    sql = ROWS.format(
        others=", ".join(field.column for field in needed),
        values=", ".join(f"%(d_{field.column})s" for field in needed),
        triplets=TRIPLETS,
        teams=TEAMS,
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.execute(HISTORY, [])
        cursor.execute("ANALYZE")


def cost(question: Question) -> dict[str, tuple[int, float]]:
    """
    The queries and the median milliseconds of each report.

    The options of the department, which a process reads again every two seconds whatever it does, are known
    beforehand: else the run that happens to meet that moment counts a query that no number of inquiries brought.
    """
    remember({}, seconds=timedelta(days=1).total_seconds())
    found = {}
    for report in REPORTS:
        asked = Question(**{**{name: getattr(question, name) for name in question.__slots__},
                            "by": next(iter(report.breakdowns), "")})  # fmt: skip
        times = []
        for _ in range(RUNS):
            with CaptureQueriesContext(connection) as captured:
                begun = time.perf_counter()
                report.answer(asked, Moment.of(NOW))
                times.append(1000 * (time.perf_counter() - begun))
        found[report.key.value] = len(captured), statistics.median(times)
    return found


def measured(count: int) -> dict[str, tuple[int, float]]:
    """Fill, bring the figures up to date, and ask every report; everything is rolled back."""
    with transaction.atomic():
        fill(count)
        begun = time.perf_counter()
        adding_up.refresh_report_figures(at=NOW)
        whole = time.perf_counter() - begun
        print(f"{count:>9,} inquiries: figures in {whole:.1f} s, {1000 * whole / count:.2f} ms each", flush=True)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        analyst = UserFactory(roles=[Role.BI_ANALYST], roles__scope=Scope.ALL, roles__level=3)
        until = timezone.localdate(NOW)
        found = cost(Question(user=analyst, since=until - timedelta(days=364), until=until))
        transaction.set_rollback(True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inquiries", type=int, default=200_000, metavar="N", help="how many at most (200,000)")
    most = parser.parse_args().inquiries
    old = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        few, many = measured(200), measured(most)
    finally:
        connection.creation.destroy_test_db(old, verbosity=0)
    print(f"\n{most // 200:,} times the inquiries:")
    print(f"{'report':>8} {'queries':>9} {'200: ms':>9} {f'{most:,}: ms':>13} {'times':>7}")
    for key, (queries, least) in few.items():
        same, mean = many[key]
        assert same == queries, f"{key}: {queries} queries became {same}"
        print(f"{key:>8} {queries:>9} {least:>9.1f} {mean:>13.1f} {mean / least:>7.1f}")


if __name__ == "__main__":
    main()
