#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A disk that is full to the last byte for 5 minutes while things change, then has room again: the
storage alert went out while it was full, no change is lost, and every receiver knows the true state.
usage: full.py PROGRAMS FOLDER [SECONDS]   (in a mount namespace of its own)"""
import os
import subprocess
import sys
import time

import rig

programs, folder = sys.argv[1], sys.argv[2]
seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 300
SIZE = 8  # MiB

r = rig.Rig(programs, folder, 11)
rec = {name: rig.Receiver(programs, folder, name) for name in ("good", "other")}
watches = {name: rig.Watch(name) for name in rec}
r.configure({name: x.port for name, x in rec.items()})
os.makedirs(r.state, 0o700)
subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}m,mode=700", "tmpfs", r.state], check=True)


def fill(name):
    n = 0
    with open(f"{r.state}/{name}", "wb", buffering=0) as f:
        try:
            while True:
                n += f.write(b"x" * 4096)
        except OSError:
            return n


def storage():
    return [e["type"] for e in watches["good"].took.values() if e["data"].get("rule") == "storage"]


def refusing():
    with open(f"{folder}/log") as f:
        said = f.read()
    return said.rfind("state could not be written") > said.rfind("state is written again")


try:
    r.start()
    rig.must(rec["good"].wait("forewarn.digest", 30), "no first look")
    r.busy(time.monotonic() + 2)
    fill("fill")
    end, n = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        r.busy(min(end, time.monotonic() + 5))
        n += 1
        fill(f"fill{n}")  # what was given back is taken too
        rig.must(r.daemon.poll() is None, "the daemon ended")
    for name, x in rec.items():
        watches[name].add(x.read())
    rig.must(storage() == ["forewarn.delivery.degraded"], f"while it was full: {storage()}")
    told_full = len(watches["good"].took)
    for name in os.listdir(r.state):
        if name.startswith("fill"):
            os.unlink(f"{r.state}/{name}")
    r.busy(time.monotonic() + 2)
    r.daemon.send_signal(1)
    end = time.monotonic() + 90
    while time.monotonic() < end:
        time.sleep(0.5)
        for name, x in rec.items():
            watches[name].add(x.read())
        if not refusing() and len(storage()) == 2 and all(r.knows(w) for w in watches.values()):
            break
    rig.must(not refusing(), "the last word in the journal is that nothing can be written")
    rig.must(len(storage()) == 2, f"in the end: {storage()}")
    for name, w in watches.items():
        rig.must(r.knows(w), f"{name} does not know how things are in the end")
    r.end(15)
    state = rig.copy_state(r.state, f"{folder}/copy")
    for name, x in rec.items():
        watches[name].add(x.read())
        rig.accounted(name, state, watches[name].took)
    with open(f"{folder}/log") as f:
        lines = f.readlines()
    refused = sum(int(x.split("after ")[1].split()[0]) for x in lines if "state is written again" in x)
    said = sum("could not be" in x for x in lines)
    rig.must(said < 20 + seconds / 30, f"{refused} refusals fill the journal with {said} lines")
    again = sum(w.again for w in watches.values())
    rig.must(again < seconds, f"{again} letters were sent again, as their arrival could not be noted")
    rig.report(f"full: {seconds:g} s without a byte: {told_full} letters told by then, {refused} writes "
               f"refused and made good, {again} letters sent again, {state.sequence} events in all, the storage alert told and ended")
except rig.Broken as e:
    rig.report(f"full: BROKEN: {e}")
    sys.exit(1)
finally:
    if r.daemon and r.daemon.poll() is None:
        r.daemon.kill()
        r.daemon.wait()
    for x in rec.values():
        x.stop()
    subprocess.run(["umount", "-l", r.state], check=False)
