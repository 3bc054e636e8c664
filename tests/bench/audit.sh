#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A 1 GiB log: the first pass beside openssl dgst -sha256, then a second after one appended line.
# usage: audit.sh FOLDER-OF-PROGRAMS   BENCH_MIB=1024
B=$1
. "$(dirname "$0")/lib.sh"
mib=${BENCH_MIB:-1024}
if [ ! -x "$B/probe-audit" ]; then
	not_run "log of $mib MiB" "this build has no audit probe"
	exit 0
fi
room=$(df --output=avail -BM "$T" | tail -1 | tr -dc 0-9)
if [ "$room" -lt $((mib + 512)) ]; then
	not_run "log of $mib MiB" "only $room MiB are free in $T"
	exit 0
fi
line() { echo "type=USER_LOGIN msg=audit($1.120:$2): pid=811 uid=0 auid=1000 ses=3 subj=unconfined msg='op=login acct=\"maria\" exe=\"/usr/sbin/sshd\" hostname=hplc2 addr=10.0.0.7 terminal=ssh res=success'"; }
now=$(date +%s)
awk -v mib="$mib" -v now="$now" 'BEGIN {
	for (n = 1; size < mib * 1048576; n++) {
		s = sprintf("type=USER_LOGIN msg=audit(%d.120:%d): pid=811 uid=0 auid=1000 ses=3 subj=unconfined msg=\x27op=login acct=\"maria\" exe=\"/usr/sbin/sshd\" hostname=hplc2 addr=10.0.0.7 terminal=ssh res=success\x27", now - 6000000 + n, n)
		print s
		size += length(s) + 1
	}
}' >"$T/audit.log"
echo "checks = ( { id = \"a\"; probe = \"audit\"; paths = [ \"$T/audit.log\" ]; format = \"auto\"; timeout = \"60s\"; } );" >"$T/a.conf"
cat "$T/audit.log" >/dev/null # both read it from memory
ours() {
	rm -rf "$FOREWARN_STATE_DIR"
	"$B/forewarn" check -c "$T/a.conf" --format json
}
theirs() { openssl dgst -sha256 "$T/audit.log"; }
works ours
pair 3
row "log of $mib MiB, first pass" ">= 0.9 x" "$(calc "$their / $our") x, $(calc "$mib * 1000 / $our" %.0f) MiB/s" \
	"openssl dgst $(calc "$mib * 1000 / $their" %.0f) MiB/s" "$their / $our >= 0.9"
ours >/dev/null 2>&1 # leaves the state of a whole pass
last=$(tail -1 "$T/audit.log" | sed 's/.*:\([0-9]*\)).*/\1/')
for i in 1 2 3 4 5; do
	line "$now" $((last + i)) >>"$T/audit.log"
	cpu_ms "$B/forewarn" check -c "$T/a.conf" --format json
	echo
done >"$T/cpu"
cpu=$(middle <"$T/cpu")
row "  second pass, one line more" "<= 5 ms CPU" "$cpu ms" "command and worker" "$cpu <= 5"
