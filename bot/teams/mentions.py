"""What a person typed, as plain text: the bot's own mention taken out, HTML turned back into signs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from typing import Any

from discussions.seen_text import seen_text

_AT_SPAN = re.compile(r"<at(?:\s[^<>]*)?>(.{0,200}?)</at>", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li|h[1-6]|blockquote)\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_INVISIBLE = "\u200b\u200e\u200f\ufeff"
_MARKUP_FORMATS = frozenset({"xml", "html"})


def plain_text(
    text: str | None,
    *,
    own_address: str | None,
    entities: Sequence[Mapping[str, Any]] = (),
    text_format: str | None = None,
    attachments: Sequence[Mapping[str, Any]] = (),
) -> str | None:
    """None if there is nothing to read. Other people's mentions stay as their names."""
    is_markup = (text_format or "").lower() in _MARKUP_FORMATS
    if text is None or not text.strip():
        text, is_markup = _html_attachment(attachments), True
    if text is None:
        return None
    for span in _own_mentions(entities, own_address):
        text = _take_out(text, span)
    text = _AT_SPAN.sub(r"\1", text)
    if is_markup:
        text = _TAG.sub("", _BREAK.sub("\n", text))
    return _trim(seen_text(unescape(text).replace("\xa0", " "))) or None


def _own_mentions(entities: Sequence[Mapping[str, Any]], own_address: str | None) -> list[str]:
    """The spans that name us by id. A display name is never compared: it may be an ordinary word."""
    spans = []
    for entity in entities:
        mentioned, span = entity.get("mentioned"), entity.get("text")
        if str(entity.get("type")).lower() != "mention" or not isinstance(mentioned, dict):
            continue
        if own_address is None or mentioned.get("id") != own_address:
            continue
        if isinstance(span, str) and _AT_SPAN.fullmatch(span):
            spans.append(span)
    return spans


def _take_out(text: str, span: str) -> str:
    """Once, as written or as HTML would write it (`R & D` may stand as `R &amp; D` in the text)."""
    name = _AT_SPAN.fullmatch(span)
    inner = name.group(1) if name is not None else ""
    for spelling in (span, span.replace(inner, escape(inner, quote=False)), span.replace(inner, unescape(inner))):
        if spelling in text:
            before, _, after = text.partition(spelling)
            return f"{before.rstrip(' ')} {after.lstrip(' ')}"
    return text


def _html_attachment(attachments: Sequence[Mapping[str, Any]]) -> str | None:
    for attachment in attachments:
        content = attachment.get("content")
        if attachment.get("contentType") == "text/html" and isinstance(content, str):
            return content
    return None


def _trim(text: str) -> str:
    return text.strip().strip(_INVISIBLE).strip()
