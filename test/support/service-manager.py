"""Listens where NOTIFY_SOCKET leads, as systemd does; prints each datagram as a line of JSON."""
import json
import socket
import sys

listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
listening.bind(sys.argv[1].replace("@", "\0", 1))
print("listening", flush=True)
while True:
    print(json.dumps(listening.recv(65536).decode()), flush=True)
