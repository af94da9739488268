#!/usr/bin/env python3
# Runs inside a virtual machine as its first process: waits for one program on a vsock port, runs it, and hands its streams
# to and fro in frames of eight bytes of header (stream, three zeros, length): 0 input (empty: its end), 1 and 2 its output,
# 3 how it ended, as JSON. With --stdio it speaks over its own standard input and output, as no first process.
import base64
import json
import os
import resource
import select
import signal
import socket
import struct
import subprocess
import sys

PORT = 5252
FOLDER = "/home/sandbox"
NOBODY = 65534


def main():
    if "--stdio" in sys.argv:
        serve(0, 1)
        return
    mount()
    with socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM) as listening:
        listening.bind((socket.VMADDR_CID_ANY, PORT))
        listening.listen(1)
        connection, _ = listening.accept()
        serve(connection.fileno(), connection.fileno())
    os.sync()
    subprocess.run(["reboot", "-f"], check=False)


def mount():
    for kind, at, options in [
        ("proc", "/proc", ""),
        ("devtmpfs", "/dev", ""),
        ("tmpfs", "/tmp", "mode=1777"),
        ("tmpfs", FOLDER, "mode=1777"),
    ]:
        subprocess.run(["mount", "-t", kind, *(["-o", options] if options else []), kind, at], check=False)


def serve(read_from, write_to):
    begin = json.loads(read_exactly(read_from, int(read_exactly(read_from, 8))))
    for path, content in begin["files"].items():
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(base64.b64decode(content))
    killed_before = oom_kills()
    program = subprocess.Popen(
        begin["command"],
        cwd=FOLDER,
        env={"PATH": os.environ.get("PATH", "/usr/local/bin:/usr/bin:/bin"), "HOME": FOLDER, **begin["env"]},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=(lambda: drop(begin["processCount"])) if os.getuid() == 0 else None,
        start_new_session=True,
    )
    relay(program, read_from, write_to)
    code = program.wait()
    try:
        os.killpg(program.pid, signal.SIGKILL)
    except OSError:
        pass
    over = {"code": code if code >= 0 else None, "signal": signal.Signals(-code).name if code < 0 else None}
    over["outOfMemory"] = (code < 0 or code >= 128) and oom_kills() > killed_before
    send(write_to, 3, json.dumps(over).encode())


def drop(process_count):
    resource.setrlimit(resource.RLIMIT_NPROC, (process_count, process_count))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def relay(program, read_from, write_to):
    outputs = {program.stdout.fileno(): 1, program.stderr.fileno(): 2}
    is_input_open = True
    while outputs:
        ready, _, _ = select.select([*outputs, *([read_from] if is_input_open else [])], [], [])
        for at in ready:
            if at == read_from:
                is_input_open = take_input(program, read_from)
                continue
            part = os.read(at, 65536)
            if part:
                send(write_to, outputs[at], part)
            else:
                del outputs[at]


def take_input(program, read_from):
    _, length = struct.unpack(">B3xI", read_exactly(read_from, 8))
    if length == 0:
        program.stdin.close()
        return False
    part = read_exactly(read_from, length)
    try:
        program.stdin.write(part)
        program.stdin.flush()
    except OSError:
        pass
    return True


def send(write_to, stream, part):
    data = struct.pack(">B3xI", stream, len(part)) + part
    while data:
        data = data[os.write(write_to, data) :]


def read_exactly(read_from, length):
    data = b""
    while len(data) < length:
        part = os.read(read_from, length - len(data))
        if not part:
            os._exit(0)
        data += part
    return data


def oom_kills():
    with open("/proc/vmstat") as file:
        return sum(int(line.split()[1]) for line in file if line.startswith("oom_kill "))


main()
