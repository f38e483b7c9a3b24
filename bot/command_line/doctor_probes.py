"""The doctor's looks at the database and at files: by the same parts that read them in earnest, changing nothing."""

from __future__ import annotations

from pathlib import Path

from bot.command_line.doctor import Revisions, Trouble
from bot.command_line.opening import find_keyring, read_practice_in_use, read_revision
from bot.settings import Settings
from storage.csv_lines import BadFile
from storage.feed_file import read_feed_file
from storage.health import count_people, count_unreadable
from storage.practice_file import BadPracticeFile
from storage.schema import newest_revision


class DatabaseInUse:
    """Fulfils `DatabaseProbe`. A SQLite file that is not there is not made."""

    async def read_revisions(self, settings: Settings) -> Revisions:
        return Revisions(read_revision(settings), newest_revision())

    async def count_people(self, settings: Settings) -> int:
        return count_people(settings.database_url)

    async def count_unreadable(self, settings: Settings) -> int:
        return count_unreadable(settings.database_url, find_keyring(settings))


class FilesHere:
    """Fulfils `FileProbe`."""

    async def read_practice(self, path: Path | None) -> str:
        try:
            practice, _ = read_practice_in_use(path)
        except BadPracticeFile as bad:
            raise Trouble(f"can't be used, {len(bad.problems)} to mend; the first is {bad.problems[0]}") from None
        return practice.version

    async def count_feeds(self, path: Path, is_local: bool) -> int:
        try:
            return len(read_feed_file(path, is_local))
        except BadFile as bad:
            raise Trouble(f"can't be used, {len(bad.problems)} to mend; the first is {bad.problems[0]}") from None

    async def check_readable(self, path: Path) -> None:
        with path.open("rb") as file:
            file.read(1)
