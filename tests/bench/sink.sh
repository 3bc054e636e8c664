#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Letters to one healthy loopback receiver, signed, by the largest batch, beside curl's own tool with
# one process and one connection for all of them.
# usage: sink.sh FOLDER-OF-PROGRAMS   (in a network of its own: unshare -n, lo up)
B=$1
. "$(dirname "$0")/lib.sh"
export SINK_PROGRAM=$B/forewarn-sink
n=1024
"$B/tests/tools/hookd" >"$T/port" &
ends+=("kill $!")
for ((i = 0; i < 250; i++)); do [ -s "$T/port" ] && break; sleep 0.02; done
url="http://127.0.0.1:$(cat "$T/port")/x"
echo whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw >"$T/secret" && chmod 600 "$T/secret"
echo "checks = ( { id = \"c\"; probe = \"plugin\"; command = [ \"/bin/true\" ]; } ); sinks = ( { id = \"s\"; type = \"webhook\"; url = \"$url\"; secret_file = \"$T/secret\"; } );" >"$T/s.conf"
body=$(head -c 900 /dev/zero | tr '\0' x)
for ((i = 0; i < n; i++)); do printf 'e%d\tk%d\tapplication/json\t%s\n' "$i" $((i % 100)) "$body"; done >"$T/many"
sed 's/\tk[0-9]*\t/\tk\t/' "$T/many" >"$T/chain"
for ((i = 0; i < n; i++)); do printf 'next\nurl = "%s"\ndata = "%s"\noutput = /dev/null\n' "$url" "$body"; done >"$T/curlrc"
ours() { "$B/tests/tools/post" "$T/s.conf" s <"$T/many" >"$T/out" && [ "$(grep -c delivered "$T/out")" = $n ]; }
chain() { "$B/tests/tools/post" "$T/s.conf" s <"$T/chain" >"$T/out" && [ "$(grep -c delivered "$T/out")" = $n ]; }
theirs() { curl -s -K "$T/curlrc"; }
if ! ours || ! chain; then
	echo "sink.sh: not every letter was taken: MISSED"
	exit 1
fi
if command -v curl >/dev/null; then
	pair 11
	peer="curl, unsigned: $(calc "$n * 1000 / $their" %.0f)/s, x $(calc "$their / $our")"
else
	our=$(median 11 ours)
	peer="curl is not installed"
fi
row "letters, 100 order keys" ">= 2,000/s" "$(calc "$n * 1000 / $our" %.0f)/s" "$peer" "$n * 1000 / $our >= 2000"
one=$(median 11 chain)
row "letters, one after another" ">= 2,000/s" "$(calc "$n * 1000 / $one" %.0f)/s" "" "$n * 1000 / $one >= 2000"
