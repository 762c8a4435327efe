// Courses that are kept on the device, whole.
"use strict";

/** Bytes of one stored piece of a file. What is here stays here when a download breaks off. */
const PART = 2 * 1024 * 1024;
/** As `domain::offline` counts a page. */
const PAGE_BYTES = 40_000;
/** Milliseconds after which pages of a kept course are fetched anew. */
const STALE = 24 * 60 * 60 * 1_000;

/** Something that trying again does not mend. */
class Refused extends Error {}

/** Downloads that run, by account and course. */
const jobs = new Map();
const jobName = (account, course) => `${account}/${course}`;

/** The kept course that a path belongs to: its page, its lessons, its media. */
async function keptCourse(account, path) {
  const course = /^\/(?:courses|media)\/([a-z0-9-]+)(?:\/|$)/.exec(path)?.[1];
  return course ? find("kept", [account, course]) : undefined;
}

/** Keeps a course; goes on where an earlier try broke off. `quietly`: it is here already, and only brought up to date. */
async function keepCourse(account, course, quality, quietly = false) {
  const name = jobName(account, course);
  if (!account || jobs.has(name)) {
    return;
  }
  const job = new AbortController();
  jobs.set(name, job);
  const known = await find("kept", [account, course]);
  const record = {
    account,
    course,
    title: course,
    language: "",
    total: 0,
    files: {},
    smaller: {},
    ...known,
    quality: quality ?? known?.quality ?? "full",
    state: quietly ? known.state : "keeping",
    done: 0,
  };
  try {
    await note(record);
    await download(record, job.signal);
    Object.assign(record, { state: "kept", done: record.total, at: Date.now() });
  } catch (error) {
    if (!quietly) {
      record.state = error.name === "QuotaExceededError" ? "full" : error instanceof Refused ? "failed" : "broken";
    }
  } finally {
    jobs.delete(name);
    if (!job.signal.aborted) {
      await note(record).catch(() => {});
    }
  }
}

async function note(record) {
  await save("kept", record);
  await tellAll();
}

async function download(record, signal) {
  const { account, course } = record;
  const list = await (await fetchOk(`/courses/${course}/offline.json`, { signal, cache: "no-store" })).json();
  if (list.account !== account) {
    throw new Refused("another account");
  }
  const wanted = list.files.filter(({ size }) => size === "both" || size === record.quality);
  const cache = await caches.open(cacheNames.kept(account, course));
  const present = new Set((await cache.keys()).map((request) => pathOf(request.url)));
  const { title, language, version } = list;
  const total = wanted.reduce((sum, file) => sum + file.bytes, PAGE_BYTES * list.pages.length);
  Object.assign(record, { title, language, version, total, smaller: Object.fromEntries(list.smaller) });
  const missing = wanted.filter(({ url, bytes }) => !present.has(partName(url, Math.max(0, Math.ceil(bytes / PART) - 1))));
  const needed = new Set(list.pages);
  for (const { url, bytes } of wanted) {
    for (let part = 0; part < Math.max(1, Math.ceil(bytes / PART)); part += 1) {
      needed.add(partName(url, part));
    }
  }
  if (record.state === "keeping") {
    // What an earlier choice left behind would only take the room.
    await sweep(cache, present, (path) => needed.has(path) || !path.startsWith("/media/"));
  }
  await requireRoom(missing.reduce((sum, file) => sum + file.bytes, 0));
  const advance = progressOf(record, signal);
  for (const path of list.pages) {
    signal.throwIfAborted();
    const page = await fetchPage(path, account);
    const text = await page.clone().text();
    for (const asset of assetsOf(text)) {
      needed.add(asset);
      await assetInto(cache, asset);
    }
    await cache.put(path, page);
    await forgetPlace(account, path);
    await advance(PAGE_BYTES);
  }
  for (const file of wanted) {
    await keepFile(cache, present, record, file, advance, signal);
  }
  // Last, so that a course that is being brought up to date is never without its old files.
  await sweep(cache, present, (path) => needed.has(path));
}

async function sweep(cache, present, isNeeded) {
  for (const path of present) {
    if (!isNeeded(path)) {
      await cache.delete(path);
    }
  }
}

async function keepFile(cache, present, record, { url, bytes }, advance, signal) {
  const count = Math.max(1, Math.ceil(bytes / PART));
  for (let part = 0; part < count; part += 1) {
    signal.throwIfAborted();
    const name = partName(url, part);
    const [from, to] = [part * PART, Math.min(bytes, (part + 1) * PART) - 1];
    if (!present.has(name)) {
      const headers = count > 1 ? { Range: `bytes=${from}-${to}` } : {};
      const response = await fetchOk(url, { headers, signal, cache: "no-store" });
      const body = await response.arrayBuffer();
      if (body.byteLength !== Math.max(0, to - from + 1)) {
        throw new TypeError("cut short");
      }
      const type = response.headers.get("Content-Type") ?? "application/octet-stream";
      record.files[url] = { bytes, type, policy: response.headers.get("Content-Security-Policy") };
      await cache.put(name, new Response(body, { headers: { "Content-Type": type } }));
    }
    await advance(to - from + 1);
  }
}

