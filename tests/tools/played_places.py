#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Web servers and resolvers that answer in odd ways, on 127.0.0.1.

  played_places.py SPEC...   each "http|https|dns:PORT[,key=value]..."

http: status=N, body=TEXT ("Sign in" else), to=URL (a redirection), silent=1, slow=SECONDS, every=N (only
each Nth request is answered well, the first is not), cert=PATH without .crt; dns: rcode=N, silent=1.
dns listens on TCP, too, and says nothing there. READY when all listen.
"""
import socket
import ssl
import sys
import threading
import time


def speak(o, conn):
    try:
        if o["kind"] == "https":
            conn = o["tls"].wrap_socket(conn, server_side=True)
        data = b""
        while b"\r\n\r\n" not in data:
            more = conn.recv(4096)
            if not more:
                return
            data += more
        o["n"] += 1
        if "silent" in o:
            time.sleep(600)
        time.sleep(float(o.get("slow", 0)))
        status = o.get("status", "200")
        if "every" in o and o["n"] % int(o["every"]) != 0 and o["n"] == 1:
            status = "500"
        head = ""
        if "to" in o:
            status, head = "302", f"Location: {o['to']}\r\n"
        conn.sendall(f"HTTP/1.1 {status} X\r\n{head}\r\n{o.get('body', 'Sign in')}".encode())
    except OSError:
        pass
    finally:
        conn.close()


def serve(o, listener):
    while True:
        conn, _ = listener.accept()
        threading.Thread(target=speak, args=(o, conn), daemon=True).start()


def resolve(o, sock):
    while True:
        question, who = sock.recvfrom(512)
        if "silent" in o:
            continue
        rcode = int(o.get("rcode", 0))
        answer = bytearray(question)
        answer[2] |= 0x80
        answer[3] = 0x80 | rcode
        if rcode == 0:
            answer[7] = 1
            answer += b"\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04\x7f\x00\x00\x01"
        sock.sendto(bytes(answer), who)


for spec in sys.argv[1:]:
    where, *rest = spec.split(",")
    kind, port = where.split(":")
    o = {"kind": kind, "n": 0}
    for pair in rest:
        key, value = pair.split("=", 1)
        o[key] = value
    tcp = socket.socket()
    tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    tcp.bind(("127.0.0.1", int(port)))
    tcp.listen(64)
    if kind == "https":
        o["tls"] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        o["tls"].load_cert_chain(o["cert"] + ".crt", o["cert"] + ".key")
    if kind == "dns":
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", int(port)))
        threading.Thread(target=resolve, args=(o, udp), daemon=True).start()
    else:
        threading.Thread(target=serve, args=(o, tcp), daemon=True).start()
    o["listener"] = tcp
    globals()[f"keep_{port}"] = tcp
print("READY", flush=True)
time.sleep(100000)
