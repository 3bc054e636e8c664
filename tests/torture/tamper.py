#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tamper and fault cases of audit trails, and legitimate ones: what forewarn says of each, and with --peer
what AIDE says with its rule for logs that grow. A line a case: found or silent, class, place, words.

usage: tamper.py FOLDER-OF-PROGRAMS [--peer] [--quiet]
ends with 1 when a tamper case is not found by class and place, or a legitimate one is not silent."""
import datetime, glob, gzip, json, lzma, os, shutil, sqlite3, subprocess, sys, tempfile

BIN, PEER, QUIET = sys.argv[1], "--peer" in sys.argv, "--quiet" in sys.argv
N = 200
START = datetime.datetime(2026, 11, 20, 8, 0, 0)


def when(i):
    return START + datetime.timedelta(seconds=20 * i)


FORMATS = {
    "iso": lambda i: "%s event=%d user=u%d approved\n" % (when(i).strftime("%Y-%m-%dT%H:%M:%SZ"), i, i % 3),
    "syslog": lambda i: "%s hplc1 cds[77]: record %d approved by u%d\n" % (when(i).strftime("%b %d %H:%M:%S"), i, i % 3),
    "rfc5424": lambda i: "<13>1 %s hplc1 cds 77 - - record %d approved by u%d\n" % (when(i).strftime("%Y-%m-%dT%H:%M:%SZ"), i, i % 3),
    "auditd": lambda i: "type=SYSCALL msg=audit(%d.%03d:%d): arch=c000003e uid=%d\n" % (when(i).timestamp(), i % 1000, 1000 + i, i % 3),
    "jsonl": lambda i: json.dumps({"time": when(i).strftime("%Y-%m-%dT%H:%M:%SZ"), "n": i, "user": "u%d" % (i % 3)}) + "\n",
    "csv": lambda i: "Date,Id,User,Action\n" if i == 0 else "%s,%d,u%d,approved\n" % (when(i).strftime("%Y-%m-%d %H:%M:%S"), i, i % 3),
}


class Case:
    def __init__(self, name, options=""):
        self.name, self.options = name, options
        self.top = tempfile.mkdtemp(prefix="tamper-")
        self.logs = self.top + "/logs"
        os.mkdir(self.logs)
        self.log = self.logs + "/trail.log"
        self.paths = [self.log]
        self.aide = False

    def write(self, lines, name=None, mode="w"):
        with open(name or self.log, mode, newline="") as f:
            f.write("".join(lines))

    def look(self):
        conf = self.top + "/c.conf"
        with open(conf, "w") as f:
            f.write('checks = ( { id = "a"; probe = "audit"; verify = "0s"; paths = [ %s ]; %s } );\n'
                    % (", ".join('"%s"' % p for p in self.paths), self.options.replace("@", self.top)))
        r = subprocess.run([BIN + "/forewarn", "check", "-c", conf, "--state-dir", self.top + "/st", "-f", "json"],
                           capture_output=True, text=True)
        try:
            return [i for x in json.loads(r.stdout)["results"] for i in x["items"]]
        except ValueError:
            return [{"level": "broken", "rule": "", "summary": r.stderr.strip(), "evidence": {}}]

    def peer(self, init):
        if not PEER:
            return None
        conf, db = self.top + "/aide.conf", self.top + "/aide.db"
        with open(conf, "w") as f:
            f.write("database_in=file:%s\ndatabase_out=file:%s\nreport_url=stdout\n"
                    "Grow = ftype+p+u+g+i+n+s+growing+sha256\nOld = ftype+p+u+g+n+sha256+ANF+ARF\n"
                    "=%s$ ftype+p+u+g\n%s/[^/]*\\.(log|csv|db)$ Grow\n%s/.* Old\n" % (db, db, self.logs, self.logs, self.logs))
        r = subprocess.run(["aide", "--init" if init else "--check", "-c", conf], capture_output=True, text=True)
        return r.returncode != 0

    def end(self):
        if hasattr(self, "writer"):
            self.writer.close()
        shutil.rmtree(self.top, ignore_errors=True)


def lines_of(kind, n=N, first=0):
    return [FORMATS[kind](i) for i in range(first, first + n)]


# ---- tamper: (name, what is done to the case, class, place or None)
def text_tampers(kind):
    f = FORMATS[kind]
    low = 1 if kind == "csv" else 0

    def on_lines(change):
        def run(c):
            lines = open(c.log, newline="").readlines()
            change(lines)
            c.write(lines)
        return run

    def changed(line):
        i = next(k for k, ch in enumerate(line) if ch == "u" and line[k + 1:k + 2].isdigit()) if "u0" in line or "u1" in line or "u2" in line else line.rindex("uid=") + 3
        return line[:i + 1] + "9" + line[i + 2:]

    def edit(l): l[76] = changed(l[76])
    def delete(l): del l[76]
    def delete3(l): del l[99:102]
    def insert(l): l.insert(50, changed(l[49]))
    def swap(l): l[20], l[30] = l[30], l[20]
    def cut(l): del l[-12:]
    def first(l): del l[low]
    yield "one changed", on_lines(edit), "edited", ("record", "77")
    yield "one taken out", on_lines(delete), "deleted", ("record", "77")
    yield "three taken out", on_lines(delete3), "deleted", ("records", "100-102")
    yield "one put in", on_lines(insert), "inserted", ("record", "51")
    yield "two swapped", on_lines(swap), "reordered", None
    yield "the end cut", on_lines(cut), "truncated", ("count", "12")
    yield "the first taken out", on_lines(first), "deleted", ("record", str(low + 1))
    yield "emptied", lambda c: open(c.log, "w").close(), ("truncated", "replaced"), None
    yield "deleted", lambda c: os.unlink(c.log), "missing", None
    yield "another log in its place", lambda c: c.write([f(i + 5000) for i in range(N)]), ("replaced", "truncated", "edited"), None


def rotate(c, kind, packed):
    os.rename(c.log, c.log + ".1")
    if packed:
        with open(c.log + ".1", "rb") as i, gzip.open(c.log + ".1.gz", "wb") as o:
            o.write(i.read())
        os.unlink(c.log + ".1")
    c.write(lines_of(kind, 50, N))


def in_older(change, packed):
    def run(c):
        name = c.log + (".1.gz" if packed else ".1")
        op = gzip.open if packed else open
        lines = op(name, "rt", newline="").readlines()
        change(lines)
        with op(name, "wt", newline="") as f:
            f.write("".join(lines))
    return run


def tampers():
    for kind in FORMATS:
        for name, run, want, place in text_tampers(kind):
            yield kind, name, lambda c, k=kind: c.write(lines_of(k)), run, want, place, ""
    for packed in (False, True):
        def setup(c, p=packed):
            c.write(lines_of("iso"))
            c.look()
            rotate(c, "iso", p)

        def edit(l): l[76] = l[76].replace("approved", "rejected")
        def delete(l): del l[76]
        what = "older file, packed" if packed else "older file"
        yield what, "one changed", setup, in_older(edit, packed), "edited", ("record", "77"), ""
        yield what, "one taken out", setup, in_older(delete, packed), "deleted", ("record", "77"), ""
        yield what, "deleted before its time", setup, lambda c, p=packed: os.unlink(c.log + (".1.gz" if p else ".1")), ("retention", "generation-missing"), None, 'retention = "1y";'

    def broken(c):
        b = bytearray(open(c.log + ".1.gz", "rb").read())
        b[len(b) // 2] ^= 0x55
        open(c.log + ".1.gz", "wb").write(b)

    def packed_setup(c):
        c.write(lines_of("iso"))
        c.look()
        rotate(c, "iso", True)
    yield "older file, packed", "damaged", packed_setup, broken, "archive-damaged", None, ""
    plain = lambda c: c.write(lines_of("iso"))

    def link(c):
        os.rename(c.log, c.top + "/elsewhere")
        os.symlink(c.top + "/elsewhere", c.log)

    def fifo(c):
        os.unlink(c.log)
        os.mkfifo(c.log)

    def holes(c):
        with open(c.log, "ab") as f:
            f.write(b"\0" * 4096)
        c.write(lines_of("iso", 5, N), mode="a")

    def backwards(c):
        c.write([FORMATS["iso"](10), FORMATS["iso"](N)], mode="a")
    yield "iso", "a link in its place", plain, link, ("type", None), None, ""
    yield "iso", "a pipe in its place", plain, fifo, ("type", None), None, ""
    yield "iso", "a hole of NULs", plain, holes, "nul-hole", None, ""
    yield "iso", "a record dated back", plain, backwards, "time-backward", None, ""
    yield "auditd", "numbers left out", lambda c: c.write(lines_of("auditd")), lambda c: c.write(lines_of("auditd", 20, N + 6), mode="a"), "seq-gap", ("number", None), ""
    yield "iso", "anybody may write to it", plain, lambda c: os.chmod(c.log, 0o666), "mode", None, ""

    # tables
    def table(c):
        c.log = c.paths[0] = c.logs + "/lims.db"
        d = sqlite3.connect(c.log)
        d.execute("create table audit_trail(id integer primary key autoincrement, at text, who text)")
        d.executemany("insert into audit_trail(at, who) values (?, ?)", [(str(when(i)), "u%d" % (i % 3)) for i in range(N)])
        d.commit()
        d.close()

    def sql(*what):
        def run(c):
            d = sqlite3.connect(c.log)
            for w in what:
                d.execute(w)
            d.commit()
            d.close()
        return run
    for name, w, want, place in (
            ("one changed", "update audit_trail set who = 'x' where id = 77", "edited", ("row", "77")),
            ("one taken out", "delete from audit_trail where id = 77", "deleted", ("row", "77")),
            ("the end cut", "delete from audit_trail where id > 190", "deleted", ("row", "191")),
            ("one put in", "insert into audit_trail values (-1, '', 'x')", "inserted", ("row", "-1")),
            ("a trigger", "create trigger t before insert on audit_trail begin select raise(ignore); end", "schema", ("name", "t")),
            ("the table dropped", "drop table audit_trail", "missing", None)):
        yield "sqlite", name, table, sql(w), want, place, ""

    # dated files
    def days(c):
        c.paths = [c.logs + "/"]
        for i in range(30, 0, -1):
            day = (datetime.date.today() - datetime.timedelta(days=i)).isoformat()
            c.write(["a record of %s\n" % day], "%s/trail-%s.csv" % (c.logs, day))

    def nth(c, i):
        return sorted(glob.glob(c.logs + "/*.csv"))[i]
    D = 'format = "deposits";'
    yield "deposits", "one changed", days, lambda c: c.write(["x"], nth(c, 12), "a"), "edited", ("file", None), D
    yield "deposits", "one deleted", days, lambda c: os.unlink(nth(c, 12)), "generation-missing", ("file", None), D
    yield "deposits", "all deleted", days, lambda c: [os.unlink(p) for p in glob.glob(c.logs + "/*.csv")], "missing", None, D

    # exports that grow at their top
    def export(c):
        c.write(list(reversed(lines_of("iso"))))
    def at_top(change):
        def run(c):
            lines = lines_of("iso", N + 10)
            change(lines)
            c.write(list(reversed(lines)))
        return run
    yield "newest first", "one changed", export, at_top(lambda l: l.__setitem__(76, l[76].replace("approved", "rejected"))), "edited", ("record", "77"), ""
    yield "newest first", "one taken out", export, at_top(lambda l: l.__delitem__(76)), "deleted", ("record", "77"), ""

    # a program that keeps only its newest records
    def trimmed(change):
        def run(c):
            lines = lines_of("iso", N + 30)
            change(lines)
            c.write(lines[40:])
            age(c.log)
        return run
    R = 'trimmed = "records";'
    for name, change, want, record in (
            ("one changed", lambda l: l.__setitem__(76, l[76].replace("approved", "rejected")), "edited", "77"),
            ("the oldest that stayed changed", lambda l: l.__setitem__(40, l[40].replace("20", "19", 1)), "edited", "41"),
            ("one taken out", lambda l: l.__delitem__(76), "deleted", "77"),
            ("one put in", lambda l: l.insert(76, l[75]), "inserted", "77"),
            ("the newest cut", lambda l: l.__delitem__(slice(N - 1, N + 30)), "deleted", str(N))):
        yield "trimmed in front", name, ring, trimmed(change), want, ("record", record), R
    yield "trimmed in front", "too early", ring, trimmed(lambda l: None), "retention", ("records", "1-40"), R + ' retention = "99y";'


    # what becomes of the log outside of it: told as plan or act
    def conf_of(c, lines):
        with open(c.top + "/logrotate.conf", "w") as f:
            f.write("%s {\n %s\n}\n" % (c.log, "\n ".join(lines)))
        os.chmod(c.top + "/logrotate.conf", 0o644)

    def fresh(c, days, n=N):
        now = datetime.datetime.now(datetime.timezone.utc)
        c.write(["%s event=%d approved\n" % ((now - datetime.timedelta(days=days) + i * datetime.timedelta(days=days) / n).strftime("%Y-%m-%dT%H:%M:%SZ"), i)
                 for i in range(n)])

    def noted(c, days):
        when = datetime.datetime.now() - datetime.timedelta(days=days)
        with open(c.top + "/logrotate.status", "w") as f:
            f.write('logrotate state -- version 2\n"%s" %d-%d-%d-6:25:1\n' % (c.log, when.year, when.month, when.day))

    def overdue(c):
        fresh(c, 20)
        conf_of(c, ["weekly", "rotate 4"])
        noted(c, 20)

    def twice(c):
        for k in range(3):
            logrotate(c, ["dateext", "create"], check=False)
            c.write(lines_of("iso", 250, N * (k + 1)), mode="a")

    def few(c):
        conf_of(c, ["weekly", "rotate 4"])

    def open_folder(c):
        conf_of(c, ["weekly", "rotate 4"])
        os.chmod(c.logs, 0o777)

    def left_behind(c):
        c.writer = open(c.log, "a", buffering=1)
        os.unlink(c.log)
        c.write(lines_of("iso", 5, N))
        c.writer.write(FORMATS["iso"](N))
    S = 'settings = [ "@/logrotate.conf" ]; settings_status = "@/logrotate.status";'
    yield "outlook", "logrotate runs and leaves it", plain, overdue, "rotation-stopped", ("file", None), S
    yield "outlook", "a name that is taken today", plain, twice, "rotation-stopped", ("file", None), ""
    yield "outlook", "a folder that logrotate refuses", plain, open_folder, "rotation-stopped", ("file", None), S
    yield "outlook", "four weeks kept of two years", plain, few, "retention", ("kept by", None), S + 'retention = "2y";'
    yield "outlook", "its program writes to a deleted file", plain, left_behind, "writer", ("can be copied from", None), ""


# ---- legitimate
def age(path):
    old = os.stat(path).st_mtime - 60
    os.utime(path, (old, old))


def ring(c):
    c.write(lines_of("iso"))
    age(c.log)


def logrotate(c, how, times=1, check=True):
    conf = c.top + "/lr"
    with open(conf, "w") as f:
        f.write("%s {\n rotate 5\n size 1\n %s\n}\n" % (c.log, "\n ".join(how)))
    os.chmod(conf, 0o644)
    for _ in range(times):
        # by the computer's own calendar, as the probe's worker, whose environment has no TZ
        subprocess.run(["env", "-u", "TZ", "logrotate", "-s", c.top + "/lrs", "-f", conf], check=check,
                       capture_output=True)


def legitimates():
    for kind in FORMATS:
        start = lambda c, k=kind: c.write(lines_of(k))
        more = lambda c, k=kind, n=40: c.write(lines_of(k, n, N), mode="a")

        def half(c, k=kind):
            c.write(lines_of(k, 3, N), mode="a")
            c.write([FORMATS[k](N + 3)[:9]], mode="a")
        yield kind, "grows", start, more, ""
        yield kind, "an unfinished record", start, half, ""
        yield kind, "renamed, a new one begun", start, lambda c, k=kind: rotate(c, k, False), ""
        yield kind, "renamed and packed", start, lambda c, k=kind: rotate(c, k, True), ""
    iso = lambda c: c.write(lines_of("iso"))
    for how in (["create"], ["create", "compress"], ["compress", "delaycompress", "create"], ["copytruncate"],
                ["dateext", "create"], ["dateext", "dateformat -%Y%m%d-%s", "create", "compress"]):
        def run(c, h=how):
            logrotate(c, h)
            c.write(lines_of("iso", 30, N), mode="a")
        yield "logrotate", " ".join(how), iso, run, ""

    def weekly(c):
        for k in range(3):
            c.write(lines_of("iso", 20, N + 20 * k), mode="a")
            logrotate(c, ["create"])
        c.write(lines_of("iso", 5, N + 60), mode="a")
    yield "logrotate", "three times between two looks", iso, weekly, ""

    def aged(c):
        rotate(c, "iso", True)
        c.look()
        os.unlink(c.log + ".1.gz")
    yield "logrotate", "the oldest deleted", iso, aged, ""

    def restored(c):
        shutil.copy2(c.log, c.top + "/kept")
        os.unlink(c.log)
        shutil.copy2(c.top + "/kept", c.log)
    yield "iso", "restored from a backup, the same bytes", iso, restored, ""
    yield "iso", "touched", iso, lambda c: os.utime(c.log), ""
    yield "iso", "begun empty", lambda c: c.write([]), lambda c: c.write(lines_of("iso")), ""
    yield "iso", "a copy beside it", iso, lambda c: shutil.copy(c.log, c.log + ".bak"), ""
    yield "iso", "another log in the folder", iso, lambda c: c.write(lines_of("syslog"), c.logs + "/other.log"), ""

    def packed_anew(c):
        rotate(c, "iso", True)
        c.look()
        with gzip.open(c.log + ".1.gz", "rb") as i, lzma.open(c.log + ".1.xz", "wb") as o:
            o.write(i.read())
        os.unlink(c.log + ".1.gz")
    yield "iso", "an older file packed anew by another program", iso, packed_anew, ""

    def reboot(c):
        c.write(["type=DAEMON_START msg=audit(%d.000:9001): op=start\n" % when(N).timestamp()], mode="a")
        c.write(["type=SYSCALL msg=audit(%d.000:%d): uid=0\n" % (when(N + 1 + i).timestamp(), 1 + i) for i in range(20)], mode="a")
    yield "auditd", "numbers start again at a reboot", lambda c: c.write(lines_of("auditd")), reboot, ""

    def database(c):
        c.log = c.paths[0] = c.logs + "/lims.db"
        d = sqlite3.connect(c.log)
        d.execute("create table audit_trail(id integer primary key autoincrement, who text)")
        d.executemany("insert into audit_trail(who) values (?)", [("u%d" % i,) for i in range(N)])
        d.commit()
        d.close()

    def database_grows(c):
        d = sqlite3.connect(c.log, isolation_level=None)
        d.execute("insert into audit_trail(who) values ('x')")
        d.execute("vacuum")
        d.close()
    yield "sqlite", "grows, and VACUUM", database, database_grows, ""

    def days(c):
        c.paths = [c.logs + "/"]
        for i in range(30, 0, -1):
            day = (datetime.date.today() - datetime.timedelta(days=i)).isoformat()
            c.write(["a record\n"], "%s/trail-%s.csv" % (c.logs, day))

    def next_day(c):
        c.write(["a record\n"], "%s/trail-%s.csv" % (c.logs, datetime.date.today().isoformat()))
        old = sorted(glob.glob(c.logs + "/*.csv"))[5]
        with open(old, "rb") as i, gzip.open(old + ".gz", "wb") as o:
            o.write(i.read())
        os.unlink(old)
    yield "deposits", "the next day, an older one packed", days, next_day, 'format = "deposits";'
    def ring_on(first, n):
        def run(c):
            c.write(lines_of("iso", N + n)[first:])
            age(c.log)
        return run
    R = 'trimmed = "records";'
    yield "trimmed in front", "grows", ring, ring_on(0, 20), R
    yield "trimmed in front", "its oldest leave", ring, ring_on(40, 60), R
    yield "trimmed in front", "all but one leave", ring, ring_on(N - 1, 60), R
    yield "trimmed in front", "kept by bytes", ring, lambda c: (c.write([lines_of("iso")[39][9:]] + lines_of("iso", N + 60)[40:]), age(c.log)), 'trimmed = "bytes";'
    yield "newest first", "grows at its top", lambda c: c.write(list(reversed(lines_of("iso")))), lambda c: c.write(list(reversed(lines_of("iso", N + 30)))), ""


    # nothing to be set aside for, and records that are kept
    S = 'settings = [ "@/logrotate.conf" ]; settings_status = "@/logrotate.status"; retention = "%s";'

    def kept(lines, days, size=N):
        def run(c):
            now = datetime.datetime.now(datetime.timezone.utc)
            with open(c.top + "/logrotate.conf", "w") as f:
                f.write("%s {\n %s\n}\n" % (c.log, "\n ".join(lines)))
            os.chmod(c.top + "/logrotate.conf", 0o644)
            when = datetime.datetime.now() - datetime.timedelta(days=days)
            with open(c.top + "/logrotate.status", "w") as f:
                f.write('logrotate state -- version 2\n"%s" %d-%d-%d-6:25:1\n' % (c.log, when.year, when.month, when.day))
            c.write(["%s event=%d approved\n" % ((now - datetime.timedelta(minutes=size - i)).strftime("%Y-%m-%dT%H:%M:%SZ"), i) for i in range(size)], mode="a")
        return run
    empty = lambda c: c.write([])
    yield "outlook", "empty for months, its first records", empty, kept(["daily", "rotate 400", "notifempty"], 90), S % "1y"
    yield "outlook", "by its size, and it hardly grows", empty, kept(["size 1M", "rotate 9"], 200), S % "1d"
    yield "outlook", "a Monday after a quiet weekend", empty, kept(["daily", "rotate 400"], 3), S % "1y"
    yield "outlook", "all older files are kept", empty, kept(["weekly", "rotate -1"], 2), S % "9y"
    yield "outlook", "twelve months of a year", empty, kept(["monthly", "rotate 12"], 2), S % "365d"

    def opened_anew(c):
        with open(c.log, "a", buffering=1) as w:
            logrotate(c, ["create", "compress"])
        c.writer = open(c.log, "a", buffering=1)
        c.writer.write("".join(lines_of("iso", 5, N)))
    yield "outlook", "its program opens the next file", iso, opened_anew, ""


# ---- what comes of it
OUTLOOK = ("rotation-stopped", "retention", "writer")  # told in time: also what is only for the plan


def alarms(items):
    return [i for i in items if i["level"] in ("act", "stop") or (i["level"] != "ok" and (i.get("evidence") or {}).get("class") in OUTLOOK)]


def fits(items, want, place):
    wants = want if isinstance(want, tuple) else (want,)
    for i in alarms(items):
        e = i.get("evidence") or {}
        if e.get("class") not in wants:
            continue
        if place is None or (place[0] in e and (place[1] is None or str(e[place[0]]) == place[1])):
            return True
    return False


def line(ok, kind, name, said, peer):
    if ok and QUIET:
        return
    print("%-5s | %-18s | %-38s | %s%s" % ("ok" if ok else "WRONG", kind, name, said,
                                           "" if peer is None else " | AIDE: " + ("alarm" if peer else "silent")))


def run():
    bad = found = placed = silent = peer_found = peer_wolf = nt = nl = 0
    for kind, name, setup, change, want, place, options in tampers():
        c = Case(name, options)
        setup(c)
        before = alarms(c.look())
        c.peer(True)
        change(c)
        items = c.look()
        peer = c.peer(False)
        ok = fits(items, want, place) and not before
        nt += 1
        found += bool(alarms(items))
        placed += ok
        peer_found += bool(peer)
        bad += not ok
        said = "; ".join("%s %s: %s" % (i["level"], (i.get("evidence") or {}).get("class", "-"), i["summary"]) for i in alarms(items)) or "silent"
        line(ok, kind, name, ("BEFORE: %s; " % before[0]["summary"] if before else "") + said, peer)
        c.end()
    for kind, name, setup, change, options in legitimates():
        c = Case(name, options)
        setup(c)
        c.look()
        c.peer(True)
        change(c)
        items = c.look()
        peer = c.peer(False)
        again = alarms(c.look())
        ok = not alarms(items) and not again
        nl += 1
        silent += ok
        peer_wolf += bool(peer)
        bad += not ok
        line(ok, kind, name, "; ".join("%s: %s" % (i["level"], i["summary"]) for i in (alarms(items) or again)) or "silent", peer)
        c.end()
    print("%d tamper cases: %d found, %d with class and place%s" % (nt, found, placed, "; AIDE: %d alarms" % peer_found if PEER else ""))
    print("%d legitimate ones: %d silent%s" % (nl, silent, "; AIDE: %d alarms" % peer_wolf if PEER else ""))
    return 1 if bad else 0


sys.exit(run())
