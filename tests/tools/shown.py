#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The table of packaging/feed.md: characters that no face shows.
usage: shown.py FEED.MD text [blank|hidden|all]   a text that has them, between A and Z
       shown.py FEED.MD check [FILE...]    every fault of what a face wrote, a line each: a character of
                                           the table but the end of a line, or what is not UTF-8
       shown.py FEED.MD mail FILE          the same of the messages that smtp_sink.py kept, decoded
       shown.py FEED.MD kept FILE          faults of JSON that keeps the data: what of the hidden ones
                                           is not in any of its texts"""
import email, email.policy, json, re, sys


def ranges(page):
    table = open(page, encoding="utf-8").read().split("<!-- table: characters -->")[1].split("\n\n")[0]
    for row in table.strip().split("\n")[2:]:
        chars, _, stands = (c.strip() for c in row.strip("|").split("|"))
        for part in chars.split(", "):
            ends = [int(x, 16) for x in re.findall(r"U\+([0-9A-F]+)", part)]
            yield ends[0], ends[-1], "blank" if stands == "a space" else "hidden"


page, what, *args = sys.argv[1:]
table = {c: kind for first, last, kind in ranges(page) for c in range(first, last + 1)}
assert len(table) > 150, "the table of feed.md was not read"


def faults(name, data):
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as e:
        print(f"{name}: not UTF-8: {e}")
        return
    for i, c in enumerate(text):
        if ord(c) in table and c not in "\n\t":
            print(f"{name}: U+{ord(c):04X} in {text[max(0, i - 30):i + 10]!r}")
            break


if what == "text":
    kinds = ["blank", "hidden"] if args == ["all"] else args
    out = "".join(chr(c) for c in sorted(table) if table[c] in kinds and c not in (0, 10))
    sys.stdout.buffer.write(("A" + out + "Z").encode())
elif what == "check":
    for name in args or ["-"]:
        faults(name, open(name, "rb").read() if name != "-" else sys.stdin.buffer.read())
elif what == "mail":
    n = 0
    for raw in open(args[0], "rb").read().split(b"\n----\n")[:-1]:
        m = email.message_from_bytes(raw.split(b"\n", 3)[3], policy=email.policy.default)
        n += 1
        faults(f"{args[0]} subject", str(m["Subject"]).encode())
        faults(f"{args[0]} text", m.get_content().replace("\r\n", "\n").encode())
    if n == 0:
        print(f"{args[0]}: no message")
elif what == "kept":
    texts = []

    def walk(v):
        if isinstance(v, str):
            texts.append(v)
        for x in v.values() if isinstance(v, dict) else v if isinstance(v, list) else []:
            walk(x)

    walk(json.load(open(args[0], encoding="utf-8")))
    gone = [c for c in table if table[c] == "hidden" and chr(c) not in "".join(texts)]
    if gone:
        print(f"{args[0]}: not kept: " + " ".join(f"U+{c:04X}" for c in gone))
