// Puts the page together: loads what there is, then follows what happens.

import * as api from "./api.js";
import { Beside } from "./beside.js";
import { Chat, welcome } from "./chat.js";
import { Composer } from "./composer.js";
import { Developer } from "./developer.js";
import { $, avatar, confirmBox, openPopup, toast } from "./dom.js";
import { People } from "./people.js";
import { TimeTravel } from "./time.js";

const address = new URL(location.href);
const composer = new Composer();
const people = new People(choose);
const time = new TimeTravel(people);
const solo = address.searchParams.has("solo");
const developer = new Developer(people);
const chat = new Chat({
  onCommand: (command) => composer.say(command),
  onReply: (message) => composer.setTarget(message),
  onEdit: (message) => composer.setTarget(message, true),
  onEmpty: (empty) => { state.empty = empty; drawEnd(); },
});
const state = { bot: null, empty: true, blocked: false };

// Beside another chat, the page is the chat alone.
document.documentElement.classList.toggle("solo", solo);
if (!solo) people.beside = new Beside(people);

// What is hidden takes no focus: before Start there is no message box.
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  ($("big").hidden ? $("input") : $("big")).focus();
});

// --- the person in view ------------------------------------------------------------------------

async function choose(id) {
  closeDrawers();
  if (!people.all.some((person) => person.id === id)) await people.load();
  people.beside?.close(id);
  people.choose(id);
  address.searchParams.set("person", id);
  history.replaceState(null, "", address);
  await reload();
}

async function reload() {
  const wanted = people.current;
  const view = await api.get(`/people/${wanted}`);
  if (people.current !== wanted) return;
  state.blocked = view.person.blocked;
  const { bot } = state;
  document.title = `${people.person?.first_name ?? ""} – ${bot.first_name}`;
  $("log").setAttribute("aria-label", `Chat with ${bot.first_name} as ${people.person?.first_name}`);
  welcome(bot, view.description);
  composer.show(wanted, view);
  chat.show(wanted, view);
}

// The bottom of the chat: Start for an empty one, Unblock for a blocked one, else the message box.
function drawEnd() {
  const { empty, blocked } = state;
  const big = $("big");
  $("welcome").hidden = !empty;
  big.hidden = !(empty || blocked);
  big.classList.toggle("start", empty && !blocked);
  big.textContent = blocked ? "Unblock and restart" : "Start";
  $("composer").hidden = empty || blocked;
  $("keyboard").hidden = empty || blocked || !composer.keyboard;
  if (started && !empty && !blocked) focusEnd();
}

// Set by Start until the message box is there: what is hidden takes no focus.
let started = false;

function focusEnd() {
  started = false;
  // On a touch screen, focus would bring the keyboard up over the answer.
  (matchMedia("(hover: hover)").matches ? $("input") : $("scroll")).focus();
}

$("big").addEventListener("click", async () => {
  const payload = address.searchParams.get("start") ?? "";
  if (state.blocked) await composer.act(() => api.post(`/people/${people.current}/unblock`));
  started = true;
  await composer.say(`/start ${payload}`.trim());
  drawEnd();
});

$("more").addEventListener("click", () => {
  const path = `/people/${people.current}`;
  const act = (work) => composer.act(work);
  const block = state.blocked
    ? { text: "Unblock the bot", run: () => act(() => api.post(`${path}/unblock`)) }
    : { text: "Block the bot", bad: true, run: () => act(() => api.post(`${path}/block`)) };
  openPopup($("more"), [
    { text: "Clear this chat", run: () => confirmBox("Clear this chat?", "It is cleared for you. The bot keeps what it knows.", "Clear", () => act(() => api.remove(`${path}/chat`))) },
    { text: "Delete and block", bad: true, run: () => confirmBox("Delete and block?", "The chat is cleared, and the bot cannot write to you until you unblock it.", "Delete and block", () => act(() => api.remove(`${path}/chat?stop=1`))) },
    block,
  ]);
});

// --- drawers -------------------------------------------------------------------------------------

const small = matchMedia("(max-width: 899px)");
let opener = null;

