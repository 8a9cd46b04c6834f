"""The clock of the suite: no test's result depends on the day it is run on."""

import os
import subprocess
import sys
from datetime import datetime, timedelta

from tests.support import children


def test_today_is_the_suites_own_here_and_in_every_child() -> None:
    day = children.BEGINS + timedelta(days=int(os.environ.get("SMARTCLI_TEST_DAYS_AHEAD", "0")))
    assert datetime.now().astimezone() - day < timedelta(hours=2)
    ask = [sys.executable, "-c", "import datetime; print(datetime.datetime.now().astimezone().isoformat())"]
    for environment in (None, children.environment(), {**os.environ, "A": "b"}):
        told = subprocess.run(ask, env=environment, capture_output=True, text=True, check=True).stdout.strip()
        assert abs(datetime.now().astimezone() - datetime.fromisoformat(told)) < timedelta(minutes=5)


def test_a_child_loads_nothing_of_the_tests_but_the_clock() -> None:
    ask = [sys.executable, "-c", "import sys; print(*{'pytest', 'dateutil.parser', 'hypothesis'} & {*sys.modules})"]
    assert subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip() == ""
