# SPDX-License-Identifier: Apache-2.0
"""A forewarnd whose clocks run fast, with checks that change at every run."""
import os
import subprocess
import time

import rig


class Fast(rig.Rig):
    def __init__(self, programs, folder, rate, every, checks):
        super().__init__(programs, folder, 0)
        self.rate, self.every, self.checks = rate, every, checks
        for n in range(checks):
            with open(f"{folder}/c{n}", "w") as f:
                f.write("0\n")
            # says when it changed, on this machine's own clock
            with open(f"{folder}/c{n}.sh", "w") as f:
                f.write(f'#!/bin/sh\nread -r n <"{folder}/c{n}"\necho $((n + 1)) >"{folder}/c{n}"\n'
                        'echo "as it is at $(date +%s%N)"\nexit $((n == 0 ? 0 : n % 2 + 1))\n')
            os.chmod(f"{folder}/c{n}.sh", 0o755)

    def configure(self, sinks):
        checks = ",\n".join(
            f'{{ id = "c{n}"; title = "Thing {n}"; probe = "plugin"; confirm = 1; '
            f'every = "{self.every}"; timeout = "30min"; remind = "1y"; '
            f'command = [ "{self.folder}/c{n}.sh" ]; }}' for n in range(self.checks))
        to = ",\n".join(
            f'{{ id = "{name}"; type = "webhook"; url = "http://127.0.0.1:{port}/x"; '
            f'secret_file = "{self.folder}/secret"; }}' for name, port in sinks.items())
        with open(f"{self.folder}/c.conf", "w") as f:
            f.write(f'site = "lab";\nchecks = ( {checks} );\nsinks = ( {to} );\n')

    def start(self):
        super().start(TORTURE_RATE=self.rate)

    def runs(self):
        return sum(int(open(f"{self.folder}/c{n}").read() or 0) for n in range(self.checks))

    def rss(self):
        """KiB"""
        with open(f"/proc/{self.daemon.pid}/status") as f:
            return next(int(x.split()[1]) for x in f if x.startswith("VmRSS"))

    def descriptors(self):
        """Those that stay: runs and letters under way have some of their own."""
        return min(len(os.listdir(f"/proc/{self.daemon.pid}/fd")) for _ in range(50)
                   if not time.sleep(0.01))

    def size(self):
        """KiB of the state"""
        out = subprocess.run(["du", "-sk", self.state], stdout=subprocess.PIPE).stdout
        return int(out.split()[0])
