"""Listens where NOTIFY_SOCKET leads, as systemd does; prints each datagram as a line of JSON, and the path of a descriptor it keeps."""
import json
import os
import socket
import sys

listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
listening.bind(sys.argv[1].replace("@", "\0", 1))
print("listening", flush=True)
while True:
    data, descriptors, _, _ = socket.recv_fds(listening, 65536, 1)
    state = data.decode()
    if state.startswith("FDSTORE=1"):
        state += f"\n/proc/{os.getpid()}/fd/{descriptors[0]}"
    print(json.dumps(state), flush=True)
