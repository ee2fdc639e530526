"""Return as soon as the office answers on the port; give up after two minutes."""

from contextlib import closing
from http.client import HTTPConnection

import sys
import time


end = time.monotonic() + 120
while time.monotonic() < end:
    try:
        with closing(HTTPConnection("localhost", int(sys.argv[1]), timeout=60)) as http:
            http.request("GET", "/eakte/login")
            http.getresponse().read()
        sys.exit(0)
    except OSError:
        time.sleep(0.3)
sys.exit("The office did not answer within two minutes. See var/log/instance.log.")
