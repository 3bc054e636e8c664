#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The daemon: start, rest, from a change to the receiver, a full outbox.
# usage: daemon.sh FOLDER-OF-PROGRAMS   (in a network of its own: unshare -n, lo up)
# IDLE_SECONDS, CHANGES: shorter runs.
B=$1
. "$(dirname "$0")/lib.sh"
idle=${IDLE_SECONDS:-120} changes=${CHANGES:-200} checks=100
secret=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
echo "$secret" >"$T/secret" && chmod 600 "$T/secret"
"$B/tests/tools/hookd" -o "$T/got" >"$T/port" &
ends+=("kill $!")
for ((i = 0; i < 250; i++)); do [ -s "$T/port" ] && break; sleep 0.02; done
sink="{ id = \"s\"; type = \"webhook\"; url = \"http://127.0.0.1:$(cat "$T/port")/x\"; secret_file = \"$T/secret\"; }"
start() { # configuration
	: >"$T/log"
	"$B/forewarnd" -c "$1" --state-dir "$T/state" --socket "$T/socket" 2>>"$T/log" &
	pid=$!
	for ((i = 0; i < 2000; i++)); do grep -q watches "$T/log" && return; sleep 0.002; done
}
end() { kill "$pid" && wait "$pid"; }
# rss PID; cpu PID: milliseconds of it, and with its children that have ended
rss() { awk '/^VmRSS/ { print $2 }' "/proc/$1/status"; }
ticks=$(getconf CLK_TCK)
cpu() { sed 's/.*) //' "/proc/$1/stat" | awk -v t="$ticks" '{ printf "%.0f", ($12 + $13) * 1000 / t }'; }
cpu_all() { sed 's/.*) //' "/proc/$1/stat" | awk -v t="$ticks" '{ printf "%.0f", ($12 + $13 + $14 + $15) * 1000 / t }'; }

# --- start and rest: 100 checks as they come, every 10 minutes, that ran once
{
	echo "sinks = ( $sink ); checks = ("
	for ((i = 1; i <= checks; i++)); do
		echo "$([ $i = 1 ] || echo ,) { id = \"c$i\"; probe = \"plugin\"; command = [ \"/bin/echo\", \"fine\" ]; every = \"10min\"; }"
	done
	echo ");"
} >"$T/c.conf"
: >"$T/starts"
for n in 1 2 3 4 5 6 7; do
	t0=${EPOCHREALTIME/./}
	start "$T/c.conf"
	echo $((${EPOCHREALTIME/./} - t0)) >>"$T/starts"
	[ $n = 7 ] || end
done
ms=$(calc "$(middle <"$T/starts") / 1000")
row "start to ready, 100 checks" "< 50 ms" "$ms ms" "" "$ms < 50"
peer() { command -v "$1" >/dev/null; }
names=(forewarnd) pids=("$pid")
if peer prometheus-node-exporter; then
	prometheus-node-exporter --web.listen-address=127.0.0.1:19100 >/dev/null 2>&1 &
	ends+=("kill $!") names+=(node-exporter) pids+=("$!")
fi
if peer zabbix_agent2; then
	printf 'Server=127.0.0.1\nListenPort=19050\nHostname=h\nLogType=console\nControlSocket=%s/z\nPidFile=%s/zp\n' "$T" "$T" >"$T/z.conf"
	zabbix_agent2 -c "$T/z.conf" -f >/dev/null 2>&1 &
	ends+=("kill $!") names+=(zabbix-agent2) pids+=("$!")
fi
if peer monit; then
	{
		printf 'set daemon 600\nset idfile %s/mi\nset statefile %s/ms\nset pidfile %s/mp\n' "$T" "$T" "$T"
		for ((i = 1; i <= checks; i++)); do printf 'check program c%s with path "/bin/echo fine"\n  if status != 0 then alert\n' $i; done
	} >"$T/m.conf" && chmod 600 "$T/m.conf"
	monit -I -c "$T/m.conf" >/dev/null 2>&1 &
	ends+=("kill $!") names+=(monit) pids+=("$!")
