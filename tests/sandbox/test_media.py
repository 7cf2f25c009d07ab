from __future__ import annotations

import io
from datetime import timedelta

import pytest
from telegram import (
    Bot,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    Message,
)
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


async def test_sounds_and_films_say_how_long_they_are(bot: Bot, alice: Person) -> None:
    audio = (
        await bot.send_audio(alice.id, b"a", duration=7, title="Waves", filename="w.mp3")
    ).audio
    assert audio is not None
    assert (audio.duration, audio.title, audio.file_name) == (
        timedelta(seconds=7),
        "Waves",
        "w.mp3",
    )
    voice = (await bot.send_voice(alice.id, b"v", duration=3, caption="Listen")).voice
    assert voice is not None
    assert voice.duration == timedelta(seconds=3)
    video = (await bot.send_video(alice.id, b"v", width=640, height=480, duration=9)).video
    assert video is not None
    assert (video.width, video.height, video.duration) == (640, 480, timedelta(seconds=9))
    moving = await bot.send_animation(alice.id, b"g", width=4, height=3, filename="a.mp4")
    assert moving.animation is not None
    assert moving.document is not None
    assert moving.document.file_id == moving.animation.file_id
    again = await bot.send_audio(alice.id, audio.file_id)
    assert again.audio is not None
    assert again.audio.file_id == audio.file_id
    other = InputMediaVideo(b"other", caption="Other", width=8, height=6)
    edited = await moving.edit_media(other)
    assert isinstance(edited, Message)
    assert edited.video is not None
    assert (edited.video.width, edited.caption) == (8, "Other")


async def test_an_album_mixes_photos_with_films_and_nothing_else(bot: Bot, alice: Person) -> None:
    photo, film, sound = InputMediaPhoto(png(9, 9)), InputMediaVideo(b"v"), InputMediaAudio(b"a")
    assert len(await bot.send_media_group(alice.id, [photo, film])) == 2
    with pytest.raises(BadRequest, match="media of the specified type"):
        await bot.send_media_group(alice.id, [film, sound])


async def test_venues_contacts_and_dice_are_sent(bot: Bot, alice: Person) -> None:
    venue = (await bot.send_venue(alice.id, 52.5, 13.4, "Practice", "Main Street 1")).venue
    assert venue is not None
    assert (venue.title, venue.location.latitude) == ("Practice", 52.5)
    contact = (await bot.send_contact(alice.id, "+49301234", "Dr. Who")).contact
    assert contact is not None
    assert (contact.phone_number, contact.first_name) == ("+49301234", "Dr. Who")
    dice = (await bot.send_dice(alice.id)).dice
    assert dice is not None
    assert dice.emoji == "🎲"
    assert 1 <= dice.value <= 6


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
