#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""kill -9 of a forewarnd under load, again and again.
usage: kill9.py PROGRAMS FOLDER SEED KILLS [random | points | checkpoint]

random      after 15 to 200 ms, wherever it is
points      before its 1st, 2nd, 3rd ... act (write, sync, fork, send), a write done by half: so also
            between commit and send, and between send and the mark that it arrived
checkpoint  before its 1st, 2nd, 3rd ... write to the database file, while the log is copied into it
After every kill the database is copied and held against what the receivers took; see rig.py."""
import signal
import sys
import time

import rig

programs, folder, seed, kills = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
mode = sys.argv[5] if len(sys.argv) > 5 else "random"
POINTS = 400  # acts of a life that are gone through, then again from the first
DB_POINTS = 40

r = rig.Rig(programs, folder, seed)
receivers = {"good": rig.Receiver(programs, folder, "good"),
             "flaky": rig.Receiver(programs, folder, "flaky", rig.FLAKY)}
watches = {name: rig.Watch(name) for name in receivers}
r.configure({name: rec.port for name, rec in receivers.items()})

silences = set()  # that were acknowledged and not taken back


def ask(random):
    if random.random() < 0.1 and len(silences) < 200:
        name = f"nothing-{len(silences)}"
        if r.fw("alerts", "silence", name, "--for", "1d", "--reason", "torture") == 0:
            silences.add(name)


before = None
died_there = kill = 0
try:
    # the first look at a new machine is told as one digest: it is over before the kills
    r.start()
    rig.must(receivers["good"].wait("forewarn.digest", 30), "no first look")
    r.end(signal.SIGTERM)
    for kill in range(1, kills + 1):
        torture, life = {}, r.random.uniform(0.015, 0.2)
        if mode == "points":
            torture, life = {"TORTURE_KILL": (kill - 1) % POINTS + 1}, 1.2
        if mode == "checkpoint":
            torture, life = {"TORTURE_KILL_DB": (kill - 1) % DB_POINTS + 1}, 0.4
        r.start(**torture)
        r.busy(time.monotonic() + life, ask)
        # a clean end copies the whole log: the points that are left are met there
        r.end(signal.SIGTERM if mode == "checkpoint" else signal.SIGKILL)
        died_there += r.daemon.returncode == -signal.SIGKILL
        state = rig.copy_state(r.state, f"{folder}/copy")
        for name, rec in receivers.items():
            watches[name].add(rec.read(), before)
            rig.accounted(name, state, watches[name].took)
        missing = {s for s in silences if not any(s in p for p in state.silences)}
        rig.must(not missing, f"silences that were acknowledged are gone: {missing}")
        before = state
        if kill % 200 == 0:
            rig.report(f"  {kill} kills, {state.sequence} events, "
                       f"{sum(w.again for w in watches.values())} sent again")
    r.settle(receivers, watches, before, 300)
    rig.report(f"kill9 {mode}: seed {seed}: {kills} lives, {died_there} killed, "
               f"{before.sequence} events, {len(silences)} silences, "
               f"{sum(len(w.took) for w in watches.values())} letters taken, "
               f"{sum(w.again for w in watches.values())} sent again: nothing lost, nothing changed")
except rig.Broken as e:
    rig.report(f"kill9 {mode}: seed {seed}, life {kill}: BROKEN: {e}")
    sys.exit(1)
finally:
    if r.daemon and r.daemon.poll() is None:
        r.daemon.kill()
    for rec in receivers.values():
        rec.stop()
