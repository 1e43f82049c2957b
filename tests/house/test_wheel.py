"""The wheel carries all it needs: installed alone in an empty venv, it sets up a database and knows its questionnaires."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_owns_no_top_level_name_but_voc(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"voc"}


@pytest.mark.parametrize(
    "part",
    [
        "_data/schema/voc.graphql",
        "_data/surveys/nps-relationship.yaml",
        "_data/migrations/0001_initial.py",
        "web/static/base.css",
        "py.typed",
    ],
)
def test_the_wheel_carries(wheel: Path, part: str) -> None:
    assert f"voc/{part}" in zipfile.ZipFile(wheel).namelist()


def test_every_file_beside_the_code_is_in_the_wheel(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    beside = [path.relative_to(ROOT).as_posix() for path in (ROOT / "voc").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert not [name for name in beside if name not in packed]


def test_the_wheel_works_alone_in_an_empty_venv(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv/bin/python"
    subprocess.run([python, "-m", "pip", "install", "-q", "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True)
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(subprocess.run([python, "-c", asked], check=True, capture_output=True, text=True).stdout.strip())
    # The libraries it depends on are those of this environment; the package itself is not, for a .pth adds no .pth of its own.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    run = tmp_path / "elsewhere"
    run.mkdir()
    environment = {"PATH": os.environ["PATH"], "VOC_DATABASE_URL": f"sqlite://{run}/data/voc.sqlite3"}

    def voc(*arguments: str) -> str:
        done = subprocess.run(
            [tmp_path / "venv/bin/voc", *arguments], cwd=run, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    where = subprocess.run([python, "-c", "import voc; print(voc.__file__)"], cwd=run, check=True, capture_output=True, text=True).stdout
    assert where.startswith(str(site))
    assert "0001_initial" in voc("migrate")
    assert "up to date" in voc("migrate")
    assert "nps-relationship" in voc("surveys", "ready")
    assert "VOC_DATABASE_URL" in voc("config")
    voc("schema", "export", str(run / "schema"))
    assert (run / "schema/voc.graphql").read_text() == (ROOT / "schema/voc.graphql").read_text()
