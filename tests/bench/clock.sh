#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# One loopback clock as a whole process beside check_ntp_time, and 1,000 servers in one worker.
# usage: tests/bench/clock.sh build/release   (in a network of its own: unshare -n, lo up)
set -u
B=$1 T=$(mktemp -d) runs=${RUNS-100}
peer=/usr/lib/nagios/plugins/check_ntp_time
trap 'kill $server; rm -rf "$T"' EXIT
export FOREWARN_STATE_DIR=$T/state
"$B/tests/tools/ntp_responder" 20001-21000 >"$T/ready" &
server=$!
for ((i = 0; i < 250; i++)); do grep -q READY "$T/ready" && break; sleep 0.02; done

conf() { # FILE FIRST LAST
	local list
	list=$(seq -f '"127.0.0.1:%.0f"' -s ', ' "$2" "$3")
	echo "checks = ( { id = \"c\"; probe = \"clock\"; servers = [ $list ]; } );" >"$1"
}
# time_of COMMAND…: milliseconds, the median of $runs
time_of() {
	local i a b
	for ((i = 0; i < runs; i++)); do
		a=${EPOCHREALTIME/./}
		"$@" >/dev/null 2>&1
		b=${EPOCHREALTIME/./}
		echo $((b - a))
	done | sort -n | awk '{ v[NR] = $1 } END { printf "%.2f", v[int((NR + 1) / 2)] / 1000 }'
}
conf "$T/one.conf" 20001 20001
conf "$T/many.conf" 20001 21000
one=$(time_of "$B/forewarn" check -c "$T/one.conf" --format json)
echo "clock: one loopback server, whole command, median of $runs: $one ms"
if [ -x "$peer" ]; then
	other=$(time_of "$peer" -H 127.0.0.1 -p 20001)
	echo "clock: check_ntp_time, the same server, in the same run: $other ms"
	awk -v a="$one" -v b="$other" 'BEGIN { printf "clock: ratio to check_ntp_time: %.2f\n", a / b }'
fi
runs=7
many=$(time_of "$B/forewarn" check -c "$T/many.conf" --format json)
"$B/forewarn" check -c "$T/many.conf" --format json >"$T/out.json" 2>&1
worker=$(jq -r '.results[0].took_ms' "$T/out.json")
awk -v m="$many" -v w="$worker" 'BEGIN {
	printf "clock: 1,000 servers x 4 samples, whole command, median: %.1f ms = %.0f servers/s\n", m, 1e6 / m
	if (w > 0) printf "clock: 1,000 servers x 4 samples, the worker: %.1f ms = %.0f servers/s\n", w, 1e6 / w }'
echo "clock: samples taken: $(jq '[.results[0].items[] | select(.rule == "clock.server") | .evidence.samples | tonumber] | add' "$T/out.json")" \
	"bound of the majority: $(jq -r '.results[0].items[0].metrics[0].bound' "$T/out.json") s"
