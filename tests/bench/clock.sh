#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# One loopback clock as a whole process beside check_ntp_time, and 1,000 servers in one worker.
# usage: clock.sh FOLDER-OF-PROGRAMS   (in a network of its own: unshare -n, lo up)
B=$1
. "$(dirname "$0")/lib.sh"
peer=/usr/lib/nagios/plugins/check_ntp_time
"$B/tests/tools/ntp_responder" 20001-21000 21001,bad=silent >"$T/ready" &
ends+=("kill $!")
for ((i = 0; i < 250; i++)); do grep -q READY "$T/ready" && break; sleep 0.02; done

conf() { # FILE FIRST LAST
	echo "checks = ( { id = \"c\"; probe = \"clock\"; servers = [ $(seq -f '"127.0.0.1:%.0f"' -s ', ' "$2" "$3") ]; } );" >"$1"
}
conf "$T/one.conf" 20001 20001
conf "$T/many.conf" 20001 21000
ours() { "$B/forewarn" check -c "$T/one.conf" --format json; }
# what no command can be quicker than that starts a program for what it does not trust
floor() { /bin/true; /bin/true; }
theirs() { "$peer" -H 127.0.0.1 -p 20001; }
works ours
if [ -x "$peer" ]; then
	pair 51
	row "one clock, whole command" "<= 4 ms" "$(calc "$our") ms" \
		"check_ntp_time $(calc "$their") ms, x $(calc "$our / $their")" "$our <= 4"
else
	our=$(median 51 ours)
	row "one clock, whole command" "<= 4 ms" "$(calc "$our") ms" "check_ntp_time is not installed" "$our <= 4"
fi
floor=$(median 51 floor)
row "starting two empty programs" "-" "$(calc "$floor") ms" "the floor of one clock, x $(calc "$our / $floor")" 1
conf "$T/dead.conf" 21001 21001
sed -i 's/ }/ timeout = "2s"; }/' "$T/dead.conf"
dead() { "$B/forewarn" check -c "$T/dead.conf" --format json; }
dead=$(median 3 dead)
row "a dead server, timeout 2 s" "<= 2020 ms" "$(calc "$dead" %.0f) ms" "-" "$dead <= 2020"
for ((i = 0; i < 7; i++)); do
	"$B/forewarn" check -c "$T/many.conf" --format json >"$T/json" 2>&1
	jq -r '.results[0].took_ms' "$T/json"
done >"$T/took"
took=$(middle <"$T/took")
samples=$(jq '[.results[0].items[] | select(.rule == "clock.server") | .evidence.samples | tonumber] | add' "$T/json")
row "1,000 servers, one worker" ">= 10,000/s" "$(calc "1e6 / $took" %.0f)/s" "$samples samples taken" \
	"1e6 / $took >= 10000 && $samples >= 4000"

# ---- authenticated time against a real chronyd: TLS, keys and four samples, in the worker
PATH=$PATH:/usr/sbin
if ! chronyd -v 2>/dev/null | grep -q '+NTS'; then
	not_run "NTS: keys and 4 samples" "chronyd with NTS is not installed"
	exit 0
fi
S=$(dirname "$0")/..
. <(sed -n '/^make_ca()/,/^}/p; /^make_cert()/,/^}/p; /^asn1_in()/,/^}/p' "$S/sys/lib.sh")
make_ca "$T/ca"
make_cert "$T/ca" good "$(asn1_in -30)" "$(asn1_in 400)" "DNS:localhost,IP:127.0.0.1"
mkdir -m 700 "$T/dump"
printf '%s\n' 'port 11123' 'bindaddress 127.0.0.1' 'allow 127.0.0.1' 'local stratum 3' 'cmdport 0' 'bindcmdaddress /' \
	"pidfile $T/chronyd.pid" 'ntsport 14460' "ntsserverkey $T/ca/good.key" "ntsservercert $T/ca/good.crt" \
	"ntsdumpdir $T/dump" 'ntsprocesses 1' >"$T/chronyd.conf"
chronyd -4 -x -d -U -u "$(id -un)" -f "$T/chronyd.conf" >"$T/chronyd.log" 2>&1 &
ends+=("kill $!")
for ((i = 0; i < 250; i++)); do (exec 3<>/dev/tcp/127.0.0.1/14460) 2>/dev/null && break; sleep 0.02; done
echo "checks = ( { id = \"c\"; probe = \"clock\"; servers = [ \"nts://127.0.0.1:14460\" ]; trust = \"$T/ca/ca.crt\"; } );" >"$T/nts.conf"
chmod 600 "$T/nts.conf"
for ((i = 0; i < 31; i++)); do
	"$B/forewarn" check -c "$T/nts.conf" --format json >"$T/json" 2>&1
	jq -r '.results[0].took_ms' "$T/json"
done >"$T/took"
samples=$(jq '[.results[0].items[] | select(.rule == "clock.server") | .evidence.samples | tonumber] | add' "$T/json")
row "NTS: keys and 4 samples" "<= 10 ms" "$(calc "$(middle <"$T/took")") ms" "the whole worker, $samples samples" \
	"$(middle <"$T/took") <= 10 && $samples == 4"
