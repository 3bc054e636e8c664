# SPDX-License-Identifier: Apache-2.0
"""What must hold of the disk that a power cut leaves, and of a forewarnd that goes on with it."""
import signal
import time

import rig


def receivers(r, name, answers=None):
    rec = {"good": rig.Receiver(r.programs, r.folder, f"{name}-good"),
           "flaky": rig.Receiver(r.programs, r.folder, f"{name}-flaky", answers)}
    r.configure({n: x.port for n, x in rec.items()})
    return rec


def until(got, when):
    """What a sink had been sent, and what it had taken, before that moment."""
    sent = [g for g in got if g.at < when]
    return sent, {g.event["id"]: g.event for g in sent if 200 <= g.status < 300}


def judge(state, got, when, noted=None):
    """The cut was at `when`, or between it and `noted`."""
    for name in got:
        top = max((rig.sequence(g.event) for g in until(got[name], when)[0]), default=0)
        rig.must(state.sequence >= top, f"{name} was sent event {top}, the disk knows {state.sequence}")
        rig.accounted(name, state, until(got[name], noted or when)[1])


def go_on(r, state, got, when, folder_of_cut):
    """A forewarnd on what is left. when: the latest moment at which the cut can have been."""
    rec = receivers(r, f"cut-{when}")
    watches = {name: rig.Watch(name) for name in rec}
    for name in rec:
        for g in until(got[name], when)[0]:
            # numbers that the disk does not know are given once more
            if rig.sequence(g.event) <= state.sequence:
                watches[name].add([g])
    r.start(state=folder_of_cut)
    try:
        end = time.monotonic() + 20
        waiting = {name: set(state.letters[name]) for name in rec}
        while any(waiting.values()) and time.monotonic() < end:
            time.sleep(0.05)
            for name, x in rec.items():
                new = x.read()
                watches[name].add(new, state)
                waiting[name] -= {g.event["id"] for g in new}
        r.end(signal.SIGTERM)
        after = rig.copy_state(folder_of_cut, f"{r.folder}/copy")
        for name, x in rec.items():
            watches[name].add(x.read(), state)
            rig.accounted(name, after, watches[name].took)
    finally:
        r.end()
        for x in rec.values():
            x.stop()


def judged(name, mode, seed, cuts, one, got):
    """one(n, cut) raises where something is lost: mode full ends there, in the others some must.
    got: what the receivers got. Reports; the exit code."""
    broken = n = 0
    why = ""
    for n, c in enumerate(cuts, 1):
        try:
            one(n, c)
        except Exception as e:  # a database that does not open is a loss too
            broken += 1
            why = f"cut {n}: {e}"
            if mode == "full":
                rig.report(f"{name}: seed {seed}: BROKEN: {why}")
                return 1
    told = max(rig.sequence(g.event) for g in got["good"])
    rig.report(f"{name} {mode}: seed {seed}: {n} cuts, {told} events, {broken} with a loss"
               f"{': ' + why if why else ''}")
    if mode == "full" or broken:
        return 0
    rig.report(f"{name}: nothing was lost where something must be: this test sees nothing")
    return 1
