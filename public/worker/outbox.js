// What was made without a network, or on a bad one: kept here until the server has it.
//
// Calls of the server functions below pass through here. Each is written down before it is sent, so that nothing is
// lost with the page, the browser or the network, and crossed out once the server has answered. They are sent in
// their order, by one worker at a time, in the name of the account that made them and of no other.
"use strict";

/**
 * Server functions whose calls are kept: what they carry, as `app/src/offline/lines.rs` names it, and the field for the
 * key by which the server knows a call again. Without one, it is harmless twice.
 */
const QUEUED = new Map([
  ["/api/app/course/api/report_watching", { made: "watching" }],
  ["/api/app/course/api/complete_lesson", { made: "completion" }],
  ["/api/app/course/api/answer_quiz", { made: "answers", key: "attempt" }],
  ["/api/app/course/blocks/api/answer_block", { made: "answers" }],
  ["/api/app/course/blocks/api/put_entry", { made: "answers" }],
  ["/api/app/course/blocks/api/remove_entry", { made: "answers" }],
  ["/api/app/note/api/add_note", { made: "notes", key: "id" }],
  ["/api/app/note/api/set_bookmark", { made: "notes" }],
]);
const madeBy = ({ path }) => QUEUED.get(path)?.made;

/** Milliseconds after which a call counts as failed. */
const SEND_TIMEOUT = 20_000;
/** Stretches in one report, where several that wait become one. */
const MAX_EVENTS = 40;
/** Milliseconds until the next try: doubled each time up to the second. */
const BACKOFF = [2_000, 60_000];

/** Entries that were never tried in vain: nothing is said of them. */
const fresh = new Set();
/** Answers to fresh entries, for the pages that wait for them. */
const answers = new Map();
/** What became of what had to wait, since the worker woke: `saved` or `refused`, by account and kind. */
const outcomes = new Map();
const outcomeOf = (entry) => `${entry.account} ${madeBy(entry)}`;
/** Late answers of the last seconds: a page that was on its way meanwhile does not show them yet. */
let told = [];
const TOLD_FOR = 30_000;
let inFlight = null;
let signInNeeded = false;
let failures = 0;
let notBefore = 0;
let timer = 0;
let flushing = null;

const KEPT = () =>
  new Response('"Kept"', { status: 503, headers: { "Content-Type": "application/json", serverfnerror: "" } });

/** A call of a page's island. */
async function takeCall(event) {
  const { request } = event;
  const { pathname } = new URL(request.url);
  const type = request.headers.get("Content-Type") ?? "";
  const body = await request.text();
  const account = await accountOf(event.clientId);
  if (!account) {
    // Of strangers nothing is remembered, here no more than on the server.
    return fetch(request.url, { method: "POST", headers: { "Content-Type": type, Accept: "application/json" }, body });
  }
  let seq;
  try {
    seq = await enqueue({ account, path: pathname, type, body });
    await remove("drafts", event.clientId);
  } catch {
    // A browser that lets nothing be written down still sends.
    return send({ account, path: pathname, type, body, key: crypto.randomUUID(), made: Date.now() });
  }
  // The round that this asks for begins after the entry was written, so it has been sent then, or could not be.
  await flush();
  const answer = answers.get(seq);
  answers.delete(seq);
  if (fresh.delete(seq)) {
    await tellAll();
  }
  return answer ?? KEPT();
}

/** Writes it down; gives its number. */
async function enqueue(call, isFresh = true) {
  const entry = { key: crypto.randomUUID(), made: Date.now(), ...call };
  const report = reportOf(entry);
  if (report) {
    await notePlace(entry.account, report);
  }
  const joined = await joinLast(entry);
  if (joined) {
    return joined;
  }
  const seq = await save("outbox", entry);
  if (isFresh) {
    fresh.add(seq);
  }
  return seq;
}

/** Reports of one film that wait one behind the other become one report. */
async function joinLast(entry) {
  const report = reportOf(entry);
  if (!report) {
    return null;
  }
  const last = (await findAll("outbox")).at(-1);
  const before = last && !fresh.has(last.seq) && last.seq !== inFlight && last.account === entry.account && reportOf(last);
  const same = before && ["course", "lesson", "activity"].every((name) => before[name] === report[name]);
  if (!same || before.events.length + report.events.length > MAX_EVENTS) {
    return null;
  }
  const known = new Set(before.events.map((event) => event.id));
  const events = [...before.events, ...report.events.filter((event) => !known.has(event.id))];
  await save("outbox", { ...last, body: JSON.stringify({ report: { ...report, events } }) });
  return last.seq;
}

function reportOf({ path, body }) {
  if (!path.endsWith("/report_watching")) {
    return null;
  }
  try {
    const { report } = JSON.parse(body);
    return Array.isArray(report?.events) ? report : null;
  } catch {
    return null;
  }
}

/** What a page made that went away without a word: it cannot send it any more. */
async function adoptDrafts() {
  for (const { client, ...draft } of await findAll("drafts")) {
    if (!(await self.clients.get(client))) {
      await enqueue(draft, false);
      await remove("drafts", client);
    }
  }
  for (const { client } of await findAll("pages")) {
    if (!(await self.clients.get(client))) {
      await remove("pages", client);
    }
  }
}

