# SPDX-License-Identifier: Apache-2.0
"""One run of a program in which one call fails (tests/tools/fault_module.c), and what came of it."""
import collections
import os
import re
import shutil
import signal
import struct
import subprocess
import threading

DEADLINE = int(os.environ.get("FAULT_DEADLINE", "60"))  # seconds for one run; a busy machine may need many
KINDS = {"alloc": "alloc", "alloc+": "alloc", "io": "io", "io+": "io"}  # +: all from the Nth on
EIO, ENOSPC = 5, 28

# held while a process is started, and while a program is written: what was forked meanwhile would have
# that program open, and it could not be run (ETXTBSY)
spawning = threading.Lock()

# hang: not done within DEADLINE. call: the name of the call that failed, "": none did
Outcome = collections.namedtuple("Outcome", "code out err hang call")


class Seen:
    """The file that the failing program and this one share."""

    def __init__(self, path):
        self.path = path
        if not os.path.exists(path):
            with open(path, "wb") as f:
                f.write(bytes(64))

    def _read(self):
        with open(self.path, "rb") as f:
            return f.read(64)

    def arm(self, at):
        with open(self.path, "r+b") as f:
            f.write(struct.pack("q", at))

    @property
    def count(self):
        return struct.unpack_from("q", self._read(), 8)[0]

    @property
    def call(self):
        return self._read()[16:].rstrip(b"\0").decode()

    def forget(self):
        with open(self.path, "r+b") as f:
            f.write(bytes(64))


def environment(programs, folder, kind, n, seen, program, child=False):
    """What makes the Nth call of the program fail."""
    return {"LD_PRELOAD": f"{programs}/tests/tools/fault_module.so", "FAULT_IN": program,
            "FAULT_KIND": KINDS[kind], "FAULT_SEEN": seen.path,
            "FAULT_ERRNO": str(EIO if n % 2 else ENOSPC),
            **({"FAULT_MANY": "1"} if kind.endswith("+") else {}),
            **({"FAULT_CHILD": "1"} if child else {})}


def clean(folder):
    """What a run has of its own: nothing of this machine."""
    return {"PATH": "/usr/bin:/bin", "HOME": folder, "LC_ALL": "C.UTF-8", "TZ": "UTC", "COLUMNS": "80",
            "FOREWARN_STATE_DIR": f"{folder}/state", "FOREWARN_SOCKET": f"{folder}/no-daemon",
            "CONFIGURATION_DIRECTORY": f"{folder}/etc"}


def run(args, env, folder):
    """Until it ends or DEADLINE; its output goes to files, which a daemon left behind cannot hold open."""
    hang = False
    with open(f"{folder}/.out", "w+b") as out, open(f"{folder}/.err", "w+b") as err:
        with spawning:
            p = subprocess.Popen(args, env=env, cwd=folder, stdin=subprocess.DEVNULL, stdout=out,
                                 stderr=err, start_new_session=True)
        try:
            p.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            hang = True
            os.killpg(p.pid, signal.SIGKILL)
            p.wait()
        out.seek(0)
        err.seek(0)
        return Outcome(p.returncode, out.read().decode(errors="replace"),
                       err.read().decode(errors="replace"), hang, "")


def plain(text):
    """Without what differs from run to run: numbers, the name of a scratch folder, and the signs of a
    terminal whose character set could not be found out."""
    text = text.translate(str.maketrans("■▲◆□●–·…", "X!+=---."))
    return re.sub(r"\d+", "N", re.sub(r"/[^ ]*/run-[a-z0-9+.-]+", "RUN", text))


def fresh(path):
    shutil.rmtree(path, ignore_errors=True)
    os.makedirs(path)
    return path


def bad_end(o):
    """What no program may do, whatever it was asked."""
    if o.hang:
        return "hang"
    if o.code < 0:
        return f"crash: signal {-o.code}"
    if o.code >= 64 and not o.err.strip() and not o.out.strip():
        return f"ended with {o.code} without a word"
    return None
