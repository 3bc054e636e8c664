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

import cut
import image
import rig

programs, folder, seed, cuts = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
mode = sys.argv[5] if len(sys.argv) > 5 else "full"
SECONDS = max(8, cuts / 5)

r = rig.Rig(programs, folder, seed)


def load():
    """The record of a busy time, and what the receivers got in it."""
    rec = cut.receivers(r, "load", rig.FLAKY)
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


def cuts_of(record):
    """The state after each of the cuts, with its moment."""
    disk, at = image.Disk(), 0
    for point in sorted(r.random.sample(range(len(record)), min(cuts, len(record)))):
        while at < point:
            disk.take(record[at])
            at += 1
        shutil.rmtree(f"{folder}/cut", ignore_errors=True)
        disk.save(f"{folder}/cut", r.random)
        yield record[point][2]


def one(n, when):
    state = rig.copy_state(f"{folder}/cut", f"{folder}/copy")
    cut.judge(state, got, when)
    if mode == "full" and n % 4 == 0:
        cut.go_on(r, state, got, when, f"{folder}/cut")


try:
    got = load()
    sys.exit(cut.judged("powercut", mode, seed, cuts_of(image.records(f"{folder}/record")), one, got))
except rig.Broken as e:
    rig.report(f"powercut {mode}: seed {seed}: BROKEN: {e}")
    sys.exit(1)
finally:
    if r.daemon and r.daemon.poll() is None:
        r.daemon.kill()
