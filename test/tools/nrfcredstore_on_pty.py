"""Runs the unmodified nrfcredstore on a PTY.

It looks its port up in pyserial's list of ports, where PTYs never are; so this puts the named port into that list and
changes nothing else. Exit codes and output are the tool's own.
"""

import sys

from serial.tools import list_ports
from serial.tools.list_ports_common import ListPortInfo


def main():
    port = ListPortInfo(sys.argv[1])
    port.hwid = "PTY"
    list_ports.comports = lambda *_, **__: [port]
    from nrfcredstore.cli import run

    run(["nrfcredstore"] + sys.argv[1:])


main()
