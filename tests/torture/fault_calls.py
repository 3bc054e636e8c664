# SPDX-License-Identifier: Apache-2.0
"""The calls of forewarn in which calls fail, and what may come of each: the right result, or an error."""
import json
import os
import re
import shutil

import fault


class Flow:
    """args: of forewarn. want: the exit code without a fault. Outputs of it are RUN/out*."""
    program, child = "forewarn", False
    at_a_time = 2
    most = 2000  # points of a sweep that is not a sample
    want, may = 0, ()

    def __init__(self, scene):
        self.scene = scene
        self.reference = None

    def prepare(self, folder):
        """Anew before each run, in its own folder."""

    def args(self, folder):
        raise NotImplementedError

    def forewarn(self, folder, env):
        return f"{self.scene.programs}/forewarn"

    def go(self, folder, env):
        self.prepare(folder)
        return fault.run([self.forewarn(folder, env), *self.args(folder)],
                         {**fault.clean(folder), **self.scene.env, **env}, folder)

    def verdict(self, o, folder):
        """None, or what is wrong."""
        return fault.bad_end(o) or self.ended(o, folder) or self.left(folder)

    def ended(self, o, folder):
        if o.code >= 64 or o.code in self.may:
            return None
        if o.code != self.want:
            return f"false result: ended with {o.code}, not {self.want}"
        return None if fault.plain(o.out) == fault.plain(self.reference.out) else \
            f"false result: other words than without a fault: {o.out!r}"

    def left(self, folder):
        """What lies there that should not."""
        names = [n for n in os.listdir(folder) if n.startswith(".out") and n != ".out"]
        return f"left behind: {names}" if names and not self.many else None

    many = False  # set by the sweep: an unlink may have failed too


class Check(Flow):
    name, want, may = "check", 2, (3,)

    def args(self, folder):
        return ["check", "-c", self.scene.conf]

    def ended(self, o, folder):
        if o.code == 3 or re.search(r"^[?] unknown", o.out, re.M):
            return "false ok" if "fine" in o.out.split("\n")[1].lower() else None
        return super().ended(o, folder)


class CheckJson(Check):
    name = "check --format json"

    def args(self, folder):
        return [*super().args(folder), "--format", "json"]

    def ended(self, o, folder):
        if o.code >= 64:
            return None
        levels = {r["check"]: r["level"] for r in json.loads(o.out)["results"]}
        if set(levels) != {"bad", "good", "cert"}:
            return f"false result: {levels}"
        if levels["bad"] not in ("stop", "unknown") or o.code not in (2, 3):
            return f"false ok: {levels}, {o.code}"
        return None


class CheckFile(Check):
    """--output: the old file or the new one, whole."""
    name = "check --format html --output"

    def prepare(self, folder):
        with open(f"{folder}/out.html", "w") as f:
            f.write("old")

    def args(self, folder):
        return ["check", "-c", self.scene.conf, "--format", "html", "--output", f"{folder}/out.html"]

    def ended(self, o, folder):
        text = open(f"{folder}/out.html").read()
        if text != "old" and not text.rstrip().endswith("</html>"):
            return f"half-written: {len(text)} bytes"
        if o.code < 64 and text == "old":
            return "false ok: nothing was written"
        return None if o.code >= 64 or o.code in (2, 3) else f"false ok: {o.code}"


class ConfigCheck(Flow):
    name, want = "config check", 0

    def args(self, folder):
        return ["config", "check", self.scene.conf]

    def ended(self, o, folder):
        """What could not be looked at may be a warning."""
        told = [line for line in o.out.split("\n") if "cannot look at it" not in line]
        return super().ended(o._replace(out="\n".join(told)), folder)


class ConfigChild(ConfigCheck):
    """In the process that parses: the other one says so."""
    name, child = "config check, where it parses", True

    def ended(self, o, folder):
        if o.code == 78 and "could not be read" not in o.out and "memory" not in o.out:
            return f"false result: {o.out!r}"
        return super().ended(o, folder)


