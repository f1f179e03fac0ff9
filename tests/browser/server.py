"""A real workbench in a process of its own: fresh data folder, free port, sample acts loaded."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from review.components.signin import HEALTH

_RUN = "from review.cli.main import run; run()"
START_SECONDS = 180  # the first start loads and screens the samples


@dataclass(slots=True)
class RunningServer:
    """A workbench that answers at ``url`` and writes what it says to ``log``."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path
    data_dir: Path

    def kill(self) -> None:
        """End the process at once, in the middle of whatever it does (SIGKILL)."""
        self.process.kill()
        self.process.wait(timeout=10)

    def stop(self) -> None:
        """End the process and wait until it is gone."""
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=10)

    def load(self, *files: Path, campaign: str) -> None:
        """Load files from the command line while the server runs."""
        environment = {**os.environ, "RASOAT_DATA_DIR": str(self.data_dir)}
        arguments = ["load", *map(str, files), "--campaign", campaign]
        subprocess.run(
            [sys.executable, "-c", _RUN, *arguments],
            check=True,
            env=environment,
            cwd=self.log.parent,
            stdout=subprocess.DEVNULL,
        )


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(folder: Path, **settings: str) -> RunningServer:
    """Start ``rasoat serve`` on ``folder`` and wait until its health route answers.

    ``settings`` are RASOAT_* names in lower case. Raises ``RuntimeError`` with the log when the
    process ends or does not answer in time.
    """
    port = free_port()
    data_dir = folder / "var"
    log = folder / "server.log"
    environment = dict(os.environ)
    environment |= {
        "RASOAT_DATA_DIR": str(data_dir),
        "RASOAT_HOST": "127.0.0.1",
        "RASOAT_PORT": str(port),
    }
    environment |= {f"RASOAT_{name.upper()}": value for name, value in settings.items()}
    process = _launch(log, environment)
    server = RunningServer(f"http://127.0.0.1:{port}", process, log, data_dir)
    try:
        _wait(server)
    except BaseException:
        server.stop()
        raise
    return server


def _launch(log: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", _RUN, "serve"]
    with log.open("ab") as out:
        return subprocess.Popen(
            command, cwd=log.parent, env=environment, stdout=out, stderr=subprocess.STDOUT
        )


def _wait(server: RunningServer) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(server.url + HEALTH, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.3)
    tail = server.log.read_text(encoding="utf-8", errors="replace")[-3000:]
    raise RuntimeError(f"Máy chủ thử nghiệm không trả lời:\n{tail}")
