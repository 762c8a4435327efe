// What the worker remembers: IndexedDB in as few words as it takes.
"use strict";

const STORES = {
  /** By name: `account` (whose the browser is, or "none"), `owner`, `language`, `place`; `places` of each account. */
  meta: {},
  /** What waits to be sent, in its order. */
  outbox: { keyPath: "seq", autoIncrement: true },
  /** By page: what was made there since its last report, should the page never send it. */
  drafts: { keyPath: "client" },
  /** By page: whose it is. A page outlives the session that it was made for. */
  pages: { keyPath: "client" },
  /** Courses that are kept. */
  kept: { keyPath: ["account", "course"] },
};

let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("waymark", 1);
    request.onupgradeneeded = () => {
      for (const [name, options] of Object.entries(STORES)) {
        request.result.createObjectStore(name, options);
      }
    };
    request.onsuccess = () => {
      const close = () => {
        request.result.close();
        opened = undefined;
      };
      request.result.onversionchange = close;
      request.result.onclose = close;
      resolve(request.result);
    };
    request.onerror = () => {
      opened = undefined;
      reject(request.error);
    };
  });
  return opened;
}

/** Runs `work` over a store in one transaction, and gives what its last request found. */
async function inStore(name, mode, work) {
  const db = await database();
  return new Promise((resolve, reject) => {
    // What was told to be saved is on the disk, not only on its way there. Drafts come every second while a film plays:
    // they are to outlive a browser that is killed, not a power failure, and leave the disk alone.
    const durability = name === "drafts" ? "relaxed" : "strict";
    const transaction = db.transaction(name, mode, { durability });
    const last = work(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(last?.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

const find = (name, key) => inStore(name, "readonly", (store) => store.get(key));
const findAll = (name) => inStore(name, "readonly", (store) => store.getAll());
const save = (name, value, key) => inStore(name, "readwrite", (store) => store.put(value, key));
const remove = (name, key) => inStore(name, "readwrite", (store) => store.delete(key));

/** The account that the browser is signed in to, as far as is known; `null`: none, or a browser that keeps nothing. */
async function currentAccount() {
  const account = await find("meta", "account").catch(() => null);
  return account && account !== "none" ? account : null;
}

/** The account that a page was made for. */
async function accountOf(client) {
  const page = client && (await find("pages", client).catch(() => null));
  return page ? page.account : currentAccount();
}

const cacheNames = {
  shell: "waymark-1-shell",
  pages: (account) => `waymark-1-pages-${account ?? "guest"}`,
  kept: (account, course) => `waymark-1-kept-${account}-${course}`,
};

/** Removes what is readable of every account but this one. What waits to be sent stays: only its owner sends it. */
async function wipeOthers(account) {
  for (const name of await caches.keys()) {
    const theirs = /^waymark-1-(?:pages|kept)-([0-9a-f]{16})/.exec(name)?.[1];
    if (theirs && theirs !== account) {
      await caches.delete(name);
    }
  }
  for (const key of await inStore("meta", "readonly", (store) => store.getAllKeys())) {
    if (key.startsWith("places ") && key !== `places ${account}`) {
      await remove("meta", key);
    }
  }
  for (const record of await findAll("kept")) {
    if (record.account !== account) {
      await dropCourse(record.account, record.course);
    }
  }
}
