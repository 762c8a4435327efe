// The service worker: pages, courses and what was made by the learner, also without a network.
//
// - Pages come from the network; only where there is none, or after five seconds, from an earlier visit.
// - What is written down of a page belongs to the account that it was made for (the header `Waymark-Account`) and is
//   shown to nobody else. It is removed with the sign-out, or when another account signs in. Only the pages that
//   `worker/pages.js` lists are written down at all; accounts, orders and the console are not among them.
// - A new version takes over at once. Files of older builds stay in the cache, so pages that are open go on.
//
// Hand-written JavaScript is here, in `worker/`, in `offline.js` and in the four lines of `zone.js`.
"use strict";

importScripts("/worker/store.js", "/worker/places.js", "/worker/outbox.js", "/worker/pages.js", "/worker/kept.js");

const ASSETS = /^\/(?:pkg\/.+|offline\.js|favicon\.svg|icon-[\w-]+\.png|apple-touch-icon\.png|manifest\.webmanifest)$/;

self.addEventListener("install", (event) => {
  event.waitUntil(precache().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith("waymark-") && !name.startsWith("waymark-1-")) {
          await caches.delete(name);
        }
      }
      await self.registration.navigationPreload?.enable();
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) {
    return;
  }
  if (request.mode === "navigate") {
    event.respondWith(navigate(event));
  } else if (request.method === "POST" && QUEUED.has(url.pathname)) {
    event.respondWith(takeCall(event));
  } else if (request.method === "POST" && COPIED.test(url.pathname)) {
    event.respondWith(submit(event));
  } else if (request.method === "GET" && url.pathname.startsWith("/media/")) {
    event.respondWith(media(request).catch(() => fetch(request)));
  } else if (request.method === "GET" && ASSETS.test(url.pathname)) {
    event.respondWith(asset(event));
  }
});

self.addEventListener("sync", (event) => {
  if (event.tag === "outbox") {
    event.waitUntil(flush(true));
  }
});

self.addEventListener("message", (event) => {
  const answer = ANSWERS[event.data?.type];
  if (answer && event.source) {
    event.waitUntil(answer(event.source, event.data).catch(() => {}));
  }
});

/** What pages say; see `offline.js`. */
const ANSWERS = {
  /** A page is there, or the network is back. */
  async hello(client, { account, version, course, saveData }) {
    const isNew = !(await find("pages", client.id));
    await save("pages", { client: client.id, account: account ?? null, version, course });
    await tell(client);
    if (isNew) {
      retell(client, account);
    }
    await flush(true);
    if (account && account === (await currentAccount())) {
      await tendCourses(account, saveData);
    }
  },
  /** What a page would lose if it were closed this moment; replaces what it said before. */
  async draft(client, { path, body }) {
    const account = await accountOf(client.id);
    if (account && QUEUED.has(path)) {
      await save("drafts", { client: client.id, account, path, type: "application/json", body });
    }
  },
  async keep(client, { course, quality }) {
    await keepCourse(await accountOf(client.id), course, quality);
  },
  async drop(client, { course }) {
    const account = await accountOf(client.id);
    if (account) {
      await dropCourse(account, course);
    }
  },
};

async function tellAll() {
  for (const client of await self.clients.matchAll({ type: "window" })) {
    await tell(client);
  }
}

/** Tells a page what is kept of its account, and what waits. */
async function tell(client) {
  const page = await find("pages", client.id);
  if (!page?.account) {
    return;
  }
  const outdated = ({ course, version, state }) => state === "kept" && course === page.course && version !== page.version;
  const kept = (await findAll("kept"))
    .filter((record) => record.account === page.account)
    .map((record) => ({
      course: record.course,
      state: outdated(record) ? "outdated" : record.state,
      quality: record.quality,
      done: record.done,
      total: record.total,
    }));
  client.postMessage({ type: "state", sync: await syncStates(page.account), kept });
}
