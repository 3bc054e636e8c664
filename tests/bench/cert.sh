#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# 1,000 certificate files as one forewarn check, beside a loop of openssl x509 -noout -enddate over
# 100 of them, scaled to 1,000. usage: cert.sh FOLDER-OF-PROGRAMS
B=$1
. "$(dirname "$0")/lib.sh"
mkdir "$T/d"
openssl ecparam -genkey -name prime256v1 -noout -out "$T/key" 2>/dev/null
for i in $(seq 1000); do
	openssl req -x509 -key "$T/key" -out "$T/d/$i.pem" -subj "/O=bench/CN=host$i.example" -days 365 2>/dev/null
done
echo "checks = ( { id = \"c\"; probe = \"cert\"; paths = [ \"$T/d\" ]; } );" >"$T/c.conf"
ours() { "$B/forewarn" check -c "$T/c.conf" --format json; }
theirs() { for i in $(seq 100); do openssl x509 -noout -enddate -in "$T/d/$i.pem"; done; }
works ours
pair 9
items=$("$B/forewarn" check -c "$T/c.conf" --format json | jq '.results[0].items | length')
row "1,000 PEM files, whole command" "<= 40 ms" "$(calc "$our" %.1f) ms" "$items items" "$our <= 40 && $items >= 1000"
row "  the same as a ratio" ">= 500 x" "$(calc "$their * 10 / $our" %.0f) x" \
	"openssl loop $(calc "$their / 100") ms a file" "$their * 10 / $our >= 500"

# worker: the most memory that the worker of a check had, KiB; its time in $took, seconds
worker() {
	local pid child most=0 now began=${EPOCHREALTIME/./}
	"$B/forewarn" check -c "$1" --format json >"$T/out" 2>/dev/null &
	pid=$!
	while kill -0 "$pid" 2>/dev/null; do
		for child in $(cat "/proc/$pid/task/$pid/children" 2>/dev/null); do
			now=$(awk '/^VmHWM/ { print $2 }' "/proc/$child/status" 2>/dev/null)
			[ "${now:-0}" -gt "$most" ] && most=$now
		done
		sleep 0.02
	done
	took=$(calc "(${EPOCHREALTIME/./} - $began) / 1000000")
	kib=$most
}
# 100,000 certificates that differ in their last bytes: what is read of them is the same work
if command -v python3 >/dev/null; then
	openssl x509 -in "$T/d/1.pem" -outform DER -out "$T/one.der"
	mkdir "$T/many"
	python3 - "$T/one.der" "$T/many" <<'P'
import sys
der = open(sys.argv[1], "rb").read()
for i in range(100000):
    open("%s/%06d.crt" % (sys.argv[2], i), "wb").write(der[:-4] + i.to_bytes(4, "big"))
P
	echo "checks = ( { id = \"m\"; probe = \"cert\"; timeout = \"60s\"; paths = [ \"$T/many\" ]; } );" >"$T/m.conf"
	worker "$T/m.conf"
	items=$(jq '.results[0].items | length' <"$T/out")
	row "100,000 certificate files" "<= 6 s" "$took s" "$items items" "$took <= 6 && $items >= 100000"
	row "  memory of the worker" "<= 12 MB" "$(calc "$kib / 1000" %.1f) MB" "RSS" "$kib <= 12000"
	rm -rf "$T/many"
	# a server that answers, one that answers after two seconds, one that only takes connections
	cat >"$T/servers.py" <<'P'
import socket, ssl, sys, threading, time
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
def answer(c, wait):
    time.sleep(wait)
    try:
        context.wrap_socket(c, server_side=True).close()
    except OSError:
        pass
def serve(s, wait, kept=[]):
    while True:
        c = s.accept()[0]
        if wait is None:
            kept.append(c)
        else:
            threading.Thread(target=answer, args=(c, wait), daemon=True).start()
for wait in 0, 2, None:
    s = socket.create_server(("127.0.0.1", 0), backlog=4000)
    threading.Thread(target=serve, args=(s, wait), daemon=True).start()
    print(s.getsockname()[1], flush=True)
time.sleep(600)
P
	python3 "$T/servers.py" "$T/d/1.pem" "$T/key" >"$T/ports" &
	ends+=("kill $!")
	while [ "$(wc -l <"$T/ports")" -lt 3 ]; do sleep 0.1; done
	mapfile -t port <"$T/ports"
	list=$(for i in $(seq 1000); do
		k=0
		[ $((i % 10)) = 0 ] && k=2
		[ $((i % 20)) = 1 ] && k=1
		printf '"h%d@127.0.0.1:%d", ' "$i" "${port[k]}"
	done)
	echo "checks = ( { id = \"e\"; probe = \"cert\"; timeout = \"10s\"; trust = \"none\"; endpoints = [ ${list%, } ]; } );" >"$T/e.conf"
	worker "$T/e.conf"
	good=$(jq '[.results[0].items[] | select(.rule == "cert.endpoint" and .level != "unknown")] | length' <"$T/out")
	row "1,000 servers: 50 slow, 100 silent" "<= 11 s" "$took s" "$good of 900 answered" "$took <= 11 && $good == 900"
else
	not_run "100,000 files; 1,000 servers" "python3 is not installed"
fi
M=$(dpkg -L libsofthsm2 2>/dev/null | grep 'libsofthsm2\.so$' | head -1)
if [ -n "$M" ] && command -v pkcs11-tool >/dev/null && command -v softhsm2-util >/dev/null; then
	export SOFTHSM2_CONF=$T/hsm.conf
	mkdir "$T/tokens"
	printf 'directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n' "$T/tokens" >"$SOFTHSM2_CONF"
	softhsm2-util --init-token --free --label bench --so-pin 12345678 --pin 1234 >/dev/null
	for i in $(seq 200); do
		openssl x509 -in "$T/d/$i.pem" -outform DER -out "$T/c.der"
		pkcs11-tool --module "$M" --token-label bench --login --pin 1234 --write-object "$T/c.der" --type cert \
			--id "$(printf %04x "$i")" --label "c$i" >/dev/null 2>&1
	done
	echo "checks = ( { id = \"t\"; probe = \"hsm\"; module = \"$M\"; user = \"root\"; environment = [ \"SOFTHSM2_CONF=$SOFTHSM2_CONF\" ]; } );" >"$T/t.conf"
	ours() { "$B/forewarn" check -c "$T/t.conf" --format json; }
	theirs() { pkcs11-tool --module "$M" -O --type cert; }
	pair 5
	items=$(ours | jq '[.results[0].items[] | select(.rule == "hsm.expiry")] | length')
	row "a token with 200 certificates" "<= 50 ms" "$(calc "$our" %.0f) ms" "pkcs11-tool $(calc "$their" %.0f) ms, no dates" "$our <= 50 && $items == 200"
else
	not_run "a token with 200 certificates" "SoftHSM or pkcs11-tool is not installed"
fi
