# SPDX-License-Identifier: Apache-2.0
"""A forewarnd under load with two receivers, and what must hold of what they got.

Letters are counted, not trusted: events of a host are numbered without a gap, every event goes to
every sink here, and a letter says how many earlier ones it stands for. So at any moment, for each
sink, the letters it took plus the letters that still wait make up the highest number.
"""
import collections
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
CHECKS = 20
FLAKY = ["200", "200", "200; delay 20", "500", "200", "200; close 0", "200", "503; Retry-After: 1"]


class Broken(Exception):
    """Something that must hold does not."""


def must(holds, what):
    if not holds:
        raise Broken(what)


Got = collections.namedtuple("Got", "at status event body")


class Receiver:
    def __init__(self, programs, folder, name, answers=None, port=None):
        self.path = f"{folder}/{name}.req"
        self.offset = 0
        self.got = []
        args = [f"{programs}/tests/tools/hookd", "-n", "-o", self.path, "-s", SECRET]
        if answers:
            with open(f"{folder}/{name}.script", "w") as f:
                f.write("".join(a + "\n" for a in answers))
            args += ["-l", "-a", f"{folder}/{name}.script"]
        if port:
            args += ["-p", str(port)]
        self.process = subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.port = int(self.process.stdout.readline())

    def read(self):
        """New requests since the last call."""
        if not os.path.exists(self.path):
            return []
        with open(self.path, "rb") as f:
            f.seek(self.offset)
            data = f.read()
        end = data.rfind(b"\n----\n")
        if end < 0:
            return []
        self.offset += end + 6
        new = []
        for part in data[: end + 1].split(b"\n----\n"):
            head, _, body = part.strip(b"\n").partition(b"\n\n")
            if not body:
                continue
            stamp = next(x for x in head.split(b"\n") if x.startswith(b"Stamp: ")).split()
            new.append(Got(int(stamp[1]), int(stamp[2]), json.loads(body), body))
        self.got += new
        return new

    def wait(self, kind, seconds):
        """Until an event of that type came; it stays to be read."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if os.path.exists(self.path) and f'"{kind}"'.encode() in open(self.path, "rb").read():
                return True
            time.sleep(0.05)
        return False

    def stop(self):
        self.process.kill()
        self.process.wait()


def key_of(event):
    return event["data"].get("fingerprint") or event["type"]


def sequence(event):
    return int(event["sequence"])


def folded(event):
    return event["data"].get("folded") or 0


class State:
    """What a copy of the database says."""

    def __init__(self, folder):
        db = sqlite3.connect(f"{folder}/forewarn.db")
        db.execute("PRAGMA synchronous = OFF")
        must(db.execute("PRAGMA integrity_check").fetchone()[0] == "ok", "the database is damaged")
        self.sequence = 0
        self.letters = collections.defaultdict(dict)
        self.silences = set()
        # cut while the schema was being made: nothing was told yet
        if db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'exceptions'").fetchone()[0]:
            row = db.execute("SELECT v FROM numbers WHERE name = 'sequence'").fetchone()
            self.sequence = row[0] if row else 0
            for sink, event, body, n in db.execute("SELECT sink, event, body, folded FROM letters"):
                must(event not in self.letters[sink], f"two letters of {event}")
                self.letters[sink][event] = (json.loads(body), bytes(body), n)
            self.silences = {p for (p,) in db.execute("SELECT pattern FROM silences")}
        db.close()


def copy_state(state, to):
    shutil.rmtree(to, ignore_errors=True)
    os.makedirs(to)
    for name in ("forewarn.db", "forewarn.db-wal"):
        if os.path.exists(f"{state}/{name}"):
            shutil.copyfile(f"{state}/{name}", f"{to}/{name}")
    return State(to)


def accounted(sink, state, took):
    """Nothing lost: took is {event id: event} of what the sink answered with 2xx."""
    n = sum(1 + folded(e) for e in took.values() if sequence(e) <= state.sequence)
    n += sum(1 + f for i, (_, _, f) in state.letters[sink].items() if i not in took)
    must(n == state.sequence,
         f"{sink}: {n} events are accounted for, {state.sequence} were told")


class Watch:
    """Holds what a receiver gets against what it got before."""

    def __init__(self, sink):
        self.sink = sink
        self.bodies, self.took, self.last = {}, {}, {}
        self.again = 0

    def add(self, new, before=None):
        """before: the state when this life of the daemon began."""
        for g in new:
            i = g.event["id"]
            must(self.bodies.setdefault(i, g.body) == g.body, f"{self.sink}: {i} was changed")
            if i in self.took:
                self.again += 1
                must(before is None or i in before.letters[self.sink],
                     f"{self.sink}: {i} was sent again, though that it arrived was noted")
            k = key_of(g.event)
            must(self.last.get(k, 0) <= sequence(g.event), f"{self.sink}: out of order at {i}")
            self.last[k] = sequence(g.event)
            if 200 <= g.status < 300:
                self.took[i] = g.event


class Rig:
    def __init__(self, programs, folder, seed):
        self.programs, self.folder = programs, folder
        self.random = random.Random(seed)
        self.state = f"{folder}/state"
        self.socket = f"{folder}/socket"
        self.daemon = None
        self.level = [0] * CHECKS
        os.makedirs(folder, exist_ok=True)
        with open(f"{folder}/secret", "w", opener=lambda p, f: os.open(p, f, 0o600)) as f:
            f.write(SECRET + "\n")
        for n in range(CHECKS):
            self.set(n, 0)
            with open(f"{folder}/c{n}.sh", "w") as f:
                f.write(f'#!/bin/sh\nread -r code words <"{folder}/c{n}"\necho "$words"\nexit "$code"\n')
            os.chmod(f"{folder}/c{n}.sh", 0o755)

    def set(self, n, level):
        self.level[n] = level
        with open(f"{self.folder}/c{n}.new", "w") as f:
            f.write(f"{level} as it is since {self.random.random()}\n")
        os.rename(f"{self.folder}/c{n}.new", f"{self.folder}/c{n}")

    def configure(self, sinks):
        checks = ",\n".join(
            f'{{ id = "c{n}"; title = "Thing {n}"; probe = "plugin"; confirm = 1; every = "1s"; '
            f'command = [ "{self.folder}/c{n}.sh" ]; }}' for n in range(CHECKS))
        to = ",\n".join(
            f'{{ id = "{name}"; type = "webhook"; url = "http://127.0.0.1:{port}/x"; '
            f'secret_file = "{self.folder}/secret"; levels = [ "plan", "act", "stop", "unknown" ]; }}'
            for name, port in sinks.items())
        with open(f"{self.folder}/c.conf", "w") as f:
            f.write(f'site = "lab";\nchecks = ( {checks} );\nsinks = ( {to} );\n')

    def start(self, state=None, **torture):
        env = dict(os.environ)
        if torture:
            env["LD_PRELOAD"] = f"{self.programs}/tests/tools/torture_module.so"
        env.update({k: str(v) for k, v in torture.items()})
        self.daemon = subprocess.Popen(
            [f"{self.programs}/forewarnd", "-c", f"{self.folder}/c.conf", "--state-dir",
             state or self.state, "--socket", self.socket],
            env=env, stderr=open(f"{self.folder}/log", "a"))

    def fw(self, *args):
        return subprocess.run([f"{self.programs}/forewarn", *args, "--socket", self.socket],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode

    def busy(self, until, may_act=None):
        """Changes and questions until then, or until the daemon has ended."""
        r = self.random
        while time.monotonic() < until and self.daemon.poll() is None:
            n = r.randrange(CHECKS)
            # what comes and goes is told once: most changes are between the two that are not fine
            self.set(n, 0 if r.random() < 0.02 else 3 - self.level[n] if self.level[n] else r.choice((1, 2)))
            self.fw("alerts", "look", f"c{n}")
            if may_act:
                may_act(r)

    def end(self, how=signal.SIGKILL):
        if self.daemon.poll() is None:
            self.daemon.send_signal(how)
        self.daemon.wait()
        # its cells end with it; what they had sent arrives
        for _ in range(200):
            if subprocess.run(["pgrep", "-x", "forewarn-sink"], stdout=subprocess.DEVNULL).returncode:
                break
            time.sleep(0.005)
        time.sleep(0.002)

    def settle(self, receivers, watches, before, seconds):
        """Runs in peace until nothing waits, and until each receiver knows the true state."""
        self.start()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for name, rec in receivers.items():
                watches[name].add(rec.read(), before)
            if all(self.knows(w) for w in watches.values()):
                break
            time.sleep(0.2)
        self.end(signal.SIGTERM)
        for name, rec in receivers.items():
            watches[name].add(rec.read(), before)
            must(self.knows(watches[name]), f"{name} does not know how things are in the end")

    def knows(self, watch):
        last = {}
        for e in sorted(watch.took.values(), key=sequence):
            # that a check could not be run, and can again, is an alert beside it
            if e["type"].startswith("forewarn.alert.") and e["data"].get("rule") == "plugin.status":
                last[e["subject"]] = e["data"]["level"]
        # that something is well again is told when it has been so for a while
        names = {1: "act", 2: "stop"}
        return all(last.get(f"c{n}") == names[level]
                   for n, level in enumerate(self.level) if level)


def report(line):
    print(line)
    sys.stdout.flush()
