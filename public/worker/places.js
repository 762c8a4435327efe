// Where films stand, and what of them was watched on this device: what a page's copy does not know yet.
"use strict";

/** Lessons that are remembered. */
const MAX_PLACES = 100;

/** By account: lessons by path, with what was reported of their media: `[position, [[from, to], …]]` in milliseconds. */
const placesKey = (account) => `places ${account}`;
const lessonPath = ({ course, lesson }) => `/courses/${course}/lessons/${lesson}`;

/** Changes what is remembered of an account, in one transaction. */
function changePlaces(account, change) {
  return inStore("meta", "readwrite", (store) => {
    const request = store.get(placesKey(account));
    request.onsuccess = () => {
      const places = new Map(request.result ?? []);
      change(places);
      store.put([...places].slice(-MAX_PLACES), placesKey(account));
    };
    return request;
  });
}

function notePlace(account, report) {
  return changePlaces(account, (places) => {
    const path = lessonPath(report);
    const films = { ...places.get(path) };
    const [before, known] = films[report.activity] ?? [0, []];
    const stretches = report.events.map(({ from_ms, to_ms }) => [from_ms, to_ms]);
    films[report.activity] = [report.position_ms ?? before, united([...known, ...stretches])];
    // The last that was watched stands last, so that it is forgotten last.
    places.delete(path);
    places.set(path, films);
  });
}

/** A copy that was just made knows everything that has been sent. */
async function forgetPlace(account, path) {
  const waits = (entry) => {
    const report = entry.account === account && reportOf(entry);
    return report && lessonPath(report) === path;
  };
  if (account && LESSON.test(path) && !(await findAll("outbox")).some(waits)) {
    await changePlaces(account, (places) => places.delete(path));
  }
}

/** What is known of the films of a lesson, by activity. */
async function findPlaces(account, path) {
  const places = account ? await find("meta", placesKey(account)) : undefined;
  return new Map(places ?? []).get(path);
}

/** Stretches in order, each apart from the next. */
function united(stretches) {
  const all = [];
  for (const [from, to] of stretches.sort((a, b) => a[0] - b[0])) {
    const last = all.at(-1);
    if (last && from <= last[1]) {
      last[1] = Math.max(last[1], to);
    } else {
      all.push([from, to]);
    }
  }
  return all;
}
