"""A gdb remote client, enough to drive a stub from a test: packets, registers by name, memory, steps."""
import re
import socket
import time


class Remote:
    def __init__(self, address, timeout=20):
        deadline = time.monotonic() + timeout
        while True:
            try:
                if isinstance(address, str):
                    self.sock = socket.socket(socket.AF_UNIX)
                    self.sock.connect(address)
                else:
                    self.sock = socket.create_connection(("127.0.0.1", address))
                    self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
        self.sock.settimeout(timeout)
        self.input = b""
        self.ack = True
        self.features = self.ask("qSupported:swbreak+;multiprocess+;xmlRegisters=i386,arm")
        if "QStartNoAckMode+" in self.features and self.ask("QStartNoAckMode") == "OK":
            self.ack = False
        self.registers = self._registers()

    def send(self, text):
        data = text if isinstance(text, bytes) else text.encode("latin-1")
        self.sock.sendall(b"$" + data + b"#%02x" % (sum(data) & 255))

    def receive(self):
        while True:
            m = re.search(rb"\$([^#]*)#([0-9a-f]{2})", self.input, re.S)
            if m:
                self.input = self.input[m.end():]
                if self.ack:
                    self.sock.sendall(b"+")
                return m[1].decode("latin-1")
            more = self.sock.recv(65536)
            if not more:
                raise EOFError("the stub has closed the connection")
            self.input += more

    def ask(self, text):
        self.send(text)
        return self.receive()

    def xfer(self, what, annex=""):
        data = ""
        while True:
            answer = self.ask(f"qXfer:{what}:read:{annex}:{len(data):x},800")
            if answer[:1] not in ("m", "l"):
                return data
            data += re.sub(r"\}(.)", lambda m: chr(ord(m[1]) ^ 0x20), answer[1:], flags=re.S)
            if answer[0] == "l":
                return data

    def _registers(self):
        """{name: (number, bytes)} from target.xml and what it includes."""
        found, number = {}, 0
        xml = self.xfer("features", "target.xml")
        xml = re.sub(r'<xi:include href="([^"]+)"/>', lambda m: self.xfer("features", m[1]), xml)
        for tag in re.findall(r"<reg\b[^>]*>", xml):
            a = dict(re.findall(r'(\w+)="([^"]*)"', tag))
            number = int(a.get("regnum", number))
            found[a["name"]] = (number, int(a["bitsize"]) // 8)
            number += 1
        return found

    def get(self, name):
        return int.from_bytes(bytes.fromhex(self.ask(f"p{self.registers[name][0]:x}")), "little")

    def set(self, name, value):
        number, size = self.registers[name]
        return self.ask(f"P{number:x}={value.to_bytes(size, 'little').hex()}")

    def read(self, addr, size):
        data = b""
        while len(data) < size:
            answer = self.ask(f"m{addr + len(data):x},{min(1024, size - len(data)):x}")
            if answer.startswith("E"):
                break
            data += bytes.fromhex(answer)
        return data

    def write(self, addr, data):
        for i in range(0, len(data), 1024):
            part = data[i:i + 1024]
            if self.ask(f"M{addr + i:x},{len(part):x}:{part.hex()}") != "OK":
                raise RuntimeError(f"cannot write {len(part)} bytes at {addr + i:#x}")

    def resume(self, packet):
        """The stop reply."""
        return self.ask(packet)
