"""The host under test, on a free port with an empty data folder, and an embedding service of its own beside it."""

import contextlib
import hashlib
import http.server
import json
import pathlib
import re
import subprocess
import tempfile
import threading

MODEL = "conformance-words"
"""The one model that the embedding service offers."""

LARGEST_FILE = 64 * 1024
"""What the host is told to accept, in bytes: small, so that too large a file is made quickly."""


class _Embeddings(http.server.BaseHTTPRequestHandler):
    """An OpenAI-compatible service whose vectors are counts of words: texts that share words are near each other."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self._answer({"object": "list", "data": [{"id": MODEL, "object": "model"}]})

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        data = [{"index": at, "embedding": self._vector(text)} for at, text in enumerate(asked["input"])]
        self._answer({"object": "list", "model": MODEL, "data": data})

    @staticmethod
    def _vector(text):
        vector = [0.01] * 64
        for word in re.findall(r"\w+", text.lower()):
            vector[hashlib.sha256(word.encode()).digest()[0] % 64] += 1.0
        return vector

    def _answer(self, body):
        data = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        """Quiet."""


@contextlib.contextmanager
def running(program):
    """Runs the host for the time of a `with`; gives its address, without a path."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Embeddings) as embeddings, tempfile.TemporaryDirectory() as folder:
        threading.Thread(target=embeddings.serve_forever, daemon=True).start()
        data = pathlib.Path(folder, "data")
        words = pathlib.Path(folder, "host.log")
        with words.open("w") as log:
            host = subprocess.Popen(
                [program, "--port", "0", "--log", "off", "--data", data, "--app", folder, "--max-upload-bytes", str(LARGEST_FILE)]
                + ["--embeddings-url", f"http://127.0.0.1:{embeddings.server_port}/v1", "--embeddings-model", MODEL],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        try:
            found = re.search(r"http://\S+", host.stdout.readline())
            if not found:
                raise RuntimeError(f"the host did not start: {words.read_text()}")
            threading.Thread(target=host.stdout.read, daemon=True).start()
            yield found.group()
            if host.poll() is not None:
                raise RuntimeError(f"the host ended by itself with {host.returncode}: {words.read_text()[-2000:]}")
        finally:
            host.terminate()
            try:
                host.wait(timeout=15)
            except subprocess.TimeoutExpired:
                host.kill()
                host.wait()
            embeddings.shutdown()
