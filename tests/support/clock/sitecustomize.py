"""Python runs this at every start with this folder on PYTHONPATH: it sets the tests' clock, in child processes too.

`tests.support.children` puts the folder and the variable there; the program knows nothing of either.
"""

import os
import sys
import time

_MOVED_BY = os.environ.get("SMARTCLI_TEST_CLOCK")  # seconds from the machine's clock to the tests'

if _MOVED_BY:
    # time_machine loads these two when they are installed, and then starting takes five times as long as the program.
    _needless = [name for name in ("pytest", "dateutil.parser") if name not in sys.modules]
    sys.modules.update(dict.fromkeys(_needless))  # type: ignore[arg-type]
    import time_machine

    for _name in _needless:
        del sys.modules[_name]
    time_machine.travel(time.time() + float(_MOVED_BY)).start()
    time.time()  # the clock stands still until it is first read: it would be behind other processes'