function closeDrawers() {
  for (const drawer of document.querySelectorAll(".drawer.open")) drawer.classList.remove("open");
  $("backdrop").hidden = true;
  $("chat").inert = false;
  $("show-developer").setAttribute("aria-expanded", String(!small.matches && !$("developer").hidden));
  opener?.focus();
  opener = null;
}

function openDrawer(drawer, from) {
  closeDrawers();
  opener = from;
  drawer.hidden = false;
  drawer.classList.add("open");
  $("backdrop").hidden = false;
  $("chat").inert = true;
  drawer.querySelector("button")?.focus();
}

function toggleDeveloper() {
  if (small.matches) { openDrawer($("developer"), $("show-developer")); return; }
  const show = $("developer").hidden;
  $("developer").hidden = !show;
  $("show-developer").setAttribute("aria-expanded", String(show));
  localStorage.setItem("developer", show ? "open" : "");
  people.beside?.float();
}

$("show-people").addEventListener("click", () => openDrawer($("people"), $("show-people")));
$("show-time").addEventListener("click", () => openDrawer($("time"), $("show-time")));
$("show-developer").addEventListener("click", toggleDeveloper);
$("backdrop").addEventListener("click", closeDrawers);
for (const button of document.querySelectorAll("[data-close]")) {
  button.addEventListener("click", () => {
    if (!small.matches && button.closest("#developer")) toggleDeveloper();
    closeDrawers();
  });
}
addEventListener("keydown", (event) => { if (event.key === "Escape" && !$("dialog").open) closeDrawers(); });
$("time").addEventListener("click", (event) => { if (small.matches && event.target.closest(".jumps button")) closeDrawers(); });
small.addEventListener("change", () => { closeDrawers(); $("developer").hidden = !small.matches && !localStorage.getItem("developer"); });
$("developer").hidden = !small.matches && !localStorage.getItem("developer");

// --- what happens --------------------------------------------------------------------------------

const mine = (event) => event.chat_id === people.current;

const heard = {
  message: (event) => { people.heard(event.chat_id, event.message); if (mine(event)) chat.add(event.message); time.soon(); },
  edit: (event) => { if (mine(event)) chat.change(event.message); time.soon(); },
  delete: (event) => { if (mine(event)) chat.drop(event.message_id); people.load(); },
  pins: (event) => { if (mine(event)) chat.setPins(event.pins); },
  keyboard: (event) => { if (mine(event)) composer.setKeyboard(event.keyboard, event.force_reply); },
  action: (event) => { if (mine(event)) chat.setBusy(event.action); },
  answer: (event) => { if (mine(event)) chat.answered(event); },
  blocked: (event) => {
    if (mine(event)) { state.blocked = event.blocked; drawEnd(); }
    people.load();
  },
  cleared: (event) => { if (mine(event)) reload(); people.load(); },
  people: () => people.load(),
  commands: () => reload(),
  profile: () => loadState().then(reload),
  call: (event) => developer.addCall(event.call),
  faults: () => loadState(),
  time: (event) => time.set(event.time),
};

async function loadState() {
  const loaded = await api.get("/state");
  state.bot = loaded.bot;
  $("bot-name").textContent = loaded.bot.first_name;
  $("bot-avatar").textContent = [...loaded.bot.first_name][0].toUpperCase();
  developer.setMethods(loaded.methods);
  developer.showFaults(loaded.faults, loaded.limits);
  time.set(loaded.time);
  if (!solo) time.setActions(loaded.actions);
}

async function loadAll() {
  await loadState();
  await people.load();
  developer.showCalls(await api.get("/calls"));
  const asked = Number(address.searchParams.get("person"));
  const known = people.all.some(({ id }) => id === (people.current || asked));
  people.choose(known ? people.current || asked : people.all[0]?.id);
  await reload();
  document.documentElement.dataset.ready = "true";
}

let gone = false;
api.listen(
  (event) => heard[event.kind]?.(event),
  () => { if (gone) toast("The sandbox is back."); gone = false; loadAll().catch((error) => toast(error.message)); },
  () => { if (!gone) toast(api.SILENT, 60); gone = true; },
);