class Init(Flow):
    name, want = "init -o", 0
    text = None

    def args(self, folder):
        return ["init", "--root", self.scene.tree, "-o", f"{folder}/out.conf"]

    def ended(self, o, folder):
        path = f"{folder}/out.conf"
        text = open(path).read() if os.path.exists(path) else None
        self.text = self.text or text
        if text is not None and "could not be looked at" in text and "could not be looked at" in o.err:
            return None
        if text is not None and fault.plain(text) != fault.plain(self.text):
            return f"half-written: {len(text)} of {len(self.text)} bytes, ended with {o.code}"
        if o.code == 0 and text is None:
            return "false ok: nothing was written"
        return None if o.code in (0, 71, 73, 74) else f"ended with {o.code}"


class SecretNew(Flow):
    name, form = "secret new -o", r"whsec_[A-Za-z0-9+/]{43}=\n?"
    extra = ()

    def args(self, folder):
        return ["secret", "new", *self.extra, "-o", f"{folder}/out.secret"]

    def ended(self, o, folder):
        path = f"{folder}/out.secret"
        if not os.path.exists(path):
            return "false ok: nothing was written" if o.code == 0 else None
        if not re.fullmatch(self.form, open(path).read()):
            return f"half-written: {os.path.getsize(path)} bytes"
        return None if os.stat(path).st_mode & 0o77 == 0 else "others may read it"


class SecretPair(SecretNew):
    """In the cell that makes the keys."""
    name, form, extra = "secret new --ed25519, its cell", r"whsk_[A-Za-z0-9+/]{86}==\n?", ("--ed25519",)
    program = "forewarn-sink"

    def forewarn(self, folder, env):
        return cell(self, folder, env)


class Worker(Check):
    """In a worker: what it should have measured is unknown then."""

    def __init__(self, scene, probe):
        super().__init__(scene)
        self.program = f"probe-{probe}"
        self.name = f"check, its worker {probe}"

    def forewarn(self, folder, env):
        return cell(self, folder, env)


def cell(flow, folder, env):
    """A forewarn whose cell of that name is started with env, and with nothing of it itself."""
    os.makedirs(f"{folder}/bin")
    for n in os.listdir(flow.scene.programs):
        path = f"{flow.scene.programs}/{n}"
        if os.path.isfile(path) and os.access(path, os.X_OK) and n not in ("forewarn", flow.program):
            os.symlink(path, f"{folder}/bin/{n}")
    with fault.spawning:
        shutil.copy(f"{flow.scene.programs}/forewarn", f"{folder}/bin/forewarn")
        with open(f"{folder}/bin/{flow.program}", "w") as f:
            f.write("#!/bin/sh\n" + "".join(f"export {k}='{v}'\n" for k, v in env.items())
                    + f"exec '{flow.scene.programs}/{flow.program}'\n")
        os.chmod(f"{folder}/bin/{flow.program}", 0o755)
    env.clear()
    return f"{folder}/bin/forewarn"


class Asking(Flow):
    """What asks a daemon that runs undisturbed, and knows that one thing must stop."""
    want = 2
    calls = ()

    def __init__(self, scene, name, *calls):
        super().__init__(scene)
        self.name, self.calls = name, calls

    def args(self, folder):
        return [*self.calls, "--socket", self.scene.daemon.socket]

    def ended(self, o, folder):
        if o.code == 3:  # no daemon answers: said, and not on the standard output
            return None if not o.out.strip() and o.err.strip() else f"false result: {o.out!r}"
        return super().ended(o, folder)


class Note(Asking):
    """Taking an alert: what was said to be done is done."""
    want, at_a_time = 0, 1

    def __init__(self, scene):
        super().__init__(scene, "alerts ack")

    def args(self, folder):
        self.scene.notes += 1
        note = f"note {self.scene.notes} of {folder}"
        with open(f"{folder}/note", "w") as f:
            f.write(note)
        return ["alerts", "ack", "bad", "--note", note, "--socket", self.scene.daemon.socket]

    def ended(self, o, folder):
        if o.code != 0:
            return None
        known = self.scene.daemon.ask("alerts", "--format", "json").out
        return None if open(f"{folder}/note").read() in known else "false ok: it was not taken"


def all_calls(scene):
    return [Check(scene), CheckJson(scene), CheckFile(scene), ConfigCheck(scene), ConfigChild(scene),
            Init(scene), SecretNew(scene), SecretPair(scene), Worker(scene, "cert"),
            Worker(scene, "plugin"), Asking(scene, "status", "status"),
            Asking(scene, "status --format html", "status", "--format", "html"),
            Asking(scene, "alerts", "alerts"), Note(scene)]
