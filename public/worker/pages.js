// Pages: from the network, and from an earlier visit where there is none.
"use strict";

/** Pages of which a copy is kept. Everything that is not said here is never written down. */
const COPIED = /^\/(?:courses(?:\/[a-z0-9-]+(?:\/lessons\/[a-z0-9-]+)?)?|learning)?$/;
const LESSON = /^\/courses\/([a-z0-9-]+)\/lessons\/[a-z0-9-]+$/;
/** What an address may say beside: the page is the same. */
const BESIDE = new Set(["done", "film", "kept", "lang", "notice", "play", "t"]);
const LANGUAGES = ["en", "zh-Hans", "zh-Hant"];
/** Milliseconds after which a copy is better than waiting. */
const PATIENCE = 5_000;
const MAX_COPIES = 60;
const MAX_ASSETS = 80;

function isCopied(url) {
  return COPIED.test(url.pathname) && [...url.searchParams.keys()].every((name) => BESIDE.has(name));
}

async function navigate(event) {
  const { request } = event;
  if (request.method !== "GET") {
    return submit(event);
  }
  const url = new URL(request.url);
  const network = (async () => (await event.preloadResponse) ?? fetch(request))();
  event.waitUntil(network.then((response) => received(url, response.clone())).catch(() => {}));
  // Whatever is wrong with what is stored, the network is still there.
  const copy = await findCopy(url).catch(() => undefined);
  if (!copy) {
    return network.catch(() => withoutNetwork(url));
  }
  return soon(network, () => asCopy(copy, url));
}

/** What the network answers or, where it does not in time, the copy. */
async function soon(network, copy) {
  let timer;
  const impatient = new Promise((resolve) => {
    timer = setTimeout(() => resolve(copy()), PATIENCE);
  });
  try {
    return await Promise.race([network, impatient]);
  } catch {
    return copy();
  } finally {
    clearTimeout(timer);
  }
}

/** A form, posted by the browser or by a script of its page. Where the network is gone, some are kept and sent later. */
async function submit(event) {
  const { request } = event;
  const leaves = request.mode === "navigate";
  const url = new URL(request.url);
  const type = request.headers.get("Content-Type") ?? "";
  const body = type.startsWith("application/x-www-form-urlencoded") ? await request.clone().text() : "";
  const fields = new URLSearchParams(body);
  const path = fields.get("_fn") ?? "";
  if (path.endsWith("/sign_out")) {
    // Last chance for what waits.
    await Promise.race([flush(true), new Promise((resolve) => setTimeout(resolve, 3_000))]);
  }
  const account = await accountOf(event.clientId || event.resultingClientId);
  if (!QUEUED.has(path) || !account) {
    return fetch(request).catch(() => (leaves ? withoutNetwork(url) : Response.error()));
  }
  const key = crypto.randomUUID();
  try {
    const sent = withKey(path, new URLSearchParams(fields), key);
    const headers = { "Content-Type": type, Accept: request.headers.get("Accept") ?? "text/html" };
    return await fetch(url, {
      method: "POST",
      headers,
      body: sent,
      redirect: request.redirect,
      credentials: "same-origin",
      signal: AbortSignal.timeout(SEND_TIMEOUT),
    });
  } catch {
    fields.delete("_fn");
    try {
      await enqueue({ account, path, type: "application/x-www-form-urlencoded", body: fields.toString(), key }, false);
    } catch {
      return leaves ? withoutNetwork(url) : Response.error();
    }
    event.waitUntil(flush());
    // To a script: taken, and answered later.
    return leaves ? Response.redirect(`${url.pathname}?kept=1`, 303) : new Response(null, { status: 202 });
  }
}

/** Learns from a page that came over the network: whose the browser is, in which language, and the page itself. */
async function received(url, response) {
  const account = response.headers.get("Waymark-Account");
  if (!account) {
    return;
  }
  await noteAccount(account, url);
  const language = response.headers.get("Content-Language");
  if (LANGUAGES.includes(language)) {
    await save("meta", language, "language");
  }
  const own = account === "none" ? null : account;
  if (!isCopied(url)) {
    return;
  }
  if ([403, 404, 410].includes(response.status)) {
    await (await caches.open(cacheNames.pages(own))).delete(url.pathname);
  } else if (response.status === 200 && !response.redirected) {
    if (LESSON.test(url.pathname)) {
      await save("meta", { account: own, path: url.pathname }, "place");
    }
    // With a word about what was just done it is not the page that one wants to find later.
    const clean = url.search === "" ? response : await fetchPage(url.pathname, own);
    await keepCopy(url.pathname, own, clean);
  }
}

async function noteAccount(account, url) {
  const before = await find("meta", "account");
  const owner = await find("meta", "owner");
  if (account !== before) {
    await save("meta", account, "account");
  }
  if (account !== "none" && account !== owner) {
    await save("meta", account, "owner");
    await wipeOthers(account);
  }
  // A session that only ran out leaves everything in its place, out of sight until its owner is back.
  if (account === "none" && url.searchParams.get("notice") === "signed-out") {
    await save("meta", "none", "owner");
    await remove("meta", "place");
    await wipeOthers("none");
  }
  if (account !== "none" && (account !== before || signInNeeded)) {
    signInNeeded = false;
    void flush(true);
  }
}

