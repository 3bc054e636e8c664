#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Somebody between a client and a time server, who changes packets.
usage: nts_between.py ADDRESS PORT SERVER MODE-FILE     (the server's port is the same)
The mode is read anew for each request: pass tag id plain kiss forget forget-once stranger."""
import socket
import sys

address, port, server, mode_file = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
here = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
here.bind((address, port))
there = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
there.connect((server, port))
there.settimeout(1)
print("READY", flush=True)
forgot = False


def flip(data, at):
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


while True:
    question, client = here.recvfrom(2048)
    with open(mode_file, encoding="ascii") as f:
        mode = f.read().strip()
    if mode == "forget" or (mode == "forget-once" and not forgot):
        forgot = True
        question = flip(question, 48 + 36 + 4 + 40)  # in the cookie: the server cannot open it
    there.send(question)
    try:
        answer = there.recv(2048)
    except TimeoutError:
        continue
    if mode == "tag":
        answer = flip(answer, len(answer) - 1)
    if mode == "time":
        answer = flip(answer, 43)
    if mode == "id":
        answer = flip(answer, 48 + 10)
    if mode == "plain":
        answer = answer[:48]
    if mode == "kiss":  # a refusal that anybody could have made
        answer = bytes([0xE4, 0]) + answer[2:12] + b"DENY" + answer[16:48]
    if mode == "stranger":
        here.sendto(answer[:48], client)
        here.sendto(flip(answer, len(answer) - 1), client)
    here.sendto(answer, client)
