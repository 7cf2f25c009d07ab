// One message as a bubble with its buttons.

import { fileUrl } from "./api.js";
import { clockTime, closeDialog, colourful, dialog, el, icon, isolated, sizeText } from "./dom.js";
import { nearest } from "./places.js";
import { formatted } from "./text.js";

const FILES = { document: "Document", audio: "Sound", video: "Film", voice: "Voice message" };

// What a message brings to be saved, and what to call it.
function attached(message) {
  const kind = Object.keys(FILES).find((name) => message[name]);
  return kind && { name: FILES[kind], ...message[kind] };
}

export function summary(message) {
  if (!message) return "Deleted message";
  if (message.note) return message.note;
  if (message.text) return message.text.replaceAll("\n", " ");
  if (message.photo) return message.caption ? `Photo: ${message.caption}` : "Photo";
  const file = attached(message);
  if (file) return file.file_name ?? file.name;
  if (message.contact) return "Contact";
  if (message.dice) return message.dice.emoji;
  if (message.venue) return message.venue.title;
  if (message.location) return "Location";
  if (message.pinned_message) return "Pinned a message";
  return "Message";
}

// Cut between words.
export function shortened(text, most = 40) {
  if (text.length <= most) return text;
  const cut = text.slice(0, most);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), most / 2)).trimEnd()}…`;
}

function showPhoto(message) {
  const photo = message.photo.at(-1);
  dialog([
    el("img", { src: fileUrl(photo.file_id), alt: message.caption ?? "Photo" }),
    el("div", { class: "buttons" },
      el("a", { href: `${fileUrl(photo.file_id)}?save`, download: "photo" }, "Save"),
      el("button", { autofocus: true, onclick: closeDialog }, "Close")),
  ], { name: "photo", label: "Photo" });
}

function photo(message) {
  const best = message.photo.at(-1);
  const image = el("img", {
    src: fileUrl(best.file_id), alt: message.caption ?? "Photo", width: best.width, height: best.height, loading: "eager",
  });
  return el("button", { class: "photo-button", "aria-label": `Open the photo${message.caption ? `: ${message.caption}` : ""}`, onclick: () => showPhoto(message) }, image);
}

function documentLink({ file_id, file_name, file_size, name }) {
  return el("a", { class: "document", href: `${fileUrl(file_id)}?save`, download: file_name ?? name.toLowerCase() },
    el("span", {}, icon("download")),
    el("span", {}, el("strong", {}, file_name ?? name), el("small", {}, sizeText(file_size))));
}

function card(mark, title, words) {
  return el("div", { class: "place" }, el("span", {}, mark), el("span", {}, el("strong", {}, title), el("small", {}, words)));
}

function place({ latitude, longitude }) {
  const near = nearest(latitude, longitude);
  return card(icon("place"), near ?? "Location", `${latitude.toFixed(3)}, ${longitude.toFixed(3)}`);
}

function contact({ phone_number, first_name, last_name }) {
  return card([...first_name][0] ?? "?", `${first_name} ${last_name ?? ""}`.trim(), `+${phone_number.replace(/^\+/, "")}`);
}

function meta(message, hooks) {
  const time = clockTime(new Date(1000 * message.date));
  // Apps mark people's edits only: a bot's messages change all the time.
  const edited = message.edit_date && !message.from_bot;
  const words = [edited ? "edited" : "", message.silent ? "without a sound" : "", time].filter(Boolean);
  return el("button", {
    class: "meta", "aria-haspopup": "menu", "aria-label": `Message actions; ${words.join(", ")}`,
    onclick: (event) => hooks.onActions(message, event.currentTarget),
  }, message.silent ? icon("silent") : "", edited ? "edited " : "", time);
}

function inlineButton(button, message, hooks) {
  const data = button.callback_data;
  const style = button.style ?? "";
  if (data !== undefined) {
    const waiting = hooks.isWaiting(message.message_id, data);
    return el("button", {
      class: `inline ${style} ${waiting ? "waiting" : ""}`, "aria-busy": waiting ? "true" : null, title: button.text, data: { data },
      onclick: () => hooks.onTap(message, data),
    }, button.text);
  }
  if (button.copy_text) return el("button", { class: `inline ${style}`, onclick: () => hooks.onCopy(button.copy_text.text) }, button.text);
  const url = button.url ?? button.web_app?.url;
  const open = () => (url ? window.open(url, "_blank", "noopener") : hooks.onUnsupported());
  return el("button", { class: `inline ${style}`, title: url, onclick: open }, button.text, url ? icon("link") : "");
}

function buttons(message, hooks) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return "";
  return el("div", { class: "buttons-below", role: "group", "aria-label": "Buttons" },
    ...rows.map((row) => el("div", {}, ...row.map((button) => inlineButton(button, message, hooks)))));
}

function reactions(message) {
  const given = Object.values(message.reactions ?? {}).flat();
  if (!given.length) return "";
  return el("div", { class: "reactions", "aria-label": "Reactions" }, ...given.map(({ emoji }) => el("span", {}, colourful(emoji))));
}

function quote(message, hooks) {
  const replied = message.reply_to_message;
  if (!replied) return "";
  return el("button", { class: "quote", onclick: () => hooks.onJump(replied.message_id) },
    el("strong", {}, replied.from?.first_name ?? ""), summary(replied));
}

function forwarded(message) {
  const origin = message.forward_origin?.sender_user;
  return origin ? el("span", { class: "forwarded" }, "Forwarded from ", isolated(origin.first_name)) : "";
}

export function bubble(message, hooks) {
  const { message_id, from_bot } = message;
  if (message.note) return el("div", { class: "service note", data: { id: message_id } }, message.note);
  if (message.pinned_message) {
    return el("button", { class: "service", data: { id: message_id }, onclick: () => hooks.onJump(message.pinned_message.message_id) },
      isolated(message.from.first_name), " pinned “", isolated(shortened(summary(message.pinned_message))), "”");
  }
  const content = [forwarded(message), quote(message, hooks)];
  if (message.photo) content.push(photo(message));
  const file = attached(message);
  if (file) content.push(documentLink(file));
  if (message.venue) content.push(card(icon("place"), message.venue.title, message.venue.address));
  else if (message.location) content.push(place(message.location));
  if (message.contact) content.push(contact(message.contact));
  if (message.dice) content.push(card(colourful(message.dice.emoji), String(message.dice.value), "thrown"));
  const text = message.text ?? message.caption;
  const bare = !text;
  if (text) {
    const body = formatted(text, message.entities ?? message.caption_entities, hooks.onCommand);
    body.append(meta(message, hooks));
    content.push(body);
  }
  return el("article", {
    class: `message ${from_bot ? "" : "mine"}`, data: { id: message_id, from: from_bot ? "bot" : "me", date: message.date },
    "aria-label": from_bot ? message.from.first_name : "You",
  }, el("div", { class: `bubble ${bare ? "bare" : ""}`, oncontextmenu: (event) => hooks.onContext(message, event) },
    ...content, reactions(message), bare ? meta(message, hooks) : ""),
  buttons(message, hooks));
}
