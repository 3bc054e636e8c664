#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A list of 10,000 calibrations as one forewarn check, beside Python's csv module reading the same list
# and its dates. usage: register.sh FOLDER-OF-PROGRAMS
B=$1
. "$(dirname "$0")/lib.sh"
command -v python3 >/dev/null && command -v jq >/dev/null || { not_run "a list of 10,000 entries" "python3 or jq is not installed"; exit 0; }
python3 - "$T/list.csv" <<'P'
import sys
with open(sys.argv[1], "w") as f:
    print("id,title,kind,at,lead_d,owner,secondary,started,hours_low,hours_likely,hours_high,note", file=f)
    for i in range(10000):
        print(f"W{i},Torque wrench {i},calibration,2190-{i % 12 + 1:02}-{i % 28 + 1:02},{10 + i % 40},Sana,Omar,,8,30,200,"
              f"\"room {i % 30}, shelf\"", file=f)
P
cat >"$T/read.py" <<'P'
import csv, datetime, sys
with open(sys.argv[1]) as f:
    for row in csv.DictReader(f):
        datetime.date.fromisoformat(row["at"])
P
echo "checks = ( { id = \"c\"; probe = \"register\"; files = [ \"$T/list.csv\" ]; } );" >"$T/c.conf"
ours() { "$B/forewarn" check -c "$T/c.conf" --format json; }
theirs() { python3 "$T/read.py" "$T/list.csv"; }
works ours
pair 9
items=$("$B/forewarn" check -c "$T/c.conf" --format json | jq '[.results[0].items[] | select(.deadline != null)] | length')
row "a list of 10,000 entries" "<= 200 ms" "$(calc "$our" %.1f) ms" "python csv $(calc "$their" %.0f) ms" "$our <= 200 && $items == 10000"
