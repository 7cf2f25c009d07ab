// The control API of the sandbox.

const ROOT = "/sandbox/api";
export const SILENT = "The sandbox does not answer. Is it still running?";

async function call(path, options = {}) {
  const response = await fetch(ROOT + path, options).catch(() => { throw new Error(SILENT); });
  const body = await response.json();
  if (!response.ok) throw new Error(body.error ?? `The sandbox answered ${response.status}.`);
  return body;
}

export const get = (path) => call(path);
export const remove = (path) => call(path, { method: "DELETE" });
export const post = (path, body = {}) =>
  call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
export const upload = (path, form) => call(path, { method: "POST", body: form });

export const fileUrl = (id) => `/sandbox/files/${encodeURIComponent(id)}`;

// `heard` gets every event; `opened` runs at each (re)connection, when something may have been missed.
export function listen(heard, opened, lost) {
  const source = new EventSource(`${ROOT}/events`);
  source.addEventListener("open", opened);
  source.addEventListener("message", (event) => heard(JSON.parse(event.data)));
  source.addEventListener("error", lost);
}
