#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Web and file servers whose clock is off, on 127.0.0.1.

  played_clocks.py SPEC...   each "http|https|smb:PORT[,key=value]..."

offset=SECONDS; ppm=RATE (smb; ahead is positive); how=NAME is one of the odd ways below. READY when all listen. Requests are counted:
each server writes "PORT requests connections" to stdout when told by SIGUSR1, then a line ".".
"""
import os
import signal
import socket
import ssl
import struct
import sys
import threading
import time
from email.utils import formatdate

counts = {}
started = time.monotonic()


def head(o, n):
    now = time.time() + o["offset"]
    how = o["how"]
    if how == "late":  # a date that is made anew every third second only
        now -= now % 3
    date = formatdate(int(now // 1), usegmt=True)
    if how == "asctime":
        date = time.strftime("%a %b %e %H:%M:%S %Y", time.gmtime(int(now // 1)))
    if how == "rfc850":
        date = time.strftime("%A, %d-%b-%y %H:%M:%S GMT", time.gmtime(int(now // 1)))
    lines = [f"Date: {date}"]
    status = "200 OK"
    if how == "age":
        lines.append("Age: 17")
    if how == "via":
        lines.append("Via: 1.1 gate")
    if how == "nodate":
        lines = []
    if how == "baddate":
        lines = ["Date: yesterday"]
    if how == "gate":
        status = "502 Bad Gateway"
    if how == "moved":
        status, more = "301 Moved Permanently", "Location: http://127.0.0.1:1/"
        lines.append(more)
    if how == "close":
        lines.append("Connection: close")
    if how == "long":
        lines = ["X-Long: " + "x" * 200] * 100
    body = "<html></html>" if how == "body" else ""
    version = "1.0" if how == "old" else "1.1"
    if how == "html":
        return b"<html>this is no HTTP</html>\r\n\r\n"
    return ("\r\n".join([f"HTTP/{version} {status}", *lines, "Content-Length: 13", "", body])).encode()


def http(o, conn):
    buf, n = b"", 0
    while True:
        while b"\r\n\r\n" not in buf:
            more = conn.recv(4096)
            if not more:
                return
            buf += more
            if not b"HEAD ".startswith(buf[:5]):
                conn.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
                return
        buf = buf.split(b"\r\n\r\n", 1)[1]
        n += 1
        counts[o["port"]][0] += 1
        if o["how"] == "silent":
            time.sleep(600)
        if o["how"] == "drops" and n > 1:  # keeps no connection, and does not say so
            return
        conn.sendall(head(o, n))
        if o["how"] in ("close", "old"):
            return


def smb(o, conn):
    question = b""
    while len(question) < 4 or len(question) < 4 + struct.unpack(">I", question[:4])[0]:
        more = conn.recv(4096)
        if not more:
            return
        question += more
    counts[o["port"]][0] += 1
    how = o["how"]
    drifted = (time.monotonic() - started) * o["ppm"] / 1e6
    now = time.time_ns() + int((o["offset"] + drifted) * 1e9)
    ticks = 0 if how == "notime" else now // 100 + 116444736000000000
    if how == "early":
        ticks = 5
    if how == "tick":  # a clock that ticks 64 times a second
        ticks -= ticks % 156250
    status = 0xC0000022 if how == "refuses" else 0
    magic = b"\xffSMB" if how == "smb1" else b"\xfeSMB"
    header = magic + struct.pack("<HHIHHIIQIIQ16s", 64, 0, status, 0, 1, 1, 0, 0, 0, 0, 0, b"")
    body = struct.pack("<HHHH16sIIIIQQHHI", 65, 1, 0x0302, 0, b"played clock....", 0, 65536, 65536,
                       65536, ticks, 0, 128, 0, 0) + b"\0"
    answer = struct.pack(">I", len(header + body)) + header + body
    if how == "short":
        answer = answer[:90]
    if how == "garbage":
        answer = b"220 mail.example ESMTP\r\n" * 6
    conn.sendall(answer)


def serve(o, listener):
    while True:
        conn, _ = listener.accept()
        conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        counts[o["port"]][1] += 1
        threading.Thread(target=speak, args=(o, conn), daemon=True).start()


def speak(o, conn):
    try:
        if o["kind"] == "https":
            conn = o["tls"].wrap_socket(conn, server_side=True)
        (smb if o["kind"] == "smb" else http)(o, conn)
    except OSError:
        pass
    finally:
        conn.close()


def tell(*_):
    for port, n in counts.items():
        print(port, *n)
    print(".", flush=True)


for spec in sys.argv[1:]:
    where, *rest = spec.split(",")
    kind, port = where.split(":")
    o = {"kind": kind, "port": port, "offset": 0.0, "ppm": 0.0, "how": ""}
    for pair in rest:
        key, value = pair.split("=", 1)
        o[key] = float(value) if key in ("offset", "ppm") else value
    if kind == "https":
        o["tls"] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        o["tls"].load_cert_chain(os.environ["PLAYED_CERT"], os.environ["PLAYED_KEY"])
    counts[port] = [0, 0]
    listener = socket.create_server(("127.0.0.1", int(port)), backlog=64)
    threading.Thread(target=serve, args=(o, listener), daemon=True).start()
signal.signal(signal.SIGUSR1, tell)
print("READY", flush=True)
while True:
    signal.pause()
