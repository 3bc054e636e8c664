#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""No memory, no disk: every allocation and every call that opens, reads, writes, syncs, renames or
closes fails once, in every call of forewarn, in its cells, and in forewarnd.
usage: faults.py PROGRAMS FOLDER [POINTS]

For each flow: how many calls it makes, then one run for each of them (at most `most` of the flow, or
POINTS, spread over them) in which that call fails; and runs in which it and all after it fail ("+"). Each run must end in
time, with the right result or an error that is said: no crash, no hang, nothing half-written, no result
that is better than the truth, and nothing that a later start stumbles over."""
import collections
import concurrent.futures
import itertools
import os
import shutil
import subprocess
import sys
import threading

import fault
import fault_calls
import fault_daemon
import rig

WORDS = 400  # letters of what is wrong
MANY_STEP = 4  # of the points from which on everything fails, this part


class Scene:
    """What the flows look at: a certificate, something that is fine and something that is not."""

    def __init__(self, programs, folder):
        self.programs, self.folder = programs, folder
        self.conf, self.conf_often, self.tree = f"{folder}/c.conf", f"{folder}/often.conf", f"{folder}/tree"
        self.env, self.notes, self.daemon = {}, 0, None
        self.numbers = itertools.count()
        os.makedirs(f"{folder}/certs")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                        "-nodes", "-keyout", f"{folder}/key", "-out", f"{folder}/certs/a.pem", "-days",
                        "3650", "-subj", "/CN=a.example"], check=True, stderr=subprocess.DEVNULL)
        for name, code in ("good", 0), ("bad", 2):
            with open(f"{folder}/{name}.sh", "w") as f:
                f.write(f"#!/bin/sh\necho {name} as it is\nexit {code}\n")
            os.chmod(f"{folder}/{name}.sh", 0o755)
        self.configure(self.conf, "1h")
        self.configure(self.conf_often, "1s")
        self.machine()

    def configure(self, path, every):
        plug = f'probe = "plugin"; confirm = 1; every = "{every}"; timeout = "30s";'
        with open(path, "w") as f:
            f.write(f'site = "lab";\ndefaults = {{ every = "{every}"; confirm = 1; }};\nchecks = (\n'
                    f'  {{ id = "bad"; title = "Bad thing"; {plug} command = [ "{self.folder}/bad.sh" ]; }},\n'
                    f'  {{ id = "good"; title = "Good thing"; {plug} command = [ "{self.folder}/good.sh" ]; }},\n'
                    f'  {{ id = "cert"; title = "Papers"; probe = "cert"; timeout = "30s";\n'
                    f'    paths = [ "{self.folder}/certs/*.pem" ]; }} );\n'
                    f'sinks = ( {{ id = "desk"; type = "desktop"; }} );\n')

    def machine(self):
        """For init: another machine's tree."""
        for path, text in (("etc/chrony/chrony.conf", "server ntp1.lab iburst\n"),
                           ("etc/ssl/private/a.pem", open(f"{self.folder}/certs/a.pem").read()),
                           ("etc/nginx/sites-enabled/a", "server { listen 443 ssl;\n ssl_certificate "
                            "/etc/ssl/private/a.pem;\n server_name a.example; }\n"),
                           ("var/log/audit/audit.log", "type=LOGIN msg=audit(1700000000.1:1): x\n"),
                           ("usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "")):
            os.makedirs(os.path.dirname(f"{self.tree}/{path}"), exist_ok=True)
            with open(f"{self.tree}/{path}", "w") as f:
                f.write(text)

    def scratch(self, name):
        return fault.fresh(f"{self.folder}/run-{name}-{next(self.numbers)}")

    @staticmethod
    def disarm(env):
        if "FAULT_SEEN" in env:
            fault.Seen(env["FAULT_SEEN"]).arm(0)


def points_of(flow, kind, count, wanted):
    """1 to count, or as many of them as are wanted, evenly spread."""
    if not wanted:
        wanted = max(1, min(count, flow.most) // (MANY_STEP if kind.endswith("+") else 1))
    wanted = min(wanted, count)
    return sorted({1 + i * count // wanted for i in range(wanted)})


class Sweep:
    def __init__(self, scene, wanted):
        self.scene, self.wanted = scene, wanted
        self.totals = collections.Counter()
        self.lock = threading.Lock()

    def note(self, flow, kind, n, wrong, call, tally):
        how = wrong.split(":")[0] if wrong else "fine"
        with self.lock:
            tally[how] += 1
            self.totals[kind] += 1
            self.totals["wrong"] += bool(wrong)
            if wrong:
                rig.report(f"  BROKEN: {flow.name}: {kind} {n} ({call}): {wrong[:WORDS]}")

    def one(self, flow, kind, n):
        """The run with its Nth call failing: its outcome, its folder, and how many calls it made."""
        folder = self.scene.scratch(kind)
        seen = fault.Seen(f"{folder}/.seen")
        seen.arm(n)
        o = flow.go(folder, fault.environment(self.scene.programs, folder, kind, n, seen, flow.program,
                                              flow.child))
        return o._replace(call=seen.call), folder, seen.count

    def reference(self, flow, kind):
        """A run without a fault; how many calls it made."""
        flow.reference = None
        o, folder, count = self.one(flow, kind, 0)
        flow.reference = o
        wrong = flow.verdict(o, folder)
        if wrong or (hasattr(flow, "want") and o.code != flow.want) or count == 0:
            raise RuntimeError(f"{flow.name}: without a fault, {count} calls: {wrong or o}")
        return count

    def sweep(self, flow, kind):
        count, tally = self.reference(flow, kind), collections.Counter()
        flow.many = kind.endswith("+")

        def point(n):
            o, folder, _ = self.one(flow, kind, n)
            try:
                wrong = flow.verdict(o, folder)
            except (OSError, ValueError) as e:
                wrong = f"no verdict: {e}"
            tally["said an error"] += o.code >= 64 and not wrong
            self.note(flow, kind, n, wrong, o.call, tally)
            if not wrong:
                shutil.rmtree(folder, ignore_errors=True)

        with concurrent.futures.ThreadPoolExecutor(flow.at_a_time) as pool:
            list(pool.map(point, points_of(flow, kind, count, self.wanted)))
        self.tell(flow, kind, count, tally)

    def reloads(self, flow, kind):
        folder, tally = self.scene.scratch(kind), collections.Counter()
        seen = fault.Seen(f"{folder}/.seen")

        def start():
            flow.start(folder, fault.environment(self.scene.programs, folder, kind, 1, seen, flow.program,
                                                 flow.child))
        start()
        seen.forget()
        flow.exchange()
        count = seen.count
        for n in points_of(flow, kind, count, self.wanted):
            if flow.daemon is None:
                seen.forget()
                start()
            wrong, call, code = flow.point(seen, n)
            tally["said an error"] += bool(code) and not wrong
            tally["ended"] += flow.daemon is None
            self.note(flow, kind, n, wrong, call, tally)
        if flow.daemon is not None:
            flow.daemon.end()
        self.tell(flow, kind, count, tally)

    def tell(self, flow, kind, count, tally):
        n = sum(v for k, v in tally.items() if k not in ("said an error", "ended"))
        rig.report(f"  {flow.name}: {kind}: {count} calls, {n} points: "
                   + ", ".join(f"{v} {k}" for k, v in sorted(tally.items()) if v))


def main():
    programs, folder = sys.argv[1], sys.argv[2]
    wanted = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    only = os.environ.get("FLOWS", "").split(";")  # names, to look at some
    os.makedirs(folder)
    scene = Scene(programs, folder)
    s = Sweep(scene, wanted)
    scene.daemon = fault_daemon.Daemon(scene, scene.scratch("daemon"), scene.conf)
    scene.daemon.settle()
    for flow, kind in itertools.product(fault_calls.all_calls(scene), fault.KINDS):
        if only == [""] or flow.name in only:
            s.sweep(flow, kind)
    scene.daemon.end()
    # a daemon costs a second: a sample of it does without those points from which on all fails
    for kind in fault.KINDS if not wanted else ("alloc", "io"):
        life = fault_daemon.Life(scene)
        if only == [""] or life.name in only:
            s.sweep(life, kind)
        for flow in fault_daemon.Reload(scene), fault_daemon.Reload(scene, child=True):
            if only == [""] or flow.name in only:
                s.reloads(flow, kind)
    memory, disk = (s.totals[k] + s.totals[f"{k}+"] for k in ("alloc", "io"))
    rig.report(f"faults: {memory} allocations and {disk} calls failed: {s.totals['wrong']} of these runs "
               "crashed, hung, left half a file or said what is not so")
    sys.exit(bool(s.totals["wrong"]))


main()
