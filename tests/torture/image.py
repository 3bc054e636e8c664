# SPDX-License-Identifier: Apache-2.0
"""What a disk holds after a power cut, from the record that torture_module keeps of every change.

What was synced before the cut is there. Of what came after the last sync of a file, each sector of
512 bytes may be there or not, in any order, and so may a change of its length: worse than any file
system that keeps its promises, and nothing it may not do."""
import os
import struct

HEAD = struct.Struct("<c23sqqq")
SECTOR = 512


def records(path):
    """(what, file name, time, offset, bytes) of all changes, in order."""
    out = []
    with open(path, "rb") as f:
        data = f.read()
    at = 0
    while at + HEAD.size <= len(data):
        what, name, when, off, n = HEAD.unpack_from(data, at)
        at += HEAD.size
        out.append((what.decode(), name.rstrip(b"\0").decode(), when, off, data[at:at + n]))
        at += n
    return out


def put(content, off, data):
    if len(content) < off:
        content.extend(bytes(off - len(content)))
    content[off:off + len(data)] = data


def cut_to(content, size):
    if size < len(content):
        del content[size:]
    else:
        content.extend(bytes(size - len(content)))


class Disk:
    """Takes records one by one; save() writes what a cut right now may leave."""

    def __init__(self):
        self.durable = {}  # name: bytearray
        self.waiting = {}  # name: changes since its last sync

    def take(self, record):
        what, name, _, off, data = record
        if what != "S":
            self.waiting.setdefault(name, []).append((what, off, data))
            return
        content = self.durable.setdefault(name, bytearray())
        for change in self.waiting.pop(name, []):
            self._apply(name, content, change)

    def _apply(self, name, content, change):
        what, off, data = change
        if what == "W":
            put(content, off, data)
        elif what == "T":
            cut_to(content, off)
        else:
            del content[:]

    def save(self, folder, random):
        os.makedirs(folder)
        for name in set(self.durable) | set(self.waiting):
            content = bytearray(self.durable.get(name, b""))
            keep = random.choice((0.0, 0.1, 0.5, 0.9, 1.0))
            for what, off, data in self.waiting.get(name, []):
                if what != "W":
                    if random.random() < keep:
                        self._apply(name, content, (what, off, data))
                    continue
                for at in range(0, len(data), SECTOR):
                    if random.random() < keep:
                        put(content, off + at, data[at:at + SECTOR])
            if content or name in self.durable:
                with open(f"{folder}/{name}", "wb") as f:
                    f.write(content)
