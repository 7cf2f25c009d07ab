from __future__ import annotations

import pytest
from telegram import Bot, ChatMember, KeyboardButton, Message, ReplyKeyboardMarkup
from telegram.error import BadRequest, Forbidden

from tipbot.sandbox import ActionError, NothingCame, Person, Profile, Sandbox


async def test_start_carries_its_payload(bot: Bot, sandbox: Sandbox) -> None:
    sandbox.person("Bob").starts("invite-7")
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "/start invite-7"
    assert update.message.entities[0].length == len("/start")
    assert update.effective_user is not None
    assert update.effective_user.language_code == "en"


async def test_a_contact_is_shared(bot: Bot, alice: Person) -> None:
    alice.acts.share_contact()
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.contact is not None
    assert update.message.contact.user_id == alice.id
    assert update.message.contact.phone_number.startswith("999")


async def test_a_place_is_a_reply_to_the_message_that_asked_for_it(bot: Bot, alice: Person) -> None:
    button = KeyboardButton("Here", request_location=True)
    asked = await bot.send_message(alice.id, "Where?", reply_markup=ReplyKeyboardMarkup([[button]]))
    await bot.send_message(alice.id, "Or tell me")
    alice.shares_location(27.717, 85.324)
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.reply_to_message is not None
    assert update.message.reply_to_message.message_id == asked.message_id


async def test_a_location_is_shared(bot: Bot, alice: Person) -> None:
    alice.shares_location(27.717, 85.324)
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.location is not None
    assert update.message.location.latitude == 27.717


async def test_blocking_and_unblocking_are_told(bot: Bot, alice: Person) -> None:
    alice.blocks()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(alice.id, "Hello?")
    with pytest.raises(ActionError, match="unblock it before"):
        alice.says("Hello?")
    alice.unblocks()
    alice.starts()
    blocked, unblocked, start = await bot.get_updates()
    assert blocked.my_chat_member is not None
    assert blocked.my_chat_member.new_chat_member.status == ChatMember.BANNED
    assert unblocked.my_chat_member is not None
    assert unblocked.my_chat_member.old_chat_member.status == ChatMember.BANNED
    assert unblocked.my_chat_member.new_chat_member.status == ChatMember.MEMBER
    assert start.message is not None
    assert await bot.send_message(alice.id, "Welcome back")


async def test_a_text_is_edited_by_who_wrote_it(bot: Bot, alice: Person) -> None:
    said = alice.says("Berlim")
    alice.acts.edit(said["message_id"], "Berlin")
    _first, edited = await bot.get_updates()
    assert edited.edited_message is not None
    assert edited.edited_message.text == "Berlin"
    sent = await bot.send_message(alice.id, "Mine")
    with pytest.raises(ActionError, match="one's own"):
        alice.acts.edit(sent.message_id, "Yours")


async def test_a_cleared_chat_is_empty_for_its_person_only(bot: Bot, alice: Person) -> None:
    sent = await bot.send_message(alice.id, "One")
    alice.acts.delete_chat()
    assert alice.messages == []
    await sent.edit_text("Two")
    assert alice.messages == []
    await bot.send_message(alice.id, "Three")
    assert [m["text"] for m in alice.messages] == ["Three"]


async def test_pins_are_shown_and_told(bot: Bot, alice: Person) -> None:
    sent = await bot.send_message(alice.id, "Log pad")
    assert await sent.pin(disable_notification=True) is True
    [update] = await bot.get_updates()
    assert update.message is not None
    assert isinstance(update.message.pinned_message, Message)
    assert update.message.pinned_message.text == "Log pad"
    chat = await bot.get_chat(alice.id)
    assert chat.pinned_message is not None
    assert [m["text"] for m in alice.from_bot if m["pinned"]] == ["Log pad"]
    assert await sent.unpin() is True
    with pytest.raises(BadRequest, match="Message to unpin not found"):
        await bot.unpin_chat_message(alice.id)
    await sent.pin()
    assert await bot.unpin_all_chat_messages(alice.id) is True
    assert alice.chat.pins == []


async def test_the_bot_reacts(bot: Bot, alice: Person) -> None:
    said = alice.says("Thank you")
    assert await bot.set_message_reaction(alice.id, said["message_id"], "❤") is True
    assert alice.messages[-1]["reactions"] == {
        str(bot.id): [{"type": "emoji", "emoji": "❤"}]
    }  # fmt: skip
    with pytest.raises(BadRequest, match="Reaction_invalid"):
        await bot.set_message_reaction(alice.id, said["message_id"], "🧦")


async def test_messages_are_forwarded_and_copied(bot: Bot, alice: Person, sandbox: Sandbox) -> None:
    bob = sandbox.person("Bob")
    bob.starts()
    said = alice.says("Look here")["message_id"]
    forwarded = await bot.forward_message(bob.id, alice.id, said)
    assert forwarded.forward_origin is not None
    assert bob.last["forward_origin"]["sender_user"]["first_name"] == "Alice"
    copied = await bot.copy_message(bob.id, alice.id, said)
    assert bob.last["message_id"] == copied.message_id
    assert "forward_origin" not in bob.last
    assert len(await bot.copy_messages(bob.id, alice.id, [said])) == 1
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await forwarded.edit_text("Changed")
    with pytest.raises(BadRequest, match="Message to copy not found"):
        await bot.copy_message(bob.id, alice.id, 1)


async def test_a_group_gives_the_bot_commands_only(
    bot: Bot, alice: Person, sandbox: Sandbox
) -> None:
    group = sandbox.new_group(-500, "Eye club", [alice])
    here = alice.in_group(group.id)
    here.says("just talking")
    here.says("/start@sandbox_bot")
    added, note, command = await bot.get_updates()
    assert added.my_chat_member is not None
    assert added.my_chat_member.chat.type == "group"
    assert note.message is not None
    assert note.message.new_chat_members[0].id == bot.id
    assert command.message is not None
    assert command.message.text == "/start@sandbox_bot"
    assert (await bot.send_message(group.id, "In private only")).chat.title == "Eye club"
    assert await bot.leave_chat(group.id) is True
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(group.id, "Still here?")


async def test_a_person_comes_with_a_name_and_language(bot: Bot, sandbox: Sandbox) -> None:
    dora = sandbox.new_person(Profile(id=7, first_name="Dora", language_code="de"))
    dora.says("Hallo")
    [update] = await bot.get_updates()
    assert update.effective_user is not None
    assert (update.effective_user.full_name, update.effective_user.language_code) == ("Dora", "de")
    with pytest.raises(ValueError, match="taken"):
        sandbox.new_person(Profile(id=7, first_name="Other"))


async def test_waiting_finds_what_comes_later_and_what_is_edited(bot: Bot, alice: Person) -> None:
    sent = await bot.send_message(alice.id, "One")
    assert (await alice.reads("One"))["message_id"] == sent.message_id
    with pytest.raises(NothingCame, match="Alice waited in vain"):
        await alice.reads("Two", timeout=0.05)
    await sent.edit_text("Two")
    assert (await alice.waits_for(lambda m: m.get("text") == "Two", timeout=1))["edit_date"]