/** Sends what waits. `now`: whatever the last tries came to. */
function flush(now = false) {
  if (now) {
    notBefore = 0;
  }
  // Whoever comes while it is being sent is answered by the round after this one.
  flushing ??= navigator.locks
    .request("waymark-outbox", () => {
      flushing = null;
      return sendAll();
    })
    .catch(() => {});
  return flushing;
}

async function sendAll() {
  try {
    await adoptDrafts();
    if (Date.now() < notBefore) {
      return;
    }
    for (let entry = await next(); entry; entry = await next()) {
      inFlight = entry.seq;
      if (!fresh.has(entry.seq)) {
        await tellAll();
      }
      const response = await send(entry).catch(() => null);
      if (!(await settle(entry, response))) {
        return;
      }
    }
    failures = 0;
  } finally {
    inFlight = null;
    await tellAll();
    await remindLater();
  }
}

/** The oldest that may be sent in the present account's name. */
async function next() {
  const account = await currentAccount();
  return signInNeeded ? null : (await findAll("outbox")).find((entry) => entry.account === account);
}

function send(entry) {
  return fetch(entry.path, {
    method: "POST",
    headers: { "Content-Type": entry.type, Accept: "application/json", "Waymark-Account": entry.account },
    body: stamped(entry),
    credentials: "same-origin",
    signal: AbortSignal.timeout(SEND_TIMEOUT),
  });
}

/** With its key, by which the server knows it again, and how long it has waited: the server's clock decides. */
function stamped(entry) {
  const report = reportOf(entry);
  if (report) {
    return JSON.stringify({ report: { ...report, sent_at_ms: Date.now() } });
  }
  if (!entry.type.startsWith("application/x-www-form-urlencoded")) {
    return entry.body;
  }
  const fields = withKey(entry.path, new URLSearchParams(entry.body), entry.key);
  fields.set("waited_ms", String(Math.max(0, Date.now() - entry.made)));
  return fields.toString();
}

/** A form's own key stays: it was made before the first try. */
function withKey(path, fields, key) {
  const name = QUEUED.get(path)?.key;
  if (name && !fields.get(name)) {
    fields.set(name, key);
  }
  return fields;
}

/** What the answer means for the entry. Gives whether to go on with the next. */
async function settle(entry, response) {
  const status = response?.status ?? 0;
  const late = !fresh.has(entry.seq);
  if (response?.ok || (status >= 400 && status < 500 && ![401, 408, 425, 429].includes(status))) {
    await remove("outbox", entry.seq);
    fresh.delete(entry.seq);
    failures = 0;
    if (!late) {
      answers.set(entry.seq, response);
      return true;
    }
    outcomes.set(outcomeOf(entry), response.ok ? "saved" : "refused");
    if (response.ok) {
      await tellResult(entry);
    }
    return true;
  }
  fresh.delete(entry.seq);
  outcomes.delete(outcomeOf(entry));
  signInNeeded = status === 401;
  failures += 1;
  const [first, longest] = BACKOFF;
  const asked = 1_000 * Number(response?.headers.get("Retry-After") ?? 0);
  const backoff = Math.min(longest, first * 2 ** (failures - 1)) * (0.75 + Math.random() / 2);
  notBefore = Date.now() + Math.max(backoff, Number.isFinite(asked) ? asked : 0);
  return false;
}

/** The next try: by a timer while the worker lives, by the browser where it offers that. */
async function remindLater() {
  const account = await currentAccount();
  clearTimeout(timer);
  if (signInNeeded || !(await findAll("outbox")).some((entry) => entry.account === account)) {
    return;
  }
  timer = setTimeout(() => void flush(), Math.max(500, notBefore - Date.now()));
  await self.registration.sync?.register("outbox").catch(() => {});
}

/** What is to be said to the pages of an account, by kind. */
async function syncStates(account) {
  const states = {};
  for (const [key, state] of outcomes) {
    const [whose, made] = key.split(" ");
    if (whose === account) {
      states[made] = state;
    }
  }
  const signedOut = signInNeeded || account !== (await currentAccount());
  for (const entry of await findAll("outbox")) {
    if (entry.account !== account || fresh.has(entry.seq)) {
      continue;
    }
    states[madeBy(entry)] = signedOut ? "sign-in" : inFlight === null ? "here" : "sending";
  }
  return states;
}

/** Tells the pages that show what it is about that an answer came late. */
async function tellResult(entry) {
  const fields = reportOf(entry) ?? Object.fromEntries(new URLSearchParams(entry.body));
  const [course, lesson] = fields.place?.split("/") ?? [fields.course, fields.lesson];
  const message = { type: "sent", function: entry.path, course, lesson, activity: fields.activity };
  told.push({ account: entry.account, at: Date.now(), message });
  for (const client of await self.clients.matchAll({ type: "window" })) {
    if ((await accountOf(client.id)) === entry.account) {
      client.postMessage(message);
    }
  }
}

/** What a page may have missed that has just come. */
function retell(client, account) {
  told = told.filter(({ at }) => Date.now() - at < TOLD_FOR);
  for (const { message } of told.filter((answer) => answer.account === account)) {
    client.postMessage(message);
  }
}
