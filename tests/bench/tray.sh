#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The tray: memory, rest, from a change to its bubble, from a click to the acknowledgement.
# usage: tray.sh FOLDER-OF-PROGRAMS   (in a network of its own: unshare -n, lo up)
# IDLE_SECONDS, CHANGES: shorter runs.
B=$1
. "$(dirname "$0")/lib.sh"
idle=${IDLE_SECONDS:-60} changes=${CHANGES:-200}
for p in dbus-daemon gdbus; do
	command -v $p >/dev/null || { not_run "tray" "$p is not installed"; exit 0; }
done
export XDG_RUNTIME_DIR=$T/run HOME=$T/home DBUS_SESSION_BUS_ADDRESS=unix:path=$T/run/bus
unset DISPLAY XDG_SESSION_ID
mkdir -p "$T/run" "$T/home" "$T/p"
chmod 700 "$T/run"
cat >"$T/bus.conf" <<C
<busconfig><type>session</type><listen>unix:path=$T/run/bus</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>
C
dbus-daemon --config-file="$T/bus.conf" --nofork 2>/dev/null &
ends+=("kill $!")
mkfifo "$T/n.in" "$T/w.in"
for ((i = 0; i < 250; i++)); do [ -S "$T/run/bus" ] && break; sleep 0.02; done
"$B/tests/tools/desk" -w <>"$T/w.in" >"$T/w.out" &
ends+=("kill $!")
# each line of the server with the moment it came
"$B/tests/tools/desk" -n <>"$T/n.in" > >(while IFS= read -r l; do echo "$EPOCHREALTIME $l"; done >"$T/n.out") &
ends+=("kill $!")

# --- three checks (more at once end in a summary) that say when they saw what they saw
printf '#!/bin/bash\nread -r n <"$1"\n[ "$n" = 0 ] && echo fine && exit 0\necho "bad $n $EPOCHREALTIME"\nexit $((1 + n %% 2))\n' >"$T/p/plug"
chmod 755 "$T/p/plug"
{
	echo "checks = ("
	for i in 1 2 3; do
		echo 0 >"$T/p/$i"
		echo "$([ $i = 1 ] || echo ,) { id = \"l$i\"; title = \"L$i\"; probe = \"plugin\"; command = [ \"$T/p/plug\", \"$T/p/$i\" ]; every = \"EVERY\"; confirm = 1; }"
	done
	echo ");"
} >"$T/c.conf"
start() { # EVERY
	sed "s/EVERY/$1/" "$T/c.conf" >"$T/d.conf"
	"$B/forewarnd" -c "$T/d.conf" --state-dir "$T/state" --socket "$T/socket" 2>"$T/log" &
	daemon=$!
	for ((i = 0; i < 500; i++)); do grep -q watches "$T/log" && break; sleep 0.01; done
}
start 10min
"$B/forewarn-tray" --socket "$T/socket" 2>"$T/tray.log" &
tray=$!
ends+=("kill $tray")
sleep 8
ticks() { sed 's/.*) //' "/proc/$tray/stat" | awk '{ print $12 + $13 }'; }
wakes() { cat /proc/$tray/task/*/status | awk '/^(non)?voluntary_ctxt_switches/ { n += $2 } END { print n }'; }
t0=$(ticks) w0=$(wakes)
sleep "$idle"
cpu=$(calc "($(ticks) - $t0) * 100 / $(getconf CLK_TCK) / $idle" %.3f)
w1=$(wakes) # a helper thread may have ended meanwhile, and its count with it
wake=$(calc "($w1 > $w0 ? $w1 - $w0 : 0) / $idle" %.3f)
mem=$(calc "$(awk '/^VmRSS/ { print $2 }' /proc/$tray/status) / 1024" %.1f)
pss=$(calc "$(awk '/^Pss:/ { print $2 }' /proc/$tray/smaps_rollup) / 1024" %.1f)
row "tray: RSS" "<= 8 MB" "$mem MB" "PSS $pss MB" "$mem <= 8"
row "tray: of a core, at rest ($idle s)" "<= 0.05 %" "$cpu %" "" "$cpu <= 0.05"
row "tray: wake-ups, at rest" "0/s" "$wake/s" "" "$wake < 0.05"

# --- from the end of the run that saw it to the bubble
kill "$daemon" && wait "$daemon"
rm -rf "$T/state"
start 1s
sleep 6
for ((n = 1; n <= changes / 3; n++)); do
	for i in 1 2 3; do echo $n >"$T/p/$i"; done
	sleep 1.3
done
sleep 2
# the first bubble that says it: "MOMENT notify …|L1: bad 7 SEEN|…"
sed -nE 's/^([0-9.]+) notify [^|]*\|L[0-9]: bad ([0-9]+) ([0-9.]+)\|.*/\3 \1/p' "$T/n.out" |
	awk '!($1 in got) { got[$1] = 1; printf "%.3f\n", ($2 - $1) * 1000 }' >"$T/late"
count=$(wc -l <"$T/late")
p99=$(sort -n "$T/late" | awk '{ v[NR] = $1 } END { print v[int((NR * 99 + 99) / 100)] }')
p50=$(middle <"$T/late")
row "change to bubble, p99 of $count" "<= 1000 ms" "${p99:-none} ms" "median ${p50:-none} ms" "${count:-0} >= $changes * 0.8 && ${p99:-9999} <= 1000"

# --- from the click on "I saw this" until the bubble is taken off: acknowledged, and heard of
: >"$T/acks"
fw() { "$B/forewarn" alerts "$@" --socket "$T/socket"; }
for i in 1 2 3; do echo $((n | 1)) >"$T/p/$i"; done # stop
for ((round = 0; round < 3; round++)); do
	sleep 2.2
	for i in 1 2 3; do
		id=$(grep -a " notify [0-9]* [^|]*|L$i:" "$T/n.out" | tail -1 | cut -d' ' -f3)
		had=$(grep -ac " close $id\$" "$T/n.out")
		got=0 t0=$EPOCHREALTIME
		echo "click $id ack" 1<>"$T/n.in"
		for ((k = 0; k < 300; k++)); do
			[ "$(grep -ac " close $id\$" "$T/n.out")" -gt "$had" ] && got=1 && break
			sleep 0.01
		done
		[ $got = 0 ] || grep -a " close $id\$" "$T/n.out" | tail -1 | awk -v a="$t0" '{ printf "%.3f\n", ($1 - a) * 1000 }' >>"$T/acks"
	done
	# over, and then again: another alert
	for i in 1 2 3; do fw except l$i --for 9d --upto stop --reason r --approver q --measure m; done >/dev/null
	for k in $(fw -f json | jq -r '.exceptions[].number'); do fw unexcept "$k"; done >/dev/null
done
count=$(wc -l <"$T/acks")
worst=$(sort -n "$T/acks" | tail -1)
row "click to acknowledged, worst of $count" "<= 1000 ms" "$worst ms" "median $(middle <"$T/acks") ms" "${worst:-9999} <= 1000 && ${count:-0} >= 6"
kill "$daemon" && wait "$daemon"
