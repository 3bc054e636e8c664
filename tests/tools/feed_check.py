# SPDX-License-Identifier: Apache-2.0
# usage: feed_check.py WHAT BODY-TOOL DATA-FOLDER [SCHEMA]
# Holds bodies of made-up events against what their receivers take. Ends with a line a fault.
import json, re, subprocess, sys, unicodedata
from datetime import datetime, timedelta

what, tool, data = sys.argv[1:4]
flavours = ["rich", "bare", "hostile", "void", "slow", "unset"]
faults = []


def bodies(fmt):
    n = 0
    for flavour in flavours:
        run = subprocess.run([tool, fmt, "all", flavour], capture_output=True)
        if run.returncode:
            faults.append(f"{fmt} {flavour}: {run.stderr.decode()[-200:]}")
        for line in run.stdout.split(b"\n")[:-1]:
            n += 1
            if len(line) >= 20000:
                faults.append(f"{fmt} {flavour}: {len(line)} bytes")
            yield f"{fmt} {flavour} {n}", json.loads(line.decode("utf-8"))
    if n < 30:
        faults.append(f"{fmt}: only {n} bodies")


def want(row, ok, say):
    if not ok:
        faults.append(f"{row}: {say}")


def load(name):
    with open(f"{data}/{name}", encoding="utf-8") as f:
        return json.load(f)


def described(schema, root, value, path, out):
    """Members that stand in a body and not in the schema."""
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    for option in schema.get("anyOf", []):
        if isinstance(value, dict) and option.get("type") == "object":
            schema = option
    if isinstance(value, list):
        for x in value:
            described(schema["items"], root, x, path + "[]", out)
    if isinstance(value, dict) and "additionalProperties" not in schema:
        for k, x in value.items():
            if k not in schema.get("properties", {}):
                out.append(path + "." + k)
            else:
                described(schema["properties"][k], root, x, path + "." + k, out)


def schema():
    from jsonschema import Draft202012Validator as V
    with open(sys.argv[4], encoding="utf-8") as f:
        s = json.load(f)
    V.check_schema(s)
    v = V(s)
    for row, b in bodies("cloudevents"):
        for e in v.iter_errors(b):
            want(row, False, f"{e.json_path}: {e.message[:200]}")
        unknown = []
        described(s, s, b, "$", unknown)
        want(row, not unknown, f"not in the schema: {unknown}")
    # the schema refuses what is wrong
    good = json.loads(subprocess.check_output([tool, "cloudevents", "raised"]))
    want("good", v.is_valid(good), "the example is refused")
    for k in s["required"]:
        want(k, not v.is_valid({x: y for x, y in good.items() if x != k}), "may be missing")
    for k in s["$defs"]["data"]["required"]:
        less = {x: y for x, y in good["data"].items() if x != k}
        want(k, not v.is_valid({**good, "data": less}), "may be missing from data")
    for k, x in {"sequence": "41", "type": "forewarn.alert", "source": "a b", "time": "now",
                 "severitytext": "critical", "id": "a.b"}.items():
        want(k, not v.is_valid({**good, k: x}), f"may be {x!r}")
    for k, x in {"alert": None, "level": "warn", "counts": {}, "clock": {}, "title": "x" * 66,
                 "deadline": {"at": None}, "suppressed": -1, "evidence": {"a": 1}}.items():
        want(k, not v.is_valid({**good, "data": {**good["data"], k: x}}), f"may be {x!r}")
    # integers that forewarn counts stay exact
    want("sequence", good["sequence"] == "%020d" % 41, "is not zero-padded")


