"""A process that uses an engine and prints its children's ids; to be killed."""

from eakte.scanning.engine import Engine

import signal
import sys
import threading


engine = Engine(2)
threads = [
    threading.Thread(target=engine.inspect, args=(path,)) for path in sys.argv[1:]
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(*(child.pid for child in engine._idle), flush=True)
signal.pause()
