"""What the pages say of an inquiry's clock."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from inquiries.selectors.meters import Meter, Sla
from inquiries.templatetags.inquiries import clock_words


@pytest.mark.parametrize(
    ("state", "left", "words"),
    [
        (Sla.RUN, timedelta(days=2, hours=5), '<b class="num">2.2</b> ימי עבודה נותרו'),
        (Sla.SOON, timedelta(days=1), '<b class="num">1.0</b> ימי עבודה נותרו'),
        (Sla.SOON, timedelta(hours=23, minutes=59), '<b class="num">23</b> שעות נותרו'),
        (Sla.SOON, timedelta(hours=1), '<b class="num">1</b> שעה נותרה'),
        (Sla.SOON, timedelta(minutes=59), "<b>נותרה פחות משעה</b>"),
        (Sla.OVER, timedelta(0), "<b>חריגה של פחות משעה</b>"),
        (Sla.OVER, timedelta(hours=2), '<b class="num">2</b> שעות בחריגה'),
        (Sla.OVER, timedelta(days=1), '<b class="num">1.0</b> ימי עבודה בחריגה'),
        (Sla.PAUSED, timedelta(0), "השעון עצור"),
    ],
    ids=str,
)
def test_on_its_last_day_the_clock_counts_hours_and_never_shows_nought(state, left, words):
    with override("he"):
        assert clock_words(Meter(state, 50, left)) == words
