#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A mail server that takes all and does as it is told. usage: smtp_sink.py [option value]...
-o FILE   messages are appended: envelope lines, the text, a line "----"
-c CERT -k KEY   TLS: by STARTTLS, or with -i 1 from the start      -u USER:PASSWORD  must log in
-r TEXT   WORD=ANSWER, several: what it says to a command (GREET EHLO MAIL RCPT DATA END AUTH) or,
          as RCPT:ADDRESS=ANSWER, to one receiver; "hang" is no answer, "close" the end
Prints its port."""
import base64, getopt, socket, ssl, sys, threading, time

opts, _ = getopt.getopt(sys.argv[1:], "o:c:k:i:u:r:")
o = {k: v for k, v in opts if k != "-r"}
rules = dict(v.split("=", 1) for k, v in opts if k == "-r")
lock = threading.Lock()
ctx = None
if "-c" in o:
    ctx = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ctx.load_cert_chain(o["-c"], o["-k"])


class Client(threading.Thread):
    def __init__(self, sock):
        super().__init__(daemon=True)
        self.sock, self.buf, self.secure, self.known = sock, b"", False, "-u" not in o

    def line(self):
        while b"\n" not in self.buf:
            more = self.sock.recv(65536)
            if not more:
                raise EOFError
            self.buf += more
        line, self.buf = self.buf.split(b"\n", 1)
        return line.rstrip(b"\r")

    def say(self, word, text):
        text = rules.get(word, text)
        if text == "hang":
            time.sleep(1000)
        if text == "close":
            raise EOFError
        self.sock.sendall(text.encode() + b"\r\n")
        return text

    def starttls(self):
        self.sock = ctx.wrap_socket(self.sock, server_side=True)
        self.secure = True

    def ehlo(self):
        caps = ["sink", "8BITMIME", "SIZE 1000000"]
        if ctx and not self.secure:
            caps.append("STARTTLS")
        if "-u" in o:
            caps.append("AUTH PLAIN")
        if "EHLO" in rules:
            return self.say("EHLO", "")
        for c in caps[:-1]:
            self.sock.sendall(f"250-{c}\r\n".encode())
        self.sock.sendall(f"250 {caps[-1]}\r\n".encode())

    def auth(self, args):
        if args.upper() == "PLAIN":
            self.say("AUTHMORE", "334 ")
            args = "PLAIN " + self.line().decode()
        got = base64.b64decode(args.split()[1]).split(b"\0")
        self.known = b":".join(got[1:]).decode() == o["-u"]
        self.say("AUTH", "235 yes" if self.known else "535 no")

    def data(self, sender, to):
        if not self.say("DATA", "354 go").startswith("354"):
            return
        lines = []
        while (l := self.line()) != b".":
            lines.append(l[1:] if l.startswith(b".") else l)
        if "-o" in o:
            with lock, open(o["-o"], "ab") as f:
                secure = "yes" if self.secure else "no"
                f.write(f"TLS {secure}\nMAIL {sender}\nRCPT {' '.join(to)}\n".encode())
                f.write(b"\r\n".join(lines) + b"\n----\n")
        self.say("END", "250 taken")

    def talk(self):
        if o.get("-i"):
            self.starttls()
        self.say("GREET", "220 sink")
        sender, to = "", []
        while True:
            word, _, args = self.line().decode().partition(" ")
            word = word.upper()
            if word in ("EHLO", "HELO"):
                self.ehlo()
            elif word == "STARTTLS":
                self.say("STARTTLS", "220 go")
                self.starttls()
            elif word == "AUTH":
                self.auth(args)
            elif word == "MAIL":
                sender, to = args, []
                self.say("MAIL", "250 ok" if self.known else "530 log in first")
            elif word == "RCPT":
                who = args.split("<")[1].split(">")[0]
                if self.say(f"RCPT:{who}" if f"RCPT:{who}" in rules else "RCPT", "250 ok").startswith("2"):
                    to.append(who)
            elif word == "DATA":
                self.data(sender, to)
            elif word == "QUIT":
                self.sock.sendall(b"221 bye\r\n")
                return
            else:
                self.sock.sendall(b"250 ok\r\n")

    def run(self):
        try:
            self.talk()
        except (EOFError, OSError):
            pass
        self.sock.close()


s = socket.socket()
s.bind(("127.0.0.1", 0))
s.listen(20)
print(s.getsockname()[1], flush=True)
while True:
    Client(s.accept()[0]).start()
