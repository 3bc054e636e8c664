# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# For the system tests. tests/run-sys gives each test, in a network of its own with only loopback:
#   $B  the programs (build/<mode>, absolute)      $T  a scratch folder, removed afterwards
#   $W  in it, a folder that any user may write: `writes` of a check or sink whose program leaves
#       something (as root, forewarn starts foreign code as another user)
#   $S  tests/ (absolute)                          $SHARED  ../shared if there is one, else empty
# A test is a bash script that sources this file; every check is a sentence.
# Servers: start in the background, `at_end kill PID`; wait with wait_for, never with a fixed sleep.
set -u
passed=0 failed=0 skipped=0
ends=()
# no configuration, daemon, state or language of this machine is a test's business
export FOREWARN_STATE_DIR=$T/state CONFIGURATION_DIRECTORY=$T/etc FOREWARN_SOCKET=$T/no-daemon
export HOME=$T/home XDG_CONFIG_HOME=$T/home/.config LC_ALL=C.UTF-8
unset NO_COLOR XDG_STATE_HOME RUNTIME_DIRECTORY STATE_DIRECTORY LANGUAGE LOCPATH
W=$T/written
mkdir -p "$HOME"
mkdir -p -m 777 "$W"

finish() {
	local rc=$? i
	for ((i = ${#ends[@]} - 1; i >= 0; i--)); do eval "${ends[i]}" >/dev/null 2>&1; done
	echo "$passed passed, $failed failed, $skipped skipped"
	# not a bare exit: in a trap that is the status from before it, whatever was counted
	[ "$failed" = 0 ] && [ $((passed + skipped)) -gt 0 ] || exit 1
	exit "$rc"
}
trap finish EXIT
at_end() { ends+=("$*"); }

# pass ["sentence"]: shown where a test is read line by line (TELL=1)
pass() {
	passed=$((passed + 1))
	[ -z "${TELL:-}" ] || echo "ok: ${1:-}"
}
fail() {
	failed=$((failed + 1))
	echo "FAILED: $(basename "$0"): $*"
}
# skip "why": counts one skip and ends this test
skip() {
	skipped=$((skipped + 1))
	echo "SKIPPED: $(basename "$0"): $*"
	exit 0
}
# need PROGRAM…: skip by name when one is missing
need() { for p in "$@"; do command -v "$p" >/dev/null 2>&1 || skip "$p is not installed"; done; }

# is "sentence" GOT WANT
is() { if [ "$2" = "$3" ]; then pass "$1"; else fail "$1: got '$2', want '$3'"; fi; }
# has "sentence" TEXT PART (a fixed string)
has() { if grep -qF -- "$3" <<<"$2"; then pass "$1"; else fail "$1: '$3' is not in: $(head -c 2000 <<<"$2")"; fi; }
hasnt() { if grep -qF -- "$3" <<<"$2"; then fail "$1: '$3' is in: $(head -c 2000 <<<"$2")"; else pass "$1"; fi; }
# ok "sentence" COMMAND…: it ends with 0
ok() {
	local what=$1 out
	shift
	if out=$("$@" 2>&1); then pass "$what"; else fail "$what: '$*' ended with $?: $(tail -c 1000 <<<"$out")"; fi
}
# wait_for 'shell condition' [seconds]: until it is so; fails the test when it is not within two
# minutes. That is long on purpose: a busy machine is no fault of what is tested.
wait_for() {
	local n=0 up end
	read -r up _ </proc/uptime
	end=$((${up%.*} + ${2:-120}))
	while ! eval "$1" >/dev/null 2>&1; do
		read -r up _ </proc/uptime
		if [ "${up%.*}" -ge "$end" ]; then
			fail "never came true: $1"
			return 1
		fi
		# often at first, then seldom: many tests wait at a time
		n=$((n + 1))
		if [ "$n" -lt 50 ]; then sleep 0.02; else sleep 0.1; fi
	done
}
# check CONF [ARGS…]: runs forewarn check; leaves $out (stdout), $err (stderr), $rc
check() {
	local conf=$1
	shift
	out=$("$B/forewarn" check -c "$conf" "$@" 2>"$T/.err")
	rc=$?
	err=$(cat "$T/.err")
}
# j 'jq expression': from the JSON in $out, raw
j() { jq -r "$1" <<<"$out"; }
# make_ca DIR: a CA (ca.crt, ca.key) with an `openssl ca` set-up that can give any dates.
# make_cert DIR NAME START END [SAN]: NAME.crt/NAME.key, dates as 20240101000000Z
make_ca() {
	mkdir -p "$1/new"
	: >"$1/index.txt"
	echo 1000 >"$1/serial"
	cat >"$1/ca.cnf" <<-C
		[ca]
		default_ca = d
		[d]
		database = $1/index.txt
		serial = $1/serial
		new_certs_dir = $1/new
		certificate = $1/ca.crt
		private_key = $1/ca.key
		default_md = sha256
		policy = p
		unique_subject = no
		copy_extensions = copy
		[p]
		commonName = supplied
		organizationName = optional
		[req]
		distinguished_name = dn
		[dn]
	C
	openssl req -x509 -config "$1/ca.cnf" -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
		-keyout "$1/ca.key" -out "$1/ca.crt" -subj "/O=forewarn test/CN=Test CA" -days 7300 \
		-addext basicConstraints=critical,CA:TRUE 2>/dev/null
}
make_cert() {
	openssl req -new -config "$1/ca.cnf" -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
		-keyout "$1/$2.key" -out "$1/$2.csr" -subj "/O=forewarn test/CN=$2" \
		-addext "subjectAltName=${5:-DNS:$2}" 2>/dev/null
	openssl ca -batch -config "$1/ca.cnf" -in "$1/$2.csr" -startdate "$3" -enddate "$4" \
		-out "$1/$2.crt" -notext 2>/dev/null
}
# days from now as an ASN.1 date: asn1_in 9
asn1_in() { date -u -d "$1 days" +%Y%m%d%H%M%SZ; }
# printed FILE 'FIRST LINE': the fenced block of that file (a path in the repository) which begins
# with that line, as it is printed there. A test that calls this answers for the whole block:
# 016-printed knows it by this very line of the test.
printed() {
	local out
	out=$(FIRST=$2 awk '/^```/ { inside = !inside; begins = inside; on = 0; next }
		begins { on = $0 == ENVIRON["FIRST"]; n += on; begins = 0 }
		on
		END { exit n != 1 }' "$S/../$1") || fail "$1: not one block begins with: $2"
	printf '%s\n' "$out"
}
# block NAME: the block of $page under <!-- file: NAME -->, as the executable file $T/NAME
block() {
	awk -v want="<!-- file: $1 -->" '
		$0 == want { found = 1; next }
		found && /^```/ { if (inside) exit; inside = 1; next }
		inside' "$page" >"$T/$1"
	chmod 755 "$T/$1"
	[ -s "$T/$1" ] || fail "no block $1"
}
