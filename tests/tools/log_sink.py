#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A log server. usage: log_sink.py OUT unix PATH | udp | tcp [keep|reset|slow]
Every message is a line of OUT, as Python shows its bytes. Prints its port, or PATH.
tcp keep: never closes from its side; reset: breaks after the first message; slow: reads nothing."""
import socket, struct, sys, time

out = open(sys.argv[1], "ab", buffering=0)
kind, arg = sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else ""


def note(message):
    out.write(repr(message).encode() + b"\n")


def stream(c):
    buf = b""
    while True:
        more = c.recv(65536)
        if not more:
            break
        buf += more
        while b" " in buf and len(buf) >= int(buf.split(b" ")[0]) + len(buf.split(b" ")[0]) + 1:
            head, rest = buf.split(b" ", 1)
            note(rest[: int(head)])
            buf = rest[int(head) :]
            if arg == "reset":
                c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                c.close()
                return
    if buf:
        note(b"LEFT OVER " + buf)
    if arg == "keep":
        time.sleep(1000)
    c.close()


if kind == "unix":
    s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    s.bind(arg)
    print(arg, flush=True)
elif kind == "udp":
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind(("127.0.0.1", 0))
    print(s.getsockname()[1], flush=True)
if kind != "tcp":
    while True:
        note(s.recv(65536))
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
s.bind(("127.0.0.1", 0))
s.listen(5)
print(s.getsockname()[1], flush=True)
while True:
    c, _ = s.accept()
    if arg == "slow":
        time.sleep(1000)
    stream(c)
