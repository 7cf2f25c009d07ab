// The message box: text, commands, replies, attachments and the reply keyboard.

import * as api from "./api.js";
import { summary } from "./bubble.js";
import { $, confirmBox, el, openPopup, toast } from "./dom.js";
import { choosePlace } from "./places.js";

export class Composer {
  constructor() {
    this.person = 0;
    this.commands = [];
    this.keyboard = null;
    this.target = null;
    this.chosen = 0;
    this.listen();
  }

  listen() {
    const input = $("input");
    $("composer").addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    input.addEventListener("input", () => { this.grow(); this.suggest(); });
    input.addEventListener("keydown", (event) => this.key(event));
    $("menu").addEventListener("click", () => this.toggleCommands());
    $("attach").addEventListener("click", () => this.attach());
    $("file").addEventListener("change", () => this.sendFile());
    $("cancel-reply").addEventListener("click", () => this.setTarget(null));
    $("keyboard-toggle").addEventListener("click", () => this.toggleKeyboard());
    $("chat").addEventListener("dragover", (event) => event.preventDefault());
    $("chat").addEventListener("drop", (event) => {
      event.preventDefault();
      const [file] = event.dataTransfer.files;
      if (file) this.upload(file, file.type.startsWith("image/") ? "photo" : "document");
    });
  }

  show(person, { commands, keyboard, force_reply: forced }) {
    if (person !== this.person) { $("input").value = ""; this.setTarget(null); this.grow(); }
    this.person = person;
    this.commands = commands;
    $("menu").hidden = commands.length === 0;
    this.hideCommands();
    this.setKeyboard(keyboard, forced);
  }

  async act(work) {
    try { return await work(); } catch (error) { toast(error.message); return null; }
  }

  say(text) {
    return this.act(() => api.post(`/people/${this.person}/messages`, { text }));
  }

  async submit() {
    const text = $("input").value;
    if (!text.trim()) return;
    const { target } = this;
    const path = `/people/${this.person}/${target?.edit ? "edits" : "messages"}`;
    const body = target?.edit ? { message_id: target.id, text } : { text, reply_to: target?.id ?? 0 };
    const sent = await this.act(() => api.post(path, body));
    if (!sent) return;
    $("input").value = "";
    this.setTarget(null);
    this.grow();
    this.hideCommands();
  }

  grow() {
    const input = $("input");
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight + 2, 0.35 * innerHeight)}px`;
  }

  setTarget(message, edit = false) {
    this.target = message ? { id: message.message_id, edit } : null;
    $("replying").hidden = !message;
    $("replying").querySelector("strong").textContent = edit ? "Edit" : "Reply";
    $("replying-text").textContent = message ? summary(message) : "";
    if (edit && message) { $("input").value = message.text; this.grow(); }
    if (message) $("input").focus();
  }

  // --- commands ------------------------------------------------------------------------------

  toggleCommands() {
    if ($("commands").hidden) { this.list(this.commands); $("input").focus(); } else this.hideCommands();
  }

  hideCommands() {
    $("commands").hidden = true;
    $("input").removeAttribute("aria-activedescendant");
    $("menu").setAttribute("aria-expanded", "false");
  }

  suggest() {
    const typed = /^\/(\w*)$/.exec($("input").value);
    const found = typed ? this.commands.filter(({ command }) => command.startsWith(typed[1].toLowerCase())) : [];
    if (found.length) this.list(found);
    else this.hideCommands();
  }

  list(commands) {
    this.chosen = 0;
    $("commands").replaceChildren(...commands.map(({ command, description }, at) => el("li", {
      role: "option", id: `command-${at}`, "aria-selected": at === 0 ? "true" : "false",
      onclick: () => { this.hideCommands(); $("input").value = ""; this.say(`/${command}`); },
    }, el("strong", {}, `/${command}`), el("span", {}, description))));
    $("commands").hidden = commands.length === 0;
    $("input").setAttribute("aria-activedescendant", "command-0");
    $("menu").setAttribute("aria-expanded", "true");
  }

  choose(step) {
    const options = [...$("commands").children];
    this.chosen = (this.chosen + step + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === this.chosen)));
    options[this.chosen].scrollIntoView({ block: "nearest" });
    $("input").setAttribute("aria-activedescendant", options[this.chosen].id);
  }

  key(event) {
    const open = !$("commands").hidden;
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.choose(event.key === "ArrowDown" ? 1 : -1);
    } else if (open && event.key === "Tab" && !event.shiftKey) {
      event.preventDefault();
      $("input").value = `${$("commands").children[this.chosen].querySelector("strong").textContent} `;
      this.hideCommands();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (open) $("commands").children[this.chosen].click();
      else this.submit();
    } else if (event.key === "Escape") {
      this.hideCommands();
      this.setTarget(null);
    }
  }

  // --- attachments ---------------------------------------------------------------------------

  attach() {
    const file = (kind) => { this.kind = kind; $("file").accept = kind === "photo" ? "image/*" : ""; $("file").click(); };
    openPopup($("attach"), [
      { text: "Photo", mark: "attach", run: () => file("photo") },
      { text: "Document", mark: "file", run: () => file("document") },
      { text: "Location", mark: "place", run: () => this.location() },
    ]);
  }

  location() {
    choosePlace((latitude, longitude) => this.act(() => api.post(`/people/${this.person}/location`, { latitude, longitude })));
  }

  contact() {
    confirmBox("Share your number?", "The bot gets your name and a number that belongs to nobody.", "Share", () =>
      this.act(() => api.post(`/people/${this.person}/contact`)));
  }

  sendFile() {
    const [file] = $("file").files;
    if (file) this.upload(file, this.kind);
    $("file").value = "";
  }

  upload(file, kind) {
    const form = new FormData();
    form.append("as", kind);
    form.append("caption", $("input").value);
    form.append("file", file);
    return this.act(async () => {
      await api.upload(`/people/${this.person}/files`, form);
      $("input").value = "";
    });
  }

  // --- reply keyboard ------------------------------------------------------------------------

  setKeyboard(keyboard, forced = null) {
    this.keyboard = keyboard;
    const rows = keyboard?.keyboard ?? [];
    $("keyboard").replaceChildren(...rows.map((row) => el("div", {}, ...row.map((button) => this.replyButton(button)))));
    $("keyboard").hidden = rows.length === 0;
    $("keyboard-toggle").hidden = rows.length === 0;
    $("keyboard-toggle").setAttribute("aria-expanded", "true");
    $("input").placeholder = forced?.placeholder || keyboard?.input_field_placeholder || "Message";
    if (forced) $("input").focus();
  }

  replyButton(button) {
    const press = () => {
      if (button.request_location) this.location();
      else if (button.request_contact) this.contact();
      else this.say(button.text);
    };
    return el("button", { class: button.style ?? "", onclick: press }, button.text);
  }

  toggleKeyboard() {
    const show = $("keyboard").hidden;
    $("keyboard").hidden = !show;
    $("keyboard-toggle").setAttribute("aria-expanded", String(show));
  }
}
