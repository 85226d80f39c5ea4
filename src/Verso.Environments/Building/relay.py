"""Carries 127.0.0.1:PORT to a unix socket while a program runs: relay.py PORT SOCKET -- PROGRAM ARGUMENT..."""
import socket
import subprocess
import sys
import threading


def pump(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass
    try:
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def carry(connection, path):
    with connection, socket.socket(socket.AF_UNIX) as index:
        index.connect(path)
        back = threading.Thread(target=pump, args=(index, connection), daemon=True)
        back.start()
        pump(connection, index)
        back.join()


def accept(listener, path):
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=carry, args=(connection, path), daemon=True).start()


port, path, separator, *program = sys.argv[1:]
listener = socket.create_server(("127.0.0.1", int(port)))
threading.Thread(target=accept, args=(listener, path), daemon=True).start()
sys.exit(subprocess.run(program).returncode)