fi
sleep 75 # the first results and the first file of everyone
for i in "${!pids[@]}"; do own[i]=$(cpu "${pids[i]}") all[i]=$(cpu_all "${pids[i]}"); done
sleep "$idle"
for i in "${!pids[@]}"; do
	if ! kill -0 "${pids[i]}" 2>/dev/null; then
		[ "$i" = 0 ] && echo "daemon.sh: forewarnd has ended: MISSED" && exit 1
		continue
	fi
	own[i]=$(calc "($(cpu "${pids[i]}") - ${own[i]}) / $idle / 10" %.3f)
	all[i]=$(calc "($(cpu_all "${pids[i]}") - ${all[i]}) / $idle / 10" %.3f)
	mem[i]=$(calc "$(rss "${pids[i]}") / 1024" %.1f)
	[ "$i" = 0 ] || peers+="${names[i]} ${mem[i]} MB ${own[i]} %; "
done
row "RSS, 100 checks" "<= 5 MB" "${mem[0]} MB" "${peers:-none is installed}" "${mem[0]} <= 5"
row "of a core, at rest ($idle s)" "<= 0.05 %" "${own[0]} %" "with its runs ${all[0]} %" "${own[0]} <= 0.05"
end

# --- from a change to the receiver: from the end of the run that saw it
mkdir -p "$T/p"
printf '#!/bin/bash\nread -r n <"$1"\n[ "$n" = 0 ] && echo fine && exit 0\necho "bad $n $EPOCHREALTIME"\nexit $((1 + n %% 2))\n' >"$T/p/plug" && chmod 755 "$T/p/plug"
{
	echo "sinks = ( $sink ); checks = ("
	for i in 1 2 3 4 5; do
		echo 0 >"$T/p/$i"
		echo "$([ $i = 1 ] || echo ,) { id = \"l$i\"; probe = \"plugin\"; command = [ \"$T/p/plug\", \"$T/p/$i\" ]; every = \"1s\"; confirm = 1; }"
	done
	echo ");"
} >"$T/l.conf"
rm -rf "$T/state"
cat >"$T/stamp.py" <<'PY'
import http.server, sys, time, re, threading
out = open(sys.argv[1], "a", buffering=1)
class H(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        now = time.time()
        m = re.search(r'bad \d+ ([0-9.]+)', body)
        if m: out.write("%.3f\n" % ((now - float(m.group(1))) * 1000))
        self.send_response(200); self.send_header("Content-Length", "0"); self.end_headers()
    def log_message(self, *a): pass
s = http.server.ThreadingHTTPServer(("127.0.0.1", 0), H)
print(s.server_port, flush=True)
s.serve_forever()
PY
python3 "$T/stamp.py" "$T/late" >"$T/sport" &
ends+=("kill $!")
for ((i = 0; i < 250; i++)); do [ -s "$T/sport" ] && break; sleep 0.02; done
sed -i "s|127.0.0.1:[0-9]*/x|127.0.0.1:$(cat "$T/sport")/x|" "$T/l.conf"
start "$T/l.conf"
sleep 8
for ((n = 1; n <= changes / 5; n++)); do
	for i in 1 2 3 4 5; do echo $n >"$T/p/$i"; done
	sleep 1.3
done
sleep 2
end
count=$(wc -l <"$T/late" 2>/dev/null || echo 0)
p99=$(sort -n "$T/late" | awk '{ v[NR] = $1 } END { print v[int((NR * 99 + 99) / 100)] }')
p50=$(middle <"$T/late")
row "change to webhook, p99 of $count" "<= 1000 ms" "${p99:-none} ms" "median ${p50:-none} ms" "${count:-0} >= $changes * 0.8 && ${p99:-9999} <= 1000"

# --- 10,000 letters that waited
rm -rf "$T/state"
echo "sinks = ( $sink ); checks = ( { id = \"c\"; probe = \"plugin\"; command = [ \"/bin/echo\", \"fine\" ]; every = \"31d\"; } );" >"$T/o.conf"
start "$T/o.conf"
end
"$B/tests/tools/outbox_fill" "$T/state" s 10000 || exit 1
: >"$T/got"
t0=${EPOCHREALTIME/./}
start "$T/o.conf"
for ((i = 0; i < 6000; i++)); do [ "$(grep -ac '^{"id":"fill' "$T/got")" -ge 10000 ] && break; sleep 0.05; done
us=$((${EPOCHREALTIME/./} - t0))
end
n=$(grep -ao '^{"id":"fill[0-9]*' "$T/got" | sort -u | wc -l)
rate=$(calc "$n * 1000000 / $us" %.0f)
row "10,000 queued letters, daemon" ">= 2,000/s" "$rate/s" "$(rss $$ >/dev/null; echo "$n arrived")" "$n == 10000 && $rate >= 2000"
