"""Runs the unmodified nrfcredstore and nRF Cloud utils on a PTY, one after the other in one interpreter.

They look their port up in pyserial's list of ports, where PTYs never are; so this puts the named port into that list and
changes nothing else. Each line of input is a JSON array: the tool and its arguments; each line of output is what became of
it: its exit code and what it printed.
"""

import atexit
import contextlib
import importlib
import io
import json
import logging
import sys
import traceback

from serial.tools import list_ports
from serial.tools.list_ports_common import ListPortInfo


def carry_out(tool, argv):
    """As the script that pip has made for the tool would."""
    sys.argv = [tool] + argv
    if tool == "nrfcredstore":
        from nrfcredstore.cli import run

        return run(sys.argv)
    return importlib.import_module("nrfcloud_utils." + tool).run()


def one(tool, argv):
    out = io.StringIO()
    logging.root.handlers.clear()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            carry_out(tool, argv)
            code = 0
        except SystemExit as ended:
            code = ended.code
            if code is None:
                code = 0
            elif not isinstance(code, int):
                print(code)
                code = 1
        except BaseException:
            traceback.print_exc()
            code = 1
        # What it does when its interpreter ends: it closes its port.
        atexit._run_exitfuncs()
    return {"exit": code, "out": out.getvalue()}


def main():
    port = ListPortInfo(sys.argv[1])
    port.hwid = "PTY"
    list_ports.comports = lambda *_, **__: [port]
    jobs, sys.stdin = sys.stdin, io.StringIO("")
    answers = sys.stdout
    for line in jobs:
        tool, *argv = json.loads(line)
        answers.write(json.dumps(one(tool, argv)) + "\n")
        answers.flush()


main()
