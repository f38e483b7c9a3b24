"""The small kinds of column and index that every table uses."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer
from sqlalchemy import text as sql


def yes_no(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


def number(name: str, nullable: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=nullable)


def partial(name: str, *columns: Column[object], only: str, unique: bool = False) -> Index:
    """An index over the few rows that are still alive, so that its size follows the work in hand, not the years."""
    return Index(name, *columns, unique=unique, sqlite_where=sql(only), postgresql_where=sql(only))
