#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A 1 GiB log: the first pass and a comparison beside openssl dgst -sha256, then one appended line; and
# 1,000 logs that did not change.
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
conf() { echo "checks = ( { id = \"a\"; probe = \"audit\"; paths = [ \"$1\" ]; timeout = \"60s\"; } );" >"$2"; }
conf "$T/audit.log" "$T/a.conf"
cat "$T/audit.log" >/dev/null # both read it from memory
theirs() { openssl dgst -sha256 "$T/audit.log"; }
look() { "$B/forewarn" check -c "$T/a.conf" --format json; }
ours() {
	rm -rf "$FOREWARN_STATE_DIR"
	look
}
# beside WHAT TIMES: `ours` against openssl, as so many times as fast
beside() {
	pair 5
	row "$1" ">= $2 x" "$(calc "$their / $our") x, $(calc "$mib * 1000 / $our" %.0f) MiB/s" \
		"openssl dgst $(calc "$mib * 1000 / $their" %.0f) MiB/s" "$their / $our >= $2"
}
works ours
rss() { /usr/bin/time -f %M "$@" 2>&1 >/dev/null | tail -1; }
others=$(busy)
why=
[ "$(nproc)" -ge 2 ] || why="the targets are for two processors, and there is one"
[ "$others" -le 10 ] || why="other programs take $others % of the processors, and openssl needs only one of them"
if [ -n "$why" ]; then
	not_run "log of $mib MiB, first pass" "$why"
	not_run "  without the sidecar" "$why"
	not_run "  all of it compared again" "$why"
else
	beside "log of $mib MiB, first pass" 1.2
	# a folder in the place of the key: no sidecar can be had
	ours() {
		rm -rf "$FOREWARN_STATE_DIR"
		mkdir -p -m 700 "$FOREWARN_STATE_DIR"
		mkdir -m 700 "$FOREWARN_STATE_DIR/checks"{,/a{,/side.key}}
		look
	}
	beside "  without the sidecar" 1.6
	rm -rf "$FOREWARN_STATE_DIR"
	look >/dev/null 2>&1
	ours() { # the time of the file moved, and it did not grow: all of it is compared
		touch "$T/audit.log"
		look
	}
	beside "  all of it compared again" 1.8
fi
rm -rf "$FOREWARN_STATE_DIR"
if [ -x /usr/bin/time ]; then
	kib=$(rss "$B/forewarn" check -c "$T/a.conf" --format json)
	row "  memory of either program" "<= 16 MiB" "$(calc "$kib / 1024" %.1f) MiB" "RSS, first pass" "$kib <= 16384"
else
	not_run "  memory of either program" "there is no /usr/bin/time"
	look >/dev/null 2>&1
fi

# ---- one line more, beside the same command over a log of a few lines: what it takes to start
mkdir "$T/few"
head -3 "$T/audit.log" >"$T/few/audit.log"
conf "$T/few/audit.log" "$T/few.conf"
few() { "$B/forewarn" check -c "$T/few.conf" --state-dir "$T/few/state" --format json; }
few >/dev/null 2>&1
last=$(tail -1 "$T/audit.log" | sed 's/.*:\([0-9]*\)).*/\1/')
for i in {1..9}; do
	line "$now" $((last + i)) | tee -a "$T/audit.log" >>"$T/few/audit.log"
	cpu_ms look && echo
	cpu_ms few >&3 && echo >&3
done >"$T/cpu" 3>"$T/floor"
mean() { awk '{ s += $1 } END { printf "%.1f", s / NR }' "$1"; } # a clock of whole ms, nine times
cpu=$(mean "$T/cpu") floor=$(mean "$T/floor")
row "  one line more" "<= 2 ms CPU more" "$(calc "$cpu - $floor" %.1f) ms" "$floor ms to start both" \
	"$cpu - $floor <= 2"
# read_of FOLDER COMMAND…: bytes that were read of the files in a folder, by all processes; -1: no strace
read_of() {
	command -v strace >/dev/null || { echo -1 && return; }
	strace -f -qq -y -e trace=read,pread64,readv,preadv,mmap -o "$T/calls" "${@:2}" >/dev/null 2>&1
	awk -v at="<$1/" 'index($0, at) && / = [0-9]+$/ && !/mmap/ { n += $NF } /mmap/ && index($0, at) { n += 1e9 }
		END { print n + 0 }' "$T/calls"
}
line "$now" $((last + 10)) >>"$T/audit.log"
mkdir "$T/log" && mv "$T/audit.log" "$T/log/" && conf "$T/log/audit.log" "$T/a.conf"
ours() { look; }
look >/dev/null 2>&1 # under its new name
line "$now" $((last + 11)) >>"$T/log/audit.log"
bytes=$(read_of "$T/log" "$B/forewarn" check -c "$T/a.conf" --format json)
if [ "$bytes" -ge 0 ]; then
	row "  read of it for that" "<= 128 KiB" "$(calc "$bytes / 1024" %.0f) KiB" "strace" "$bytes <= 131072"
else
	not_run "  read of it for that" "there is no strace"
fi
rm -rf "$T/log" "$FOREWARN_STATE_DIR"

# ---- 1,000 logs in which nothing happened
mkdir "$T/quiet"
for ((i = 0; i < 1000; i++)); do
	printf '2026-11-29T08:1%d:00Z host prog: a record\n' 1 2 3 4 5 >"$T/quiet/log$i.log"
done
touch -d '1 hour ago' "$T"/quiet/*.log "$T/quiet"
conf "$T/quiet/*.log" "$T/a.conf"
works look
wall=$(median 9 look)
row "1,000 quiet logs" "<= 60 ms" "$(calc "$wall" %.0f) ms" "one check" "$wall <= 60"
bytes=$(read_of "$T/quiet" "$B/forewarn" check -c "$T/a.conf" --format json)
[ "$bytes" -lt 0 ] && not_run "  read of them" "there is no strace" ||
	row "  read of them" "0 bytes" "$bytes bytes" "strace" "$bytes == 0"
if [ -x /usr/bin/time ]; then
	kib=$(rss "$B/forewarn" check -c "$T/a.conf" --format json)
	row "  memory of either program" "<= 16 MiB" "$(calc "$kib / 1024" %.1f) MiB" "RSS" "$kib <= 16384"
else
	not_run "  memory of either program" "there is no /usr/bin/time"
fi
