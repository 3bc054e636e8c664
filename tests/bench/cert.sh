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
row "1,000 PEM files, whole command" "<= 80 ms" "$(calc "$our" %.1f) ms" "$items items" "$our <= 80 && $items >= 1000"
row "  the same as a ratio" ">= 500 x" "$(calc "$their * 10 / $our" %.0f) x" \
	"openssl loop $(calc "$their / 100") ms a file" "$their * 10 / $our >= 500"
