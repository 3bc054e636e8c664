#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""30 days of checks that change, questions and reloads: no descriptor leaks, and memory stays.
usage: days.py PROGRAMS FOLDER [DAYS]"""
import signal
import sys
import time

import fast
import rig

programs, folder = sys.argv[1], sys.argv[2]
days = float(sys.argv[3]) if len(sys.argv) > 3 else 30
RATE = 1440
RSS_GROWTH = 1024  # KiB

r = fast.Fast(programs, folder, RATE, "1h", 20)
good = rig.Receiver(programs, folder, "good")
r.configure({"good": good.port})
try:
    r.start()
    rig.must(good.wait("forewarn.digest", 30), "no first look")
    day = 86400 / RATE
    time.sleep(day)
    fds, rss, began = r.descriptors(), r.rss(), time.monotonic()
    asked = reloaded = 0
    while time.monotonic() - began < (days - 1) * day:
        time.sleep(day / 24)
        rig.must(r.daemon.poll() is None, "the daemon ended")
        r.fw("status")
        r.fw("alerts")
        asked += 2
        if asked % 48 == 0:
            r.daemon.send_signal(signal.SIGHUP)
            reloaded += 1
    time.sleep(0.5)
    fds2, rss2 = r.descriptors(), r.rss()
    runs = r.runs()
    r.end(signal.SIGTERM)
    watch = rig.Watch("good")
    watch.add(good.read())
    rig.accounted("good", rig.copy_state(r.state, f"{folder}/copy"), watch.took)
    rig.must(fds2 <= fds, f"{fds} descriptors became {fds2}")
    rig.must(rss2 - rss < RSS_GROWTH, f"{rss} KiB became {rss2} KiB")
    rig.report(f"days: {days:g} days, {runs} runs, {len(watch.took)} letters, {asked} questions, "
               f"{reloaded} reloads: {fds} descriptors, then {fds2}; RSS {rss} KiB, then {rss2} KiB")
except rig.Broken as e:
    rig.report(f"days: BROKEN: {e}")
    sys.exit(1)
finally:
    if r.daemon and r.daemon.poll() is None:
        r.daemon.kill()
    good.stop()
