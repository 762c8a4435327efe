// The service worker's half in the page: starts it, says whose the page is, and shows what it answers.
//
// Every element and every word is in the page already (`app/src/offline/`); here only their state is set. Without
// this file, or without JavaScript, nothing is missing but the offline use.

// Safari before 17 has no popovers: `style/_layout.scss` shows those with this attribute.
if (!("popover" in HTMLElement.prototype)) {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[popovertarget]");
    for (const open of document.querySelectorAll("[popover][data-open]")) {
      if (!open.contains(target) || button) {
        open.removeAttribute("data-open");
      }
    }
    if (button && button.getAttribute("popovertargetaction") !== "hide") {
      document.getElementById(button.getAttribute("popovertarget"))?.setAttribute("data-open", "");
    }
  });
}

(() => {
  "use strict";
  const container = navigator.serviceWorker;
  const panel = document.querySelector("#keep");
  if (!container) {
    panel?.remove();
    return;
  }
  const { account } = document.documentElement.dataset;
  const saveData = navigator.connection?.saveData ?? false;
  let busy = false;

  const post = (message) => container.controller?.postMessage(message);
  const hello = () =>
    post({ type: "hello", account, course: panel?.dataset.course, version: panel?.dataset.version, saveData });

  /** Megabytes, as `KeepPanel` writes them. */
  const megabytes = (bytes) => {
    const tenths = Math.ceil(bytes / 100_000);
    return tenths >= 100 ? String(Math.floor(tenths / 10)) : (tenths / 10).toFixed(1);
  };
  /** Fills in a sentence of the page; its pattern is what it held at first. */
  const fill = (element, values) => {
    const pattern = (element.dataset.pattern ??= element.textContent);
    const text = Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), pattern);
    if (element.textContent !== text) {
      element.textContent = text;
    }
  };

  const showSync = (sync) => {
    for (const line of document.querySelectorAll("[data-sync]")) {
      const state = sync[line.dataset.sync];
      if (state && line.dataset.state !== state) {
        line.dataset.state = state;
      }
    }
    busy = Object.values(sync).some((state) => state === "here" || state === "sending");
  };

  const showPanel = (kept) => {
    if (!panel) {
      return;
    }
    const record = kept.find(({ course }) => course === panel.dataset.course);
    panel.dataset.state = record?.state ?? "none";
    panel.hidden = false;
    const { done = 0, total = 0 } = record ?? {};
    panel.querySelector("progress").value = total > 0 ? (100 * done) / total : 0;
    fill(panel.querySelector(".keep-progress"), { done: megabytes(done), total: megabytes(total) });
    fill(panel.querySelector(".keep-says-kept"), { size: megabytes(total) });
  };

  const showList = (kept) => {
    for (const item of document.querySelectorAll("[data-kept]")) {
      const record = kept.find(({ course }) => course === item.dataset.kept);
      item.hidden = !record;
      item.dataset.state = record?.state ?? "none";
      for (const text of item.querySelectorAll(".kept-state")) {
        fill(text, { size: megabytes(record?.total ?? 0) });
      }
    }
    const list = document.querySelector("#kept");
    if (list) {
      list.hidden = !list.querySelector("[data-kept]:not([hidden])");
    }
  };

  /** What was sent late has its answer on the page as it is now: parts of it are taken over, as `LiveForms` does. */
  const takeOver = async ({ course, lesson, activity, function: path }) => {
    if (location.pathname !== `/courses/${course}/lessons/${lesson}`) {
      return;
    }
    const field = (form, name) => form.querySelector(`[name=${name}]`)?.value;
    const isOf = (form) => field(form, "_fn") === path && (!activity || field(form, "activity") === activity);
    const form = [...document.querySelectorAll("form[data-live]")].find(isOf);
    const ids = form?.dataset.live.split(" ") ?? ["lesson-end", "lesson-nav", "syllabus"];
    const response = await fetch(location.pathname);
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const id of ids) {
      const [old, now] = [document.getElementById(id), fresh.getElementById(id)];
      if (old && now) {
        old.replaceWith(now);
      }
    }
  };

  /** A copy's films begin where they stand now, and know what was watched since: told before the player wakes. */
  const bringUpToDate = (watched) => {
    for (const island of document.querySelectorAll("leptos-island[data-props]")) {
      const props = JSON.parse(island.dataset.props);
      const [position, stretches] = watched[props.place?.activity] ?? [];
      if (stretches) {
        // At the end there is nothing to resume: it begins again.
        const start = position + 1_500 >= props.duration_ms ? 0 : position;
        props.place.start_ms = start;
        props.coverage = [...props.coverage, ...stretches];
        island.dataset.props = JSON.stringify(props);
        beginAt(document.getElementById(props.stage), start);
      }
    }
  };
  const beginAt = (stage, start) => {
    if (stage.dataset.startMs) {
      stage.dataset.startMs = start;
    }
    for (const source of stage.querySelectorAll("source")) {
      source.src = `${source.src.split("#")[0]}#t=${start / 1_000}`;
    }
    stage.querySelector("video").load();
  };
  const { watched } = document.documentElement.dataset;
  if (watched) {
    bringUpToDate(JSON.parse(watched));
  }

  container.addEventListener("message", ({ data }) => {
    if (data.type === "state") {
      showSync(data.sync);
      showPanel(data.kept);
      showList(data.kept);
      busy ||= data.kept.some(({ state }) => state === "keeping" || state === "broken");
    } else if (data.type === "sent") {
      void takeOver(data);
    }
  });
  container.startMessages();

  if (panel && (saveData || matchMedia("(max-width: 640px)").matches)) {
    const small = panel.querySelector("[value=small]");
    if (small) {
      small.checked = true;
    }
  }
  panel?.addEventListener("click", (event) => {
    const type = event.target.closest("[data-keep]")?.dataset.keep;
    if (!type) {
      return;
    }
    // Kept files should not be what the browser clears first.
    navigator.storage?.persist?.().catch(() => {});
    const quality = panel.querySelector("[name=keep-quality]:checked")?.value;
    post({ type, course: panel.dataset.course, quality: panel.dataset.state === "broken" ? undefined : quality });
  });

  container.addEventListener("controllerchange", hello);
  addEventListener("online", hello);
  addEventListener("pageshow", (event) => event.persisted && hello());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && busy && hello());
  // A worker that nobody speaks to is put to sleep, with its work undone.
  setInterval(() => busy && hello(), 15_000);
  // What makes a player's last seconds safe; see `app/src/offline/draft.rs`.
  document.addEventListener("waymark-draft", (event) => {
    if (container.controller) {
      event.preventDefault();
      post({ type: "draft", ...JSON.parse(event.detail) });
    }
  });
  const start = () => container.register("/sw.js", { updateViaCache: "none" }).catch(() => {});
  // Not before the page itself is there.
  document.readyState === "complete" ? start() : addEventListener("load", start);
  hello();
})();
