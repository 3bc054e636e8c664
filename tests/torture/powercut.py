#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Power cuts under a forewarnd under load.
usage: powercut.py PROGRAMS FOLDER SEED CUTS [full | normal | nosync]

Every change of the database's files is recorded while it works. Then the power is cut at CUTS moments
of that record (image.py): the database must open, know every event that any receiver had been sent
until then, and still hold every letter that had not arrived. A forewarnd is started on each image:
it sends what waited, and nothing that it knew to have arrived.
normal, nosync: the same with SQLite at synchronous = NORMAL, or a disk that lies about a sync. Some
cut must then show a loss: exit 0 only if one does."""
import shutil
import signal
import sys
import time

import image
import rig

programs, folder, seed, cuts = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
mode = sys.argv[5] if len(sys.argv) > 5 else "full"
SECONDS = max(8, cuts / 5)

r = rig.Rig(programs, folder, seed)


def receivers(name, answers=None):
    rec = {"good": rig.Receiver(programs, folder, f"{name}-good"),
           "flaky": rig.Receiver(programs, folder, f"{name}-flaky", answers)}
    r.configure({n: x.port for n, x in rec.items()})
    return rec


def load():
    """The record of a busy time, and what the receivers got in it."""
    rec = receivers("load", rig.FLAKY)
    torture = {"TORTURE_LOG": f"{folder}/record"}
    if mode == "normal":
        torture["TORTURE_NORMAL"] = 1
    if mode == "nosync":
        torture["TORTURE_NOSYNC"] = 1
    r.start(**torture)
    rig.must(rec["good"].wait("forewarn.digest", 30), "no first look")
    r.busy(time.monotonic() + SECONDS)
    r.end(signal.SIGKILL)
    for x in rec.values():
        x.read()
        x.stop()
    return {name: x.got for name, x in rec.items()}


def until(got, when):
    """What a sink had been sent, and what it had taken, before that moment."""
    sent = [g for g in got if g.at < when]
    return sent, {g.event["id"]: g.event for g in sent if 200 <= g.status < 300}


def judge(state, got, when):
    for name in got:
        sent, took = until(got[name], when)
        top = max((rig.sequence(g.event) for g in sent), default=0)
        rig.must(state.sequence >= top, f"{name} was sent event {top}, the disk knows {state.sequence}")
        rig.accounted(name, state, took)


def go_on(state, got, when, folder_of_cut):
    """A forewarnd on what is left."""
    rec = receivers(f"cut-{when}")
    watches = {name: rig.Watch(name) for name in rec}
    for name in rec:
        for g in until(got[name], when)[0]:
            watches[name].add([g])
    r.start(state=folder_of_cut)
    try:
        end = time.monotonic() + 20
        waiting = {name: set(state.letters[name]) for name in rec}
        while any(waiting.values()) and time.monotonic() < end:
            time.sleep(0.05)
            for name, x in rec.items():
                new = x.read()
                watches[name].add(new, state)
                waiting[name] -= {g.event["id"] for g in new}
        after = None
        r.end(signal.SIGTERM)
        after = rig.copy_state(folder_of_cut, f"{folder}/copy")
        for name, x in rec.items():
            watches[name].add(x.read(), state)
            rig.accounted(name, after, watches[name].took)
    finally:
        r.end()
        for x in rec.values():
            x.stop()


broken = n = 0
why = ""
try:
    got = load()
    record = image.records(f"{folder}/record")
    points = sorted(r.random.sample(range(len(record)), min(cuts, len(record))))
    disk, at = image.Disk(), 0
    for n, point in enumerate(points, 1):
        while at < point:
            disk.take(record[at])
            at += 1
        when = record[point][2]
        shutil.rmtree(f"{folder}/cut", ignore_errors=True)
        disk.save(f"{folder}/cut", r.random)
        try:
            state = rig.copy_state(f"{folder}/cut", f"{folder}/copy")
            judge(state, got, when)
            if mode == "full" and n % 4 == 0:
                go_on(state, got, when, f"{folder}/cut")
        except Exception as e:  # a database that does not open is a loss too
            broken += 1
            why = f"cut {n} of {len(points)}, record {point}: {e}"
            if mode == "full":
                raise
    told = max(rig.sequence(g.event) for g in got["good"])
    rig.report(f"powercut {mode}: seed {seed}: {n} cuts in {len(record)} changes, {told} events, "
               f"{broken} with a loss{': ' + why if why else ''}")
    if mode != "full" and not broken:
        rig.report("powercut: nothing was lost where something must be: this test sees nothing")
        sys.exit(1)
except Exception as e:
    rig.report(f"powercut {mode}: seed {seed}: BROKEN: {why or e}")
    sys.exit(1)
finally:
    if r.daemon and r.daemon.poll() is None:
        r.daemon.kill()
