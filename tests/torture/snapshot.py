#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Power cuts of a real ext4 under a forewarnd under load.
usage: snapshot.py PROGRAMS FOLDER SEED CUTS [full | normal]

The state lies on an ext4 whose disk is a file on an XFS. A reflink of that file is what the disk had
been given at one moment, and nothing that was still in memory: the power cut. Each is mounted, so that
its journal is replayed, and judged (cut.py); a forewarnd goes on with every fourth.
normal: the same with SQLite at synchronous = NORMAL; exit 0 only if some cut shows a loss.
As root, in a mount namespace of its own; needs mkfs.xfs and loop devices."""
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import threading
import time

import cut
import rig

programs, folder, seed, cuts = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
mode = sys.argv[5] if len(sys.argv) > 5 else "full"
FICLONE = 0x40049409  # linux/fs.h
OUTER, DISK = "1G", "24M"

r = rig.Rig(programs, folder, seed)


def run(*args):
    subprocess.run(args, check=True, stdout=subprocess.DEVNULL)


def mount(image, at, kind, how):
    os.makedirs(at, exist_ok=True)
    run("mount", "-t", kind, "-o", how, image, at)


def clone(to):
    """Moments before and after it."""
    before = time.monotonic_ns()
    with open(f"{folder}/outer/disk", "rb") as disk, open(to, "wb") as f:
        fcntl.ioctl(f, FICLONE, disk.fileno())
    return before, time.monotonic_ns()


def load():
    """What the receivers got in a busy time; the moments of the cuts, outer/N the disk of the Nth."""
    rec = cut.receivers(r, "load", rig.FLAKY)
    r.start(**({"TORTURE_NORMAL": 1} if mode == "normal" else {}))
    rig.must(rec["good"].wait("forewarn.digest", 30), "no first look")
    moments, busy = [], threading.Event()

    def snapshots():
        while len(moments) < cuts:
            time.sleep(0.02 + 0.2 * r.random.random())
            moments.append(clone(f"{folder}/outer/{len(moments)}"))
        busy.set()

    t = threading.Thread(target=snapshots, daemon=True)
    t.start()
    while not busy.is_set():
        rig.must(t.is_alive() or busy.is_set(), "a snapshot could not be taken")
        r.busy(time.monotonic() + 0.2)
    r.end(signal.SIGKILL)
    for x in rec.values():
        x.read()
        x.stop()
    return {name: x.got for name, x in rec.items()}, moments


def copy_of(n):
    """The state as the file system gives it back after that cut."""
    mount(f"{folder}/outer/{n}", f"{folder}/back", "ext4", "loop")
    try:
        shutil.rmtree(f"{folder}/cut", ignore_errors=True)
        shutil.copytree(f"{folder}/back/state", f"{folder}/cut")
    finally:
        run("umount", f"{folder}/back")
    os.unlink(f"{folder}/outer/{n}")


def one(n, moments):
    copy_of(n - 1)
    state = rig.copy_state(f"{folder}/cut", f"{folder}/copy")
    cut.judge(state, got, *moments)
    if mode == "full" and n % 4 == 0:
        cut.go_on(r, state, got, moments[1], f"{folder}/cut")


try:
    run("truncate", "-s", OUTER, f"{folder}/outer.img")
    run("mkfs.xfs", "-q", "-m", "reflink=1", f"{folder}/outer.img")
    mount(f"{folder}/outer.img", f"{folder}/outer", "xfs", "loop")
    run("truncate", "-s", DISK, f"{folder}/outer/disk")
    run("mkfs.ext4", "-q", f"{folder}/outer/disk")
    mount(f"{folder}/outer/disk", f"{folder}/disk", "ext4", "loop")
    r.state = f"{folder}/disk/state"
    os.makedirs(r.state, 0o700)
    run("sync", "-f", r.state)
    got, moments = load()
    sys.exit(cut.judged("snapshot of an ext4", mode, seed, moments, one, got))
except (rig.Broken, subprocess.CalledProcessError) as e:
    rig.report(f"snapshot {mode}: seed {seed}: BROKEN: {e}")
    sys.exit(1)
finally:
    if r.daemon and r.daemon.poll() is None:
        r.daemon.kill()
        r.daemon.wait()
    for at in ("back", "disk", "outer"):
        subprocess.run(["umount", "-l", f"{folder}/{at}"], check=False, stderr=subprocess.DEVNULL)