/** A page that nobody looks at now. */
async function fetchPage(path, account) {
  const response = await fetch(path, { credentials: "same-origin", headers: { "Waymark-Keep": "1" } });
  const own = (response.headers.get("Waymark-Account") ?? "none") === (account ?? "none");
  if (!response.ok || response.redirected || !own) {
    throw new Refused(path);
  }
  return response;
}

/** In the place where the page is kept already, else among the pages that were visited. */
async function keepCopy(path, account, response) {
  await forgetPlace(account, path);
  const record = account && (await keptCourse(account, path));
  if (record) {
    await (await caches.open(cacheNames.kept(account, record.course))).put(path, response);
    return;
  }
  const cache = await caches.open(cacheNames.pages(account));
  await cache.delete(path);
  await cache.put(path, response);
  await prune(cache, MAX_COPIES);
}

async function prune(cache, most) {
  const keys = await cache.keys();
  for (const key of keys.slice(0, Math.max(0, keys.length - most))) {
    await cache.delete(key);
  }
}

async function findCopy(url) {
  if (!isCopied(url)) {
    return undefined;
  }
  const account = await currentAccount();
  const record = account && (await keptCourse(account, url.pathname));
  const name = record ? cacheNames.kept(account, record.course) : cacheNames.pages(account);
  return caches.match(url.pathname, { cacheName: name, ignoreVary: true });
}

/** Marked, so that it says what it is, and with what was watched since it was made: `offline.js` puts that in. */
async function asCopy(response, url) {
  const places = await findPlaces(await currentAccount(), url.pathname).catch(() => undefined);
  const watched = places ? ` data-watched="${escape(JSON.stringify(places))}"` : "";
  const marks = `<html data-copy${url.searchParams.has("kept") ? " data-form-kept" : ""}${watched}`;
  return html((await response.text()).replace("<html", marks), response.headers, 200);
}

function html(text, from, status) {
  const headers = new Headers(from);
  headers.delete("Content-Length");
  headers.delete("Content-Encoding");
  headers.set("Cache-Control", "no-store");
  return new Response(text, { status, headers });
}

/** No network and no copy. */
async function withoutNetwork(url) {
  const account = await currentAccount();
  const place = await find("meta", "place").catch(() => null);
  if (url.pathname === "/learning/continue" && place && place.account === account) {
    return Response.redirect(place.path, 302);
  }
  const language = (await find("meta", "language").catch(() => null)) ?? "en";
  const page = await caches.match(offlinePath(language), { cacheName: cacheNames.shell, ignoreVary: true });
  if (!page) {
    return Response.error();
  }
  const courses = (await findAll("kept").catch(() => [])).filter((record) => record.account === account && record.state === "kept");
  const items = courses.map(
    ({ course, title, language }) =>
      `<li><a href="/courses/${escape(course)}" lang="${escape(language)}">${escape(title)}</a></li>`,
  );
  const text = (await page.text()).replace(/(<ul[^>]*id="kept-list"[^>]*>)/, (start) => start + items.join(""));
  return html(text, page.headers, 503);
}

const offlinePath = (language) => `/offline?lang=${language}`;

const escape = (text) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** What the page for no network needs, in every language, made for nobody. */
async function precache() {
  const cache = await caches.open(cacheNames.shell);
  for (const language of LANGUAGES) {
    const response = await fetch(offlinePath(language), { credentials: "omit", cache: "no-store" });
    if (!response.ok) {
      throw new Error(`no page for ${language}`);
    }
    await Promise.all(assetsOf(await response.clone().text()).map((path) => assetInto(cache, path)));
    await cache.put(offlinePath(language), response);
  }
  await Promise.all(["/offline.js", "/favicon.svg"].map((path) => assetInto(cache, path)));
}

/** Files of the build that a page names. */
function assetsOf(text) {
  return [...new Set(text.match(/\/pkg\/[\w./-]+\.(?:css|js|wasm)/g) ?? [])];
}

async function assetInto(cache, path) {
  if (isHashed(path) && (await cache.match(path, { ignoreVary: true }))) {
    return;
  }
  const response = await fetch(path);
  if (!response.ok) {
    throw new Error(path);
  }
  await cache.put(path, response);
}

const isHashed = (path) => path.startsWith("/pkg/") && path.split("/").at(-1).split(".").length > 2;

/** A file of the build. One with its hash in its name never changes, so pages of an older build find theirs. */
async function asset(event) {
  const { request } = event;
  const { pathname } = new URL(request.url);
  const known = () => caches.match(pathname, { ignoreVary: true, ignoreSearch: true }).catch(() => undefined);
  if (isHashed(pathname)) {
    const found = await known();
    if (found) {
      return found;
    }
  }
  const network = fetch(request);
  event.waitUntil(network.then((response) => keepAsset(pathname, response.clone())).catch(() => {}));
  const copy = await known();
  return copy ? soon(network, () => copy) : network.catch(() => Response.error());
}

async function keepAsset(pathname, response) {
  if (response.status === 200) {
    const cache = await caches.open(cacheNames.shell);
    await cache.put(pathname, response);
    await prune(cache, MAX_ASSETS);
  }
}
