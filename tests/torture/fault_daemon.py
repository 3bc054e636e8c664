# SPDX-License-Identifier: Apache-2.0
"""forewarnd while calls fail: it starts and ends cleanly or says why not, it never forgets what it has
told, and a reload takes the new configuration or keeps the old one."""
import atexit
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import time

import fault


class Daemon:
    """One life of a forewarnd. It tells its readiness as it does to systemd."""

    def __init__(self, scene, folder, conf, env=None):
        self.scene, self.folder, self.conf = scene, folder, conf
        self.socket = f"{folder}/socket"
        self.log = f"{folder}/log"
        self.notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        if os.path.exists(f"{folder}/notify"):
            os.remove(f"{folder}/notify")
        self.notify.bind(f"{folder}/notify")
        self.process = subprocess.Popen(
            [f"{scene.programs}/forewarnd", "-c", conf, "--state-dir", f"{folder}/state", "--socket",
             self.socket],
            env={**fault.clean(folder), **(env or {}), "NOTIFY_SOCKET": f"{folder}/notify"}, cwd=folder,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=open(self.log, "ab"))
        atexit.register(self.process.kill)  # does nothing to one that was waited for

    def wait_for(self, holds, seconds=fault.DEADLINE):
        """Until it is so, or it has ended, or the time is over; whether it is so."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if holds():
                return True
            if self.process.poll() is not None:
                return False
            time.sleep(0.02)
        return False

    def ready(self):
        """Whether it said so since it was asked last; or, where it could not, whether it answers."""
        self.notify.settimeout(0.05)
        try:
            return b"READY=1" in self.notify.recv(4096)
        except TimeoutError:
            return self.ask("status").code in (0, 1, 2)

    def ask(self, *args):
        folder = self.scene.scratch("ask")
        o = fault.run([f"{self.scene.programs}/forewarn", *args, "--socket", self.socket],
                      fault.clean(self.folder), folder)
        shutil.rmtree(folder)
        return o

    def settle(self):
        """Until it has looked at everything, which it is asked to do at once."""
        looked = self.wait_for(self.ready) and self.ask("alerts", "look").code == 0
        if not looked or not self.wait_for(self.knows):
            raise RuntimeError(f"no daemon: {self.words()}")

    def knows(self):
        return self.ask("status").code == 2

    def end(self):
        """Its exit code; None: it had to be killed."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(fault.DEADLINE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return None
        finally:
            self.notify.close()

    def words(self):
        return open(self.log, errors="replace").read()


def damaged(folder):
    """What is wrong with the database; None: nothing, or there is none."""
    path = f"{folder}/state/forewarn.db"
    if not os.path.exists(path):
        return None
    db = sqlite3.connect(path)
    try:
        said = db.execute("PRAGMA integrity_check").fetchone()[0]
        return None if said == "ok" else f"half-written: {said}"
    except sqlite3.DatabaseError as e:
        return f"half-written: {e}"
    finally:
        db.close()


class Life:
    """Start, the first look, the end; then, without a fault, a second start on what is left."""
    name, program, child, many = "forewarnd: start to end", "forewarnd", False, False
    at_a_time, most = 4, 400  # each is two lives of a second

    def __init__(self, scene):
        self.scene, self.reference = scene, None

    def go(self, folder, env):
        d = Daemon(self.scene, folder, self.scene.conf_often, env)
        self.wrong = None
        if d.wait_for(d.ready):
            self.looked(d)
        elif d.process.poll() is None:
            return fault.Outcome(self.killed(d), "", d.words(), True, "")
        self.scene.disarm(env)
        code = d.end()
        return fault.Outcome(-9 if code is None else code, self.wrong or "", d.words(), code is None, "")

    def looked(self, d):
        """What fails once is looked at again a second later; what always fails stays unknown."""
        wait = fault.DEADLINE if self.reference is None else 1.5
        if not d.wait_for(d.knows, wait) and d.process.poll() is None:
            code = d.ask("status").code
            if code in (0, 1):
                self.wrong = f"false ok: status ends with {code}"

    @staticmethod
    def killed(d):
        d.process.kill()
        d.process.wait()
        return -9

    def verdict(self, o, folder):
        bad = fault.bad_end(o) or o.out or damaged(folder)
        return bad or (self.again(folder) if self.reference is not None else None)

    def again(self, folder):
        d = Daemon(self.scene, folder, self.scene.conf_often)
        fine = d.wait_for(d.knows)
        code = d.end()
        if not fine or code != 0:
            return f"a start without a fault does not go well afterwards ({code}): {d.words()}"
        return damaged(folder)


class Reload:
    """SIGHUP to one daemon, again and again, between two configurations."""
    name, program, child, many = "forewarnd: reload", "forewarnd", False, False
    most = 1000

    def __init__(self, scene, child=False):
        self.scene, self.child, self.daemon = scene, child, None
        if child:
            self.name += ", where it parses"

    def start(self, folder, env):
        self.folder, self.title = folder, "Bad A"
        self.write()
        self.daemon = Daemon(self.scene, folder, f"{folder}/c.conf", env)
        self.daemon.settle()

    def write(self):
        with open(f"{self.folder}/c.conf", "w") as f:
            f.write(open(self.scene.conf).read().replace("Bad thing", self.title))
            f.write('@include "other.conf"\n')
        with open(f"{self.folder}/other.conf", "w") as f:
            f.write('people = ( { id = "sana"; name = "Sana"; } );\n')

    def exchange(self):
        """Asks for the other configuration; whether it was taken. None: the daemon does not say."""
        d = self.daemon
        self.title = "Bad B" if self.title == "Bad A" else "Bad A"
        self.write()
        before = len(d.words())
        d.process.send_signal(signal.SIGHUP)
        d.wait_for(lambda: any(w in d.words()[before:] for w in ("read anew", "stays in force")))
        said = d.words()[before:]
        return True if "read anew" in said else False if "stays in force" in said else None

    def point(self, seen, n):
        """What is wrong or None, the call that failed, and how it ended (78: nothing has changed).
        Without a daemon afterwards: it has ended."""
        d, old = self.daemon, self.title
        seen.forget()
        seen.arm(n)
        taken = self.exchange()
        call = seen.call
        seen.arm(0)
        if taken is not None and d.process.poll() is None:
            wrong = self.in_force(self.title if taken else old)
        if d.process.poll() is not None:
            self.daemon, code = None, d.end()
            wrong = fault.bad_end(fault.Outcome(code, "", d.words(), False, call))
            return wrong or damaged(self.folder) or (None if code else "ended with 0"), call, code
        if taken is None:
            return "hang", call, None
        if self.exchange() is not True:
            wrong = wrong or f"a reload without a fault fails afterwards: {d.words()[-500:]}"
        wrong = wrong or self.in_force(self.title, strictly=True)
        return wrong, call, 0 if taken else 78

    def in_force(self, title, strictly=False):
        """What it says of the configuration; that it cannot say, unless strictly, is an answer too."""
        o = self.daemon.ask("status")
        if o.code == 3 and not o.out:  # it may be about to end
            self.daemon.wait_for(lambda: False, 2)
        if o.code == 3 and not o.out and o.err and not strictly:
            return None
        return None if o.code in (2, 3) and title in o.out else f"false result: not {title}: {o.code}: {o.out}{o.err}"
