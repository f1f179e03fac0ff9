"""``rasoat serve``: prepare the store, say where the workbench is, start it."""

from __future__ import annotations

import importlib.util
import os
import socket
import sys

import typer

from corpus.errors import RasoatError
from review.cli import inputs
from review.cli.errors import ERRORS
from review.demo import first_start
from review.settings import Settings
from review.workbench import Workbench


def serve() -> None:
    """Chạy bàn rà soát trên máy này (địa chỉ và cổng: RASOAT_HOST, RASOAT_PORT)."""
    settings = Settings()
    _check_port(settings)
    workbench = Workbench.open(settings)
    if settings.demo:
        prepare_demo(workbench)
    typer.echo(_greeting(settings, workbench))
    workbench.close()
    _start(settings)


def prepare_demo(workbench: Workbench) -> None:
    """Prepare the demo and tell its stories; of servers that start at once, one does."""
    with inputs.progress("Đang chuẩn bị dữ liệu minh họa") as bar, workbench.store.alone():
        task = bar.task_ids[0]

        def progress(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total or None, detail=what[-60:])

        first_start.prepare(workbench, progress)
        try:
            first_start.tell(workbench, progress)
        except RasoatError as error:  # the workbench is of use without its stories
            typer.echo(str(error), err=True)


def _check_port(settings: Settings) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise ERRORS.error("RS-816", port=settings.port) from error


def _greeting(settings: Settings, workbench: Workbench) -> str:
    lines = ["", f"Bàn rà soát 06 đang chạy tại  http://{settings.host}:{settings.port}", ""]
    accounts = workbench.people.demo_accounts()
    if accounts:
        width = max(len(account.username) for account in accounts)
        lines.append("Tài khoản minh họa (chỉ có ở chế độ minh họa; RASOAT_MODE=production tắt):")
        lines += [
            f"  {account.username:<{width}}  {account.password}  {account.name}, "
            f"{account.role} – {account.agency}"
            for account in accounts
        ]
    else:
        lines.append("Thêm tài khoản đầu tiên: rasoat user add TÊN --role quan_tri --agency BTP …")
    lines += ["", "Dừng: Ctrl+C", ""]
    return "\n".join(lines)


def _start(settings: Settings) -> None:
    spec = importlib.util.find_spec("app")
    if spec is None or spec.origin is None:
        raise ERRORS.error("RS-811", path="app.py")
    os.environ["RASOAT_DATA_DIR"] = str(settings.data_dir.resolve())
    os.chdir(os.path.dirname(spec.origin))  # Streamlit reads .streamlit/ beside the entry file
    arguments = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        spec.origin,
        f"--server.address={settings.host}",
        f"--server.port={settings.port}",
        f"--server.maxUploadSize={settings.max_upload_mb}",
        *(f"--server.allowedHosts={name}" for name in settings.allowed_hosts.split(",")),
        "--server.headless=true",
        "--logger.hideWelcomeMessage=true",  # its English lines repeat the greeting
    ]
    sys.stdout.flush()
    os.execv(sys.executable, arguments)