def cloudevents():
    from jsonschema import Draft7Validator as V
    v = V(load("cloudevents/cloudevents.schema.json"))
    for i, b in enumerate(load("cloudevents/spec-examples.json")):
        want(f"spec example {i}", v.is_valid(b) == isinstance(b, dict), "is judged wrongly")
    seen = {}
    for row, b in bodies("cloudevents"):
        want(row, v.is_valid(b), "breaks the CloudEvents schema")
        for k, x in b.items():
            if k in ("data", "data_base64"):
                continue
            # naming conventions, type system
            want(row, re.fullmatch("[a-z0-9]{1,20}", k), f"attribute name {k}")
            want(row, type(x) in (str, int, bool) and x != "", f"{k} is {x!r}")
            if type(x) is str:
                bad = [c for c in x if unicodedata.category(c) in ("Cc", "Cs") or
                       ord(c) & 0xfffe == 0xfffe or 0xfdd0 <= ord(c) <= 0xfdef]
                want(row, not bad, f"{k} has {bad!r}")
            if type(x) is int:
                want(row, -2 ** 31 <= x < 2 ** 31, f"{k} is out of an Integer's range")
        for k in ("time", "recordedtime"):
            want(row, re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", b[k]), f"{k} is {b[k]}")
        clock = b["data"]["clock"]
        off = datetime.fromisoformat(b["recordedtime"][:-1]) - datetime.fromisoformat(b["time"][:-1])
        want(row, abs(off.total_seconds() - (clock["offset"] if clock else 0)) < 0.0011,
             "time is not recordedtime less the offset")
        seen.setdefault(b["type"], set()).add(b["severitynumber"])
    want("kinds", len(seen) == 12, f"{len(seen)} kinds")
    a, z = ["%020d" % n for n in (9, 10)]
    want("sequence", a < z, "does not compare as text")


def fnv(labels):
    h = 0xcbf29ce484222325
    for k in sorted(labels, key=lambda s: s.encode()):
        if labels[k] != "":
            for c in k.encode() + b"\xff" + labels[k].encode() + b"\xff":
                h = (h ^ c) * 0x100000001b3 & 0xffffffffffffffff
    return "%016x" % h


def alertmanager():
    n = 0
    for c in load("alertmanager/fingerprints.json"):
        if c.get("fingerprint"):
            n += 1
            want(str(c["labels"])[:60], fnv(c["labels"]) == c["fingerprint"], "fingerprint")
    want("fingerprints", n >= 10, f"only {n} vectors")
    for row, b in bodies("alertmanager"):
        prints = [fnv(a["labels"]) for a in b]
        want(row, len(set(prints)) == len(prints) >= 1, "two of one fingerprint")
        for a in b:
            for k, x in a["labels"].items():
                want(row, re.fullmatch("[a-zA-Z_][a-zA-Z0-9_]*", k), f"label name {k}")
                want(row, isinstance(x, str) and x != "", f"label {k} is {x!r}")
            want(row, {"alertname", "host", "severity"} <= set(a["labels"]), "a label is missing")
            for x in a.get("annotations", {}).values():
                want(row, isinstance(x, str), "an annotation is no text")
            if "startsAt" in a and "endsAt" in a:
                want(row, a["startsAt"] <= a["endsAt"], "ends before it starts")
            if "unset" in row or "bare" in row:
                want(row, a.get("endsAt", "2100") < "2026-01-02" or a.get("endsAt", "2100") >= "2100",
                     "a clock nobody measured decides when it ends")


def pagerduty():
    ex = load("pagerduty/events-v2-example.json")
    actions = set()
    for row, b in bodies("pagerduty"):
        actions.add(b["event_action"])
        want(row, list(b)[0] == "routing_key" and b["routing_key"] == "@secret", "routing_key")
        want(row, b["event_action"] in ("trigger", "acknowledge", "resolve"), "event_action")
        want(row, 0 < len(b["dedup_key"]) <= 255, "dedup_key")
        want(row, set(b) - {"payload", "client"} <= set(ex), f"unknown members {set(b) - set(ex)}")
        p = b.get("payload")
        want(row, (p is not None) == (b["event_action"] == "trigger"), "payload")
        if p:
            want(row, set(p) == set(ex["payload"]), f"payload differs: {set(p) ^ set(ex['payload'])}")
            want(row, p["severity"] in ("critical", "error", "warning", "info"), "severity")
            want(row, isinstance(p["summary"], str) and len(p["summary"]) <= 1024, "summary")
            want(row, p["source"], "source")
    want("actions", actions == {"trigger", "acknowledge", "resolve"}, f"only {actions}")


def utf16(s):
    return len(s.encode("utf-16-le")) // 2


def slack():
    for row, b in bodies("slack"):
        want(row, "<" not in b["text"] and not re.search("&(?!amp;|lt;|gt;)", b["text"]), "markup")
        for k in b["blocks"]:
            for t in [k["text"]] if "text" in k else k["elements"]:
                limit = {"header": 150, "section": 3000, "context": 2000}[k["type"]]
                want(row, 1 <= utf16(t["text"]) <= limit, f"{k['type']} of {utf16(t['text'])}")
                want(row, t["type"] == "plain_text" and t.get("emoji") is False, "not plain")
                want(row, "<" not in t["text"], "markup")


def discord():
    for row, b in bodies("discord"):
        want(row, b["allowed_mentions"] == {"parse": []}, "somebody may be pinged")
        want(row, 1 <= utf16(b["content"]) <= 2000, "content")
        e = b["embeds"][0]
        d, f = utf16(e["description"]), utf16(e["footer"]["text"])
        want(row, 1 <= d <= 4096 and f <= 2048 and d + f <= 6000, f"embed of {d} and {f}")
        want(row, 0 <= e["color"] < 1 << 24, "color")
        datetime.fromisoformat(e["timestamp"][:-1])
        for t in (b["content"], e["description"], e["footer"]["text"]):
            want(row, not re.search(r"(?<!\\)(?:\\\\)*[*_~`|>#\[\]<@]", t), f"markup: {t[:99]!r}")


def teams():
    for row, b in bodies("teams"):
        want(row, b["type"] == "AdaptiveCard" and b["version"] == "1.4", "no card")
        for k in b["body"]:
            # a TextBlock would read Markdown
            want(row, k["type"] == "RichTextBlock", k["type"])
            for i in k["inlines"]:
                want(row, i["type"] == "TextRun" and isinstance(i["text"], str), "inline")


def ntfy():
    for row, b in bodies("ntfy"):
        want(row, b["topic"] == "lab-alerts", "topic")
        want(row, 1 <= len(b["message"].encode()) <= 4096, "message")
        want(row, b["priority"] in range(1, 6), "priority")
        want(row, isinstance(b["tags"], list) and "markdown" not in b, "tags")


globals()[what]()
for f in faults[:20]:
    print(f)
sys.exit(bool(faults))
