# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# For the tests of sinks, after lib.sh: a scripted receiver, and a daemon that is played.
export SINK_PROGRAM=$B/forewarn-sink
secret=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw

# stop PID: ends a server of this test. Only while it is still our running child: a number that was
# free for a moment may already be somebody else's.
stop() {
	jobs -rp | grep -qx "$1" || return 0
	kill "$1"
	wait "$1" 2>/dev/null
}
# hook NAME [hookd options]: starts one; its port in $port, its requests in $T/NAME.req
hook() {
	local name=$1
	shift
	"$B/tests/tools/hookd" -o "$T/$name.req" "$@" >"$T/$name.port" 2>"$T/$name.err" &
	hook_pid=$!
	at_end stop "$hook_pid"
	wait_for "[ -s '$T/$name.port' ]"
	port=$(head -1 "$T/$name.port")
	req=$T/$name.req
}
# answers LINE…: a script for -a, in $T/script
answers() { printf '%s\n' "$@" >"$T/script"; }
# sink 'options': a configuration with one sink of id s
sink() { echo "checks = ( { id = \"a\"; probe = \"plugin\"; command = [ \"/bin/true\" ]; } ); sinks = ( { id = \"s\"; $1 } );" >"$T/s.conf"; }
# webhook [options]: the same for a webhook to $port on loopback
webhook() { sink "type = \"webhook\"; url = \"http://127.0.0.1:$port/x\"; ${1:-}"; }
# letter ID KEY [BODY]
letter() { printf '%s\t%s\tapplication/json\t%s\n' "$1" "$2" "${3:-{\"a\":1\}}"; }
# post [post options] <LETTERS: answers in $out, exit in $rc
post() {
	out=$("$B/tests/tools/post" "$T/s.conf" s "$@" 2>"$T/.err")
	rc=$?
	[ -s "$T/.err" ] && out="$out$(cat "$T/.err")"
}
# one [post options]: sends one letter; its fields in $outcome $status $wait $offset $reason
one() {
	post "$@" < <(letter e1 k)
	IFS=$'\t' read -r _ outcome status wait offset reason < <(head -1 <<<"$out")
	export outcome status wait offset reason
}
# ids FILE: the webhook-ids in the order they came
ids() { sed -n 's/^webhook-id: //p' "$1" 2>/dev/null | tr '\n' ' '; }
