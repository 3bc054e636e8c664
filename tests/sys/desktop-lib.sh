# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# For the tests of forewarn-tray, after lib.sh, sink-lib.sh and daemon-lib.sh: a screen (Xvfb), a
# session bus that starts nothing by itself, and the real parts of desktops on it.
unset DBUS_SESSION_BUS_ADDRESS DISPLAY WAYLAND_DISPLAY XDG_SESSION_ID
export XDG_RUNTIME_DIR=$T/run XDG_DATA_HOME=$T/home/.local/share NO_AT_BRIDGE=1 GTK_THEME=${GTK_THEME:-Adwaita}
export GSETTINGS_BACKEND=memory XDG_CACHE_HOME=$T/home/.cache
mkdir -p "$XDG_RUNTIME_DIR" "$T/services" "$XDG_CONFIG_HOME"
chmod 700 "$XDG_RUNTIME_DIR"
SHOTS=${SHOTS:-} # a folder: pictures are kept there

bus() {
	need dbus-daemon gdbus
	cat >"$T/bus.conf" <<-C
		<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
		 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
		<busconfig><type>session</type><listen>unix:path=$T/run/bus</listen>
		<servicedir>$T/services</servicedir>
		<policy context="default"><allow send_destination="*" eavesdrop="true"/>
		<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
	C
	cp /usr/share/dbus-1/services/org.xfce.Xfconf.service "$T/services/" 2>/dev/null
	export DBUS_SESSION_BUS_ADDRESS=unix:path=$T/run/bus DBUS_SYSTEM_BUS_ADDRESS=unix:path=$T/run/bus
	dbus-daemon --config-file="$T/bus.conf" --nofork >"$T/bus.log" 2>&1 &
	bus_pid=$!
	at_end stop "$bus_pid"
	wait_for "dbus_call org.freedesktop.DBus /org/freedesktop/DBus org.freedesktop.DBus.ListNames"
}
# second_bus: of another user; DBUS_SESSION_BUS_ADDRESS is it from then on
second_bus() {
	sed "s,/run/bus<,/run/bus2<," "$T/bus.conf" >"$T/bus2.conf"
	export DBUS_SESSION_BUS_ADDRESS=unix:path=$T/run/bus2
	dbus-daemon --config-file="$T/bus2.conf" --nofork >"$T/bus.log" 2>&1 &
	at_end stop $!
	wait_for "dbus_call org.freedesktop.DBus /org/freedesktop/DBus org.freedesktop.DBus.ListNames"
}
# dbus_call NAME PATH METHOD [ARGS…] as gdbus prints the answer
dbus_call() { gdbus call --session --timeout 5 --dest "$1" --object-path "$2" --method "${@:3}"; }
owned() { dbus_call org.freedesktop.DBus /org/freedesktop/DBus org.freedesktop.DBus.NameHasOwner "$1" | grep -q true; }
screen() {
	need Xvfb xdotool import openbox
	mkfifo "$T/display"
	Xvfb -displayfd 6 -screen 0 "${1:-1280x720x24}" -nolisten tcp -noreset 6>"$T/display" >/dev/null 2>&1 &
	at_end kill $!
	read -r d <"$T/display"
	export DISPLAY=:$d
	openbox >/dev/null 2>&1 & # bubbles keep clear of the panel by its hints
	at_end stop $!
}
shot() { # NAME [convert options]
	[ -n "$SHOTS" ] && command -v import >/dev/null || return 0
	import -window root "$SHOTS/$1.png"
}
# at_dot X Y: the colour of that pixel
at_dot() {
	import -window root -crop "1x1+$1+$2" -depth 8 txt:- 2>/dev/null | grep -o '#[0-9A-F]\{6\}' | head -1
}
# settle X Y W H: until a part of the screen has looked the same for a while (fading, sliding)
settle() {
	local now was= i
	for ((i = 0; i < 60; i++)); do
		now=$(import -window root -crop "$3x$4+$1+$2" rgb:- 2>/dev/null | cksum)
		[ "$now" = "$was" ] && return
		was=$now
		sleep 0.15
	done
}
click() { # X Y
	xdotool mousemove "$1" "$2" click 1
}
# panel [dark]: XFCE's, on top, 32 pixels, only the tray in it
panel() {
	need xfce4-panel
	local c=$XDG_CONFIG_HOME/xfce4/xfconf/xfce-perchannel-xml
	mkdir -p "$c"
	cat >"$c/xfce4-panel.xml" <<-C
		<?xml version="1.0" encoding="UTF-8"?>
		<channel name="xfce4-panel" version="1.0">
		<property name="configver" type="int" value="2"/>
		<property name="panels" type="array"><value type="int" value="1"/>
		<property name="dark-mode" type="bool" value="${1:-false}"/>
		<property name="panel-1" type="empty">
		<property name="position" type="string" value="p=6;x=0;y=0"/>
		<property name="length" type="uint" value="100"/>
		<property name="position-locked" type="bool" value="true"/>
		<property name="size" type="uint" value="32"/>
		<property name="icon-size" type="uint" value="22"/>
		<property name="plugin-ids" type="array"><value type="int" value="1"/><value type="int" value="2"/></property>
		</property></property>
		<property name="plugins" type="empty">
		<property name="plugin-1" type="string" value="separator"><property name="expand" type="bool" value="true"/>
		<property name="style" type="uint" value="0"/></property>
		<property name="plugin-2" type="string" value="systray"><property name="square-icons" type="bool" value="true"/></property>
		</property></channel>
	C
	start_panel
}
start_panel() {
	xfce4-panel --disable-wm-check >"$T/panel.log" 2>&1 &
	panel_pid=$!
	at_end stop "$panel_pid"
	wait_for "owned org.kde.StatusNotifierWatcher"
}
items() {
	dbus_call org.kde.StatusNotifierWatcher /StatusNotifierWatcher org.freedesktop.DBus.Properties.Get \
		org.kde.StatusNotifierWatcher RegisteredStatusNotifierItems
}
notifyd() {
	local p
	p=$(find /usr/lib /usr/libexec -name xfce4-notifyd -type f 2>/dev/null | head -1)
	[ -n "$p" ] || skip "xfce4-notifyd is not installed"
	"$p" >"$T/notifyd.log" 2>&1 &
	notifyd_pid=$!
	at_end stop "$notifyd_pid"
	wait_for "owned org.freedesktop.Notifications"
}
# tray [options]
tray() {
	"$B/forewarn-tray" --socket "$D/socket" "$@" >>"$T/tray.log" 2>&1 &
	tray_pid=$!
	at_end stop "$tray_pid"
	wait_for "owned org.forewarn.Tray"
}
# prop NAME: of the item
prop() {
	dbus_call "org.kde.StatusNotifierItem-$tray_pid-1" /StatusNotifierItem \
		org.freedesktop.DBus.Properties.Get org.kde.StatusNotifierItem "$1"
}
# desk NAME OPTIONS…: plays parts of a desktop (tests/tools/desk); what it is asked stands in
# $T/NAME.out, `tell NAME words` commands it, ${desks[NAME]} is its process
declare -A desks
desk() {
	local name=$1
	shift
	rm -f "$T/$name.in"
	mkfifo "$T/$name.in"
	: >"$T/$name.out"
	"$B/tests/tools/desk" "$@" <>"$T/$name.in" >"$T/$name.out" 2>&1 &
	desks[$name]=$!
	at_end stop "$!"
	case $1 in
	-n) wait_for "owned org.freedesktop.Notifications" ;;
	-w) wait_for "owned org.kde.StatusNotifierWatcher" ;;
	-l) wait_for "owned org.freedesktop.login1" ;;
	*) wait_for "owned org.freedesktop.ScreenSaver" ;;
	esac
}
tell() { echo "${@:2}" 1<>"$T/$1.in"; } # waits for nobody
# kill_desk NAME [signal]: gone without a word
kill_desk() {
	kill "${2:--KILL}" "${desks[$1]}"
	wait "${desks[$1]}" 2>/dev/null
}
# said NAME 'extended regular expression': waits for that line of a desk
said() { wait_for "grep -aqE -- '$2' '$T/$1.out'" && pass; }
silent() { # said NAME REGEX: no such line
	if grep -aqE -- "$2" "$T/$1.out"; then fail "a line like $2: $(grep -aE -- "$2" "$T/$1.out" | tail -1)"; else pass; fi
}
# bubble NAME 'words': number of the newest bubble whose title has them
bubble() { grep -aE "^notify [0-9]+ [^|]*\|[^|]*$2" "$T/$1.out" | tail -1 | cut -d' ' -f2; }
# row NAME 'regular expression of the label': id of a row of the menu as it is now
row() {
	local n
	n=$(grep -ac '^end of menu' "$T/$1.out")
	tell "$1" menu
	wait_for "[ \"\$(grep -ac '^end of menu' '$T/$1.out')\" -gt $n ]"
	tac "$T/$1.out" | awk '/^end of menu/ && n++ { exit } { print }' | tac >"$T/$1.menu"
	grep -aE "^row .*\\|$2" "$T/$1.menu" | head -1 | cut -d' ' -f2
}
fw() { "$B/forewarn" "$@" --socket "$D/socket"; }
alert_of() { fw alerts -f json | jq -r ".alerts[] | select(.check == \"$1\") | .$2"; }
# no_browser: what the tray wants opened is only written down, in $T/opened
no_browser() {
	mkdir -p "$T/bin"
	printf '#!/bin/sh\necho "$1" >>"%s"\n' "$T/opened" >"$T/bin/xdg-open"
	chmod 755 "$T/bin/xdg-open"
	PATH=$T/bin:$PATH
}
