"""Developer tool: `python -m voc.core.db.make_migration NAME` writes a migration for what changed in the models.

`--anew` replaces all migrations by one new `0001_initial`; allowed only while nothing has been released.
Read what it writes: a removed and an added field of one type become a rename.
"""

import argparse
import asyncio
from pathlib import Path

from tortoise.context import TortoiseContext
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.writer import MigrationWriter, format_migration_name

from voc.core.db.address import APP, tortoise_config
from voc.core.resources import folder


async def make(name: str | None, *, anew: bool) -> list[Path]:
    """Write the migration and give its path; nothing when the models have not changed."""
    where = folder("migrations")
    (where / "__init__.py").touch()
    old = list(where.glob("[0-9]*.py")) if anew else []
    hidden = [path.rename(path.with_suffix(".old")) for path in old]
    try:
        written = await _write(name)
    except BaseException:
        for path in hidden:
            path.rename(path.with_suffix(".py"))
        raise
    for path in hidden:
        path.unlink()
    return written


async def changes() -> list[MigrationWriter]:
    """What the models say and the migrations do not yet."""
    config = tortoise_config("sqlite://unused.sqlite3")
    async with TortoiseContext() as context:
        await context.init(config=config, init_connections=False)
        apps = context.apps
        if apps is None:
            raise RuntimeError("Tortoise has loaded no models.")
        for model in apps[APP].values():
            model._meta.table_description = ""  # docstrings are for colleagues: a better sentence is no change of the schema
        return await MigrationAutodetector(apps, config["apps"]).changes()


async def _write(name: str | None) -> list[Path]:
    written = []
    for writer in await changes():
        if name and not writer.initial:
            writer.name = format_migration_name(int(writer.name.partition("_")[0]), name)
        path = writer.path()
        fresh = path.with_suffix(".new")
        fresh.write_text(writer.as_string(), "utf-8")
        written.append(fresh.replace(path))
    return written


def main() -> None:
    """Run the tool."""
    arguments = argparse.ArgumentParser(prog="python -m voc.core.db.make_migration", description=__doc__)
    arguments.add_argument("name", nargs="?", help="what the migration does, in a few words")
    arguments.add_argument("--anew", action="store_true", help="replace all migrations by one new 0001_initial")
    options = arguments.parse_args()
    written = asyncio.run(make(options.name, anew=options.anew))
    for path in written:
        print(path)
    if not written:
        print("The models have not changed.")


if __name__ == "__main__":
    main()