const pathOf = (url) => {
  const { pathname, search } = new URL(url);
  return pathname + search;
};

/** Where a piece of a file is stored. */
const partName = (url, part) => `${url}${url.includes("?") ? "&" : "?"}part=${part}`;

async function fetchOk(url, options) {
  const response = await fetch(url, { credentials: "same-origin", ...options });
  if (response.ok) {
    return response;
  }
  // A busy server is one to come back to.
  throw response.status >= 500 || response.status === 429 ? new TypeError(url) : new Refused(url);
}

async function requireRoom(bytes) {
  // Safari before 17 does not say; there a cache that is full says it itself.
  const { quota = Infinity, usage = 0 } = (await navigator.storage.estimate?.()) ?? {};
  if (quota - usage < bytes) {
    throw new DOMException("no room", "QuotaExceededError");
  }
}

/** Tells how far it is, a few times a second. */
function progressOf(record, signal) {
  let told = 0;
  return async (bytes) => {
    record.done += bytes;
    if (Date.now() - told > 300 && !signal.aborted) {
      told = Date.now();
      await note(record);
    }
  };
}

async function dropCourse(account, course) {
  jobs.get(jobName(account, course))?.abort();
  await remove("kept", [account, course]);
  await caches.delete(cacheNames.kept(account, course));
  await tellAll();
}

/** Goes on with what broke off, and brings up to date what is old; of what is new, one is asked first. */
async function tendCourses(account, saveData) {
  for (const record of await findAll("kept")) {
    const { course, state, version, at } = record;
    if (record.account !== account || jobs.has(jobName(account, course))) {
      continue;
    }
    if (state === "keeping" || state === "broken") {
      await keepCourse(account, course);
    } else if (state === "kept" && !saveData && Date.now() - at > STALE) {
      const list = await fetchOk(`/courses/${course}/offline.json`, { cache: "no-store" }).then((response) => response.json());
      if (list.version === version) {
        await keepCourse(account, course, record.quality, true);
      }
    }
  }
}

/** The same film in the other size: what is kept is better than what was asked for. */
function otherSizes({ smaller }, url) {
  const larger = Object.keys(smaller).filter((name) => smaller[name] === url);
  return smaller[url] ? [smaller[url], ...larger] : larger;
}

/** A file of a course: from the device where it is kept, else from the network. */
async function media(request) {
  const url = pathOf(request.url);
  const account = await currentAccount();
  const record = account && (await keptCourse(account, url));
  const chosen = record && [url, ...otherSizes(record, url)].find((name) => record.files[name]);
  const file = chosen && record.files[chosen];
  if (!file) {
    return fetch(request);
  }
  const cache = await caches.open(cacheNames.kept(account, record.course));
  const last = Math.max(0, Math.ceil(file.bytes / PART) - 1);
  const whole = await cache.match(partName(chosen, last), { ignoreVary: true });
  return whole ? slice(cache, chosen, file, request.headers.get("Range")) : fetch(request);
}

/** The bytes that a player asks for (RFC 9110, 14.2), one stored piece after the other. */
function slice(cache, url, { bytes, type, policy }, range) {
  const headers = { "Content-Type": type, "Accept-Ranges": "bytes", "Cache-Control": "no-store" };
  if (policy) {
    headers["Content-Security-Policy"] = policy;
  }
  const asked = /^bytes=(\d*)-(\d*)$/.exec(range ?? "");
  let [from, to] = [0, bytes - 1];
  if (asked && (asked[1] || asked[2])) {
    from = asked[1] ? Number(asked[1]) : Math.max(0, bytes - Number(asked[2]));
    to = asked[1] && asked[2] ? Math.min(to, Number(asked[2])) : to;
    if (from > to) {
      return new Response(null, { status: 416, headers: { ...headers, "Content-Range": `bytes */${bytes}` } });
    }
    headers["Content-Range"] = `bytes ${from}-${to}/${bytes}`;
  }
  headers["Content-Length"] = String(to - from + 1);
  let at = from;
  const body = new ReadableStream({
    async pull(controller) {
      if (at > to) {
        controller.close();
        return;
      }
      const part = Math.floor(at / PART);
      const stored = await cache.match(partName(url, part), { ignoreVary: true });
      if (!stored) {
        controller.error(new TypeError("no longer here"));
        return;
      }
      const start = part * PART;
      const piece = new Uint8Array(await stored.arrayBuffer()).subarray(at - start, to - start + 1);
      at += piece.byteLength;
      controller.enqueue(piece);
    },
  });
  return new Response(body, { status: headers["Content-Range"] ? 206 : 200, headers });
}
