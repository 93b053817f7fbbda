from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from crm_portal.errors import Code
from crm_portal.people.services import one_time_codes
from tests.factories.people import OneTimeCodeFactory


def redeem(code, typed="123456", **changed):
    return one_time_codes.redeem(
        **{"code_id": code.pk, "subject": code.subject, "typed": typed, "at": timezone.now(), **changed}
    )


@pytest.mark.django_db
def test_five_wrong_tries_close_a_code_for_good():
    code = OneTimeCodeFactory()

    tries = [redeem(code, "000000").code for _ in range(6)]

    assert tries == [Code.CODE_WRONG] * 5 + [Code.CODE_EXPIRED]
    assert redeem(code).code == Code.CODE_EXPIRED


@pytest.mark.django_db
def test_a_code_opens_for_the_person_it_was_sent_to_only():
    assert redeem(OneTimeCodeFactory(), subject="somebody else").code == Code.CODE_EXPIRED


@pytest.mark.django_db(transaction=True)
def test_of_several_requests_with_one_code_exactly_one_succeeds():
    code = OneTimeCodeFactory()

    def one(_):
        try:
            return redeem(code)
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(one, range(5)))

    assert answers.count(None) == 1
    assert {answer.code for answer in answers if answer} == {Code.CODE_USED}
