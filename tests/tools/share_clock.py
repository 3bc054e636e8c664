#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A share of another machine, by FUSE: an empty folder whose machine's clock is off.

  share_clock.py FOLDER [offset=SECONDS] [grain=SECONDS] [type=NAME] [how=NAME]

how: full (no file can be made), keeps (none can be removed), wild (each second stamp is 5 s off).
Files are listed in FOLDER's own log: every change is a line on stdout. READY when mounted.
"""
import errno
import stat
import sys
import time

import fusepy as fuse

opts = {"offset": "0", "grain": "0.0000001", "type": "sshfs", "how": ""}
opts.update(a.split("=", 1) for a in sys.argv[2:])


class Share(fuse.Operations):
    def __init__(self):
        self.files = {}
        self.made = 0

    def now(self):
        grain = float(opts["grain"])
        off = float(opts["offset"])
        if opts["how"] == "wild" and self.made % 2 == 0:
            off += 5
        t = time.time() + off
        return t - t % grain

    def getattr(self, path, fh=None):
        if path == "/":
            return {"st_mode": stat.S_IFDIR | 0o777, "st_nlink": 2}
        if path[1:] not in self.files:
            raise fuse.FuseOSError(errno.ENOENT)
        t = self.files[path[1:]]
        return {"st_mode": stat.S_IFREG | 0o600, "st_nlink": 1, "st_size": 0, "st_mtime": t, "st_ctime": t}

    def readdir(self, path, fh):
        return [".", ".."] + list(self.files)

    def create(self, path, mode, fi=None):
        if opts["how"] == "full":
            raise fuse.FuseOSError(errno.ENOSPC)
        self.made += 1
        self.files[path[1:]] = self.now()
        print("made", path[1:], flush=True)
        return 1

    def unlink(self, path):
        if opts["how"] == "keeps":
            raise fuse.FuseOSError(errno.EPERM)
        del self.files[path[1:]]
        print("removed", path[1:], flush=True)

    def utimens(self, path, times=None):
        # a file that an earlier look left behind is laid out by touch -d
        if times:
            self.files[path[1:]] = times[1]

    def open(self, path, flags):
        return 1

    def release(self, path, fh):
        return 0

    def init(self, path):
        print("READY", flush=True)


fuse.FUSE(Share(), sys.argv[1], foreground=True, nothreads=True, subtype=opts["type"], allow_other=True,
          attr_timeout=0, entry_timeout=0)
