# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# For the tests of forewarnd, after lib.sh and sink-lib.sh. Checks are little programs whose state is
# a file: state NAME 0|1|2 [words]. The configuration is gathered in $checks and $sinks.
checks= sinks= D=$T/daemon daemon_pid=
mkdir -p "$D"
printf '%s\n' "$secret" >"$T/secret"
chmod 600 "$T/secret"

# That something is over is told two minutes after it was last seen bad (POLICY_CALM), which is as long
# as wait_for waits: give that more time.
state() {
	printf '%s %s\n' "$2" "${3:-as it is}" >"$T/st.new"
	mv "$T/st.new" "$D/$1"
}
# plug NAME [options]: a check that runs every second
plug() {
	[ -f "$D/$1" ] || state "$1" 0
	printf '#!/bin/sh\nread -r code words <"%s"\necho "$words"\nexit "$code"\n' "$D/$1" >"$D/$1.sh"
	chmod 755 "$D/$1.sh"
	case ${2:-} in *confirm*) ;; *) set -- "$1" "${2:-} confirm = 1;" ;; esac
	checks+=" { id = \"$1\"; title = \"Thing $1\"; probe = \"plugin\"; command = [ \"$D/$1.sh\" ]; every = \"1s\"; ${2:-} },"
}
# to ID PORT [options]: a webhook
to() { sinks+=" { id = \"$1\"; type = \"webhook\"; url = \"http://127.0.0.1:$2/x\"; secret_file = \"$T/secret\"; ${3:-} },"; }
# without a sink of the test's own, one that a computer with a screen has: nobody told is a finding
configure() {
	local tell=${sinks%,}
	[ -n "$tell" ] || tell=' { id = "desk"; type = "desktop"; }'
	printf 'site = "lab";\nchecks = (%s );\nsinks = (%s );\n' "${checks%,}" "$tell" >"$D/c.conf"
}
# daemon [command before it]: starts it, waits until it is ready
daemon() {
	: >"$D/log"
	"$@" "$B/forewarnd" -c "$D/c.conf" --state-dir "$D/state" --socket "$D/socket" >>"$D/log" 2>&1 &
	daemon_pid=$!
	at_end kill "$daemon_pid"
	# it says what it watches a moment before it can be asked
	wait_for "grep -q 'watches' '$D/log' && ! '$B/forewarn' alerts --socket '$D/socket' 2>&1 | grep -q 'does not run here'"
}
stop_daemon() {
	kill "${1:--TERM}" "$daemon_pid" 2>/dev/null
	wait "$daemon_pid" 2>/dev/null
	daemon_rc=$?
}
# events FILE: the bodies of all requests, one JSON a line
events() { grep -a '^{' "$1" 2>/dev/null; }
# told FILE 'jq filter': of each event
told() { events "$1" | jq -r "$2" 2>/dev/null; }
# alerts_of FILE CHECK: kinds and levels in the order they came
alerts_of() { told "$1" "select(.subject == \"$2\") | \"\(.type | ltrimstr(\"forewarn.alert.\")):\(.data.level)\"" | tr '\n' ' '; }
