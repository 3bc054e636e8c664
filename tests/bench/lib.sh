# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# For the benchmarks. A row: what, target, measured, peer, verdict; to stdout through tests/bench/run.
set -u
passed=0 missed=0
T=$(mktemp -d) && chmod 755 "$T" # as root, plug-ins run as another user
ends=("rm -rf $T")
finish() {
	local i
	for ((i = ${#ends[@]} - 1; i >= 0; i--)); do eval "${ends[i]}" >/dev/null 2>&1; done
}
trap finish EXIT
export FOREWARN_STATE_DIR=$T/state

# median RUNS COMMAND…: milliseconds of wall time
median() {
	local runs=$1 i a
	shift
	for ((i = 0; i < runs; i++)); do
		a=${EPOCHREALTIME/./}
		"$@" >/dev/null 2>&1
		echo $((${EPOCHREALTIME/./} - a))
	done | sort -n | awk '{ v[NR] = $1 } END { printf "%.3f", v[int((NR + 1) / 2)] / 1000 }'
}
# pair RUNS: times `ours` and `theirs` (functions) in turn, so that both meet the same machine;
# leaves the medians in $our and $their, milliseconds
pair() {
	local i
	: >"$T/ours" >"$T/theirs"
	for ((i = 0; i < $1; i++)); do
		median 1 ours >>"$T/ours"
		echo >>"$T/ours"
		median 1 theirs >>"$T/theirs"
		echo >>"$T/theirs"
	done
	our=$(middle <"$T/ours") their=$(middle <"$T/theirs")
}
middle() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
# cpu_ms COMMAND…: user and system time of it and its children, milliseconds
cpu_ms() {
	local TIMEFORMAT='%3U %3S'
	{ time "$@" >/dev/null 2>&1; } 2>&1 | awk '{ printf "%.0f", ($1 + $2) * 1000 }'
}
# busy: the percentage of all processors' time that others take, over two seconds
busy() {
	{ head -1 /proc/stat && sleep 2 && head -1 /proc/stat; } | awk '
		{ all = 0; for (i = 2; i <= 9; i++) all += $i; idle = $5 + $6 }
		NR == 1 { a = all; b = idle }
		END { printf("%.0f", (all == a) ? 0 : 100 - 100 * (idle - b) / (all - a)) }'
}
calc() { awk "BEGIN { printf \"${2:-%.2f}\", $1 }"; }
# row WHAT TARGET MEASURED PEER 'awk condition'
row() {
	local verdict=reached
	awk "BEGIN { exit !($5) }" || verdict=MISSED
	printf '%-34s  %-16s  %-16s  %-30s  %s\n' "$1" "$2" "$3" "$4" "$verdict"
}
# not_run WHAT WHY
not_run() { printf '%-34s  %s\n' "$1" "not run: $2"; }
# works COMMAND…: a figure counts only when what is timed does its work: a result that is not unknown
works() {
	local level
	level=$("$@" 2>"$T/why" | jq -r '.results[0].level // "none"' 2>/dev/null)
	case $level in ok | plan | act | stop) return 0 ;; esac
	printf '%-34s  %s\n' "$(basename "$0")" "the check does not work (${level:-no result} $(head -1 "$T/why")): MISSED"
	exit 0
}
