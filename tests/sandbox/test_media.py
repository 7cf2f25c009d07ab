from __future__ import annotations

import io

import pytest
from telegram import Bot, InputMediaDocument, InputMediaPhoto, Message
from telegram.error import BadRequest

from tests.sandbox.pictures import png
from tipbot.sandbox import Person


async def test_a_document_goes_up_and_comes_down(bot: Bot, alice: Person) -> None:
    sent = await bot.send_document(alice.id, io.BytesIO(b"a,b\n1,2\n"), "<b>Two</b>",
                                   filename="diary é.csv", parse_mode="HTML")  # fmt: skip
    assert sent.document is not None
    assert sent.document.file_name == "diary é.csv"
    assert sent.document.mime_type == "text/csv"
    assert sent.document.file_size == 8
    assert sent.caption_entities[0].type == "bold"
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"a,b\n1,2\n"


async def test_a_photo_has_sizes_up_to_its_own(bot: Bot, alice: Person) -> None:
    sent = await bot.send_photo(alice.id, png(640, 480), caption="A chart")
    assert [(s.width, s.height) for s in sent.photo] == [(90, 68), (320, 240), (640, 480)]
    again = await bot.send_photo(alice.id, sent.photo[-1].file_id)
    assert again.photo[-1].file_id == sent.photo[-1].file_id


async def test_a_file_is_sent_again_by_its_id(bot: Bot, alice: Person) -> None:
    sent = await bot.send_document(alice.id, b"one", filename="one.txt")
    assert sent.document is not None
    again = await bot.send_document(alice.id, sent.document.file_id)
    assert again.document is not None
    assert again.document.file_unique_id == sent.document.file_unique_id


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"no picture", "Image_process_failed"),
        (png(2100, 100), "Photo_invalid_dimensions"),
        (b"", "File must be non-empty"),
    ],
)
async def test_what_is_no_photo_is_refused(
    bot: Bot, alice: Person, data: bytes, complaint: str
) -> None:
    with pytest.raises(BadRequest, match=complaint):
        await bot.send_photo(alice.id, data)


async def test_a_caption_holds_1024_characters(bot: Bot, alice: Person) -> None:
    await bot.send_document(alice.id, b"a", caption="x" * 1024, filename="a")
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_document(alice.id, b"a", caption="x" * 1025, filename="a")


async def test_unknown_files_and_addresses_are_refused(bot: Bot, alice: Person) -> None:
    with pytest.raises(BadRequest, match=r"(?i)wrong remote file identifier specified"):
        await bot.send_document(alice.id, "BQACnothing")
    with pytest.raises(BadRequest, match=r"(?i)invalid file_id"):
        await bot.get_file("BQACnothing")
    with pytest.raises(BadRequest, match="Failed to get http url content"):
        await bot.send_photo(alice.id, "https://example.org/a.png")


async def test_a_photo_is_put_in_anothers_place(bot: Bot, alice: Person) -> None:
    sent = await bot.send_photo(alice.id, png(), caption="One")
    edited = await sent.edit_media(InputMediaPhoto(png(100, 100), caption="Two"))
    assert isinstance(edited, Message)
    assert (edited.photo[-1].width, edited.caption) == (100, "Two")
    text = await bot.send_message(alice.id, "One")
    turned = await text.edit_media(InputMediaDocument(b"a", filename="a.txt"))
    assert isinstance(turned, Message)
    assert turned.document is not None
    assert turned.text is None


async def test_an_album_holds_together(bot: Bot, alice: Person) -> None:
    sent = await bot.send_media_group(alice.id, [InputMediaPhoto(png()), InputMediaPhoto(png())])
    assert len(sent) == 2
    assert len({m.media_group_id for m in sent}) == 1
    assert sent[0].media_group_id


async def test_people_send_files_too(bot: Bot, alice: Person) -> None:
    alice.sends_document("tips.zip", b"PK", "application/zip", "My tips")
    alice.acts.send_photo("me.png", "image/png", png())
    document, photo = (u.message for u in await bot.get_updates())
    assert document is not None
    assert document.document is not None
    assert (document.document.mime_type, document.caption) == ("application/zip", "My tips")
    file = await document.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"PK"
    assert photo is not None
    assert photo.photo[-1].width == 64
