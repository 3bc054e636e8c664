# SPDX-License-Identifier: Apache-2.0
# usage: feed_examples.py BODY-TOOL    prints the examples of packaging/feed.md, one of each kind.
import json, subprocess, sys

KINDS = {
    "raised": "An alert is open.",
    "escalated": "It got worse, or crossed a step of its deadline.",
    "eased": "Less bad, and still open.",
    "acknowledged": "Somebody has taken it.",
    "reminder": "Still open.",
    "resolved": "Over: close the ticket of `data.alert`.",
    "excepted": "Bad, known, and approved until `data.until`: it is not open and not over. Hold its ticket until\nthen. What comes next of the same alert is `raised` (still bad, or worse than was approved) or\n`resolved` (mended meanwhile).",
    "digest": "The inventory of a first run, or the plan of the day. Needs no answer.",
    "heartbeat": "Alive. Silence for three of them, or a hole in `sequence`, is a problem.",
    "checkpoint": "Once a day, for each check of audit logs: the newest head of the notes of each log, to be kept\nwhere the host cannot reach it. A later head of the same `stream` and `born` has more `bytes`; one\nthat has fewer, or another `chain` for the same number, belongs to notes that were put back or\nrewritten. `chain` is over the lines of `ID.statements` in the check's folder up to there: C is 32\nbytes of 0, then for each line C = SHA-256(C, SHA-256(line without its end)). `was` names what was\nopen then. No ticket.",
    "degraded": "A sink takes nothing, in a form of its own for programs: `data.alert` is that of the alert\n`forewarn.sink` of the check `forewarn`, which is raised and resolved like any other and is what people\nget. It needs no ticket of its own.",
    "test": "A test that a person confirms.",
}


WIDTH = 98


def packed(parts, ind):
    """Members side by side where they fit, so that an example is seen as a whole."""
    lines, line = [], ""
    for i, p in enumerate(parts):
        p += "," if i + 1 < len(parts) else ""
        if line and len(line) + 1 + len(p) <= WIDTH and "\n" not in p + line:
            line += " " + p
        else:
            lines += [line] if line else []
            line = " " * ind + p
    return "\n".join(lines + [line])


def shown(v, ind=0):
    one = json.dumps(v, ensure_ascii=False)
    if len(one) + ind <= WIDTH or not isinstance(v, (dict, list)):
        return one
    if isinstance(v, dict):
        parts = [f"{json.dumps(k)}: {shown(x, ind + 1)}" for k, x in v.items()]
        return "{\n" + packed(parts, ind + 1) + "\n" + " " * ind + "}"
    return "[\n" + packed([shown(x, ind + 1) for x in v], ind + 1) + "\n" + " " * ind + "]"


for kind, words in KINDS.items():
    body = json.loads(subprocess.check_output([sys.argv[1], "cloudevents", kind], stderr=subprocess.DEVNULL))
    print(f"### {body['type']}\n\n{words}\n\n```json\n{shown(body)}\n```\n")
