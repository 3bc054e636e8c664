#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A receiver that is dead for 72 hours, in which 10,000 things change: what waits for it stays bounded,
the other one hears of each change within 2 s of this machine's own time, and of the dead one once.
Back again, it is told how things are, and of how many changes in between.
usage: dead.py PROGRAMS FOLDER [HOURS]"""
import socket
import sys
import time

import fast
import rig

programs, folder = sys.argv[1], sys.argv[2]
hours = float(sys.argv[3]) if len(sys.argv) > 3 else 72
RATE = 720
LATEST = 2.0  # s from a change to the healthy receiver
STATE_MAX = 4096  # KiB
RSS_GROWTH = 1024  # KiB

r = fast.Fast(programs, folder, RATE, "10min", 24)
good = rig.Receiver(programs, folder, "good")
back = None
with socket.socket() as s:
    s.bind(("127.0.0.1", 0))
    port = s.getsockname()[1]
r.configure({"good": good.port, "dead": port})
mono_less_wall = time.monotonic_ns() - time.time_ns()
try:
    r.start()
    rig.must(good.wait("forewarn.digest", 30), "no first look")
    time.sleep(5)
    rss, top, size = r.rss(), 0, 0
    end = time.monotonic() + hours * 3600 / RATE
    while time.monotonic() < end:
        time.sleep(1)
        rig.must(r.daemon.poll() is None, "the daemon ended")
        top, size = max(top, r.rss()), max(size, r.size())
    changes = r.runs()
    rig.must(top - rss < RSS_GROWTH, f"it grew from {rss} to {top} KiB")
    rig.must(size < STATE_MAX, f"the state took {size} KiB")
    waiting = rig.copy_state(r.state, f"{folder}/copy").letters["dead"]
    back = rig.Receiver(programs, folder, "back", port=port)
    watches = {"good": rig.Watch("good"), "dead": rig.Watch("dead")}
    for _ in range(100):
        time.sleep(0.2)
        watches["dead"].add(back.read())
        if len(watches["dead"].took) >= len(waiting):
            break
    r.end(15)
    watches["good"].add(good.read())
    watches["dead"].add(back.read())
    state = rig.copy_state(r.state, f"{folder}/copy")
    for name, w in watches.items():
        rig.accounted(name, state, w.took)
    late = []
    for g in good.got:
        body = g.event["data"].get("title", "") + g.event["data"].get("body", "")
        if g.event["type"].startswith("forewarn.alert.") and "as it is at " in body:
            changed = int("".join(c for c in body.split("as it is at ")[1][:19] if c.isdigit()))
            late.append((g.at - changed - mono_less_wall) / 1e9)
    late.sort()
    rig.must(len(late) > 0.9 * changes, f"{changes} changes, {len(late)} told")
    rig.must(late[-1] <= LATEST, f"the latest was told after {late[-1]:.2f} s")
    told = [e for e in watches["good"].took.values() if e["type"] == "forewarn.delivery.degraded"]
    rig.must(len(told) == 1, f"the dead one was told of {len(told)} times")
    stands_for = sum(1 + rig.folded(e) for e in watches["dead"].took.values())
    rig.report(f"dead: {hours:g} h, {changes} changes: RSS {rss} to {top} KiB, state at most {size} KiB, "
               f"{len(waiting)} letters waited; the other heard after {late[len(late) // 2] * 1000:.0f} ms "
               f"(median), {late[-1] * 1000:.0f} ms (latest); back again: {len(watches['dead'].took)} "
               f"letters for {stands_for} events")
except rig.Broken as e:
    rig.report(f"dead: BROKEN: {e}")
    sys.exit(1)
finally:
    if r.daemon and r.daemon.poll() is None:
        r.daemon.kill()
    for x in (good, back):
        if x:
            x.stop()
