// The shell of a wall screen: judges by the browser's own monotonic clock how old the picture is, and says so in Swedish
// when the server freezes, restarts or disappears. Every word and limit comes from the page's data, none stands here.
"use strict";

const conf = JSON.parse(document.getElementById("conf").textContent);
const { limits, words } = conf;
const root = document.documentElement;
const body = document.body;
const frame = document.getElementById("frame");
const notice = document.getElementById("notice");
const kept = document.getElementById("kept");
const picture = document.getElementById("picture");
const pause = document.getElementById("pause");
const seconds = () => performance.now() / 1000;
const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);

const state = {
  beat: null,             // { rendered, minute, at }: server's milliseconds, and when this browser saw them
  startedAt: seconds(),
  facts: [],              // of each page: name, when its figures are from
  kept: "",               // the last good picture, all pages
  page: 0,
  rotatedAt: seconds(),
  paused: false,
  mode: "",
  reloads: 0,
  reloadAt: 0,
  askedAt: 0,
};

// ---- what the framed page says -------------------------------------------------------------------------------------
function inside() {
  try { return frame.contentDocument && frame.contentDocument.body ? frame.contentDocument : null; } catch { return null; }
}

function pages() {
  const page = inside();
  return page ? [...page.querySelectorAll(".wall")] : [];
}

function listen() {
  const beat = inside()?.querySelector(".beat[data-rendered]");
  const found = pages();
  if (!beat || found.length === 0) return;
  if (!state.beat) takeUp(found);
  show();
  const rendered = Number(beat.dataset.rendered);
  if (state.beat && state.beat.rendered === rendered) return;
  state.beat = { rendered, minute: Number(beat.dataset.minute), at: seconds() };
  state.reloads = 0;
  state.reloadAt = 0;
  state.facts = found.map((page) => ({ ...page.dataset }));
  state.kept = found.map((page) => page.outerHTML).join("");
  body.classList.remove("waiting");
}

// ---- one page at a time --------------------------------------------------------------------------------------------
function show() {
  const rule = `.wall{display:none!important}.wall:nth-of-type(${state.page + 1}){display:grid!important}`;
  for (const page of [document, inside()]) if (page?.head) only(page, rule);
  const fact = state.facts[state.page];
  if (fact) document.title = `${fact.name} · ${conf.town} · Kommunpuls`;
}

function only(page, rule) {
  let style = page.getElementById("only");
  if (!style) {
    style = page.createElement("style");
    style.id = "only";
    page.head.append(style);
  }
  if (style.textContent !== rule) style.textContent = rule;
  if (conf.theme && page.documentElement.dataset.tema !== conf.theme) page.documentElement.dataset.tema = conf.theme;
}

const rotates = () => state.facts.length > 1 && !state.paused;

function turn() {
  if (!rotates() || seconds() - state.rotatedAt < limits.rotate_s || body.classList.contains("turning")) return;
  body.classList.add("turning");
  setTimeout(() => {
    state.page = (state.page + 1) % state.facts.length;
    state.rotatedAt = seconds();
    show();
    body.classList.remove("turning");
  }, 250);
}

// ---- how old the picture is ----------------------------------------------------------------------------------------
const silence = () => seconds() - (state.beat ? state.beat.at : state.startedAt);

function age() {
  const asOf = Number(state.facts[state.page]?.asOf || 0);
  return asOf ? (state.beat.rendered - asOf) / 1000 + silence() : 0;
}

function when() {
  const fact = state.facts[state.page];
  const midnight = state.beat && state.beat.minute + silence() / 60 >= 1440;
  return (midnight ? fact?.whenInFull : fact?.when) || "";
}

function judge() {
  const since = when();
  if (silence() > limits.offline_after_s) return ["offline", since ? say(words.offline, { when: since }) : words.never];
  if (silence() > limits.silent_after_s || age() > limits.stale_after_s) {
    return ["stale", since ? say(words.stale, { when: since }) : words.never];
  }
  if (age() > limits.late_after_s) {
    const minutes = Math.floor(age() / 60);
    return ["late", minutes === 1 ? words.late_one : say(words.late_many, { n: minutes })];
  }
  if (rotates() && seconds() - state.rotatedAt > 2 * limits.rotate_s) return ["late", words.rotation_stopped];
  return ["live", ""];
}

function tell() {
  const [mode, text] = judge();
  if (mode !== state.mode) {
    body.classList.remove("live", "late", "stale", "offline");
    body.classList.add(mode);
    state.mode = mode;
  }
  notice.hidden = mode === "live";
  notice.className = "notice " + mode;
  if (notice.textContent !== text) notice.textContent = text;
  const gone = state.kept !== "" && (mode === "offline" || pages().length === 0);
  if (gone && kept.hidden) kept.innerHTML = state.kept;
  kept.hidden = !gone;
}

// ---- finding the server again --------------------------------------------------------------------------------------
async function answers() {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), 4000);
  try {
    return (await fetch(conf.health, { cache: "no-store", signal: giveUp.signal })).ok;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

async function recover() {
  if (silence() < 2 * limits.refresh_s || seconds() - state.askedAt < 4) return;
  state.askedAt = seconds();
  const heard = state.beat;
  if (!(await answers())) {
    state.reloads = 0;
    state.reloadAt = 0;
    return;
  }
  // it answers: let the page in the frame come back by itself for a moment, then load it again, ever more seldom
  setTimeout(() => {
    if (state.beat !== heard || seconds() < state.reloadAt) return;
    state.reloadAt = seconds() + Math.min(60, 5 * 2 ** state.reloads);
    state.reloads += 1;
    frame.contentWindow.location.replace(conf.frame);
  }, state.reloads === 0 ? 2500 : 0);
}

// ---- a long life on the wall ---------------------------------------------------------------------------------------
function localMinute() {
  return state.beat ? (state.beat.minute + (seconds() - state.beat.at) / 60) % 1440 : null;
}

function between(minute, from, until) {
  return from <= until ? minute >= from && minute < until : minute >= from || minute < until;
}

function night() {
  const minute = localMinute();
  if (minute !== null) body.classList.toggle("dim", between(minute, limits.dim_from, limits.dim_until));
}

const shifts = [[0, 0], [4, 2], [6, -3], [2, -6], [-3, -4], [-6, 1], [-4, 5], [3, 6]];
let shift = 0;
function move() {
  shift = (shift + 1) % shifts.length;
  picture.style.transform = `translate(${shifts[shift][0]}px, ${shifts[shift][1]}px)`;
}

async function reloadAtNight() {
  const minute = localMinute();
  const due = minute !== null && between(minute, limits.reload_at, (limits.reload_at + 5) % 1440);
  if (!due || performance.now() < 3600e3 || !(await answers())) return;
  const place = { page: state.facts[state.page]?.page, paused: state.paused };
  try { sessionStorage.setItem(conf.page, JSON.stringify(place)); } catch { /* then it begins anew */ }
  location.reload();
}

// after the nightly reload: the page that was shown, paused if it was
function takeUp(found) {
  try {
    const place = JSON.parse(sessionStorage.getItem(conf.page) || "{}");
    sessionStorage.removeItem(conf.page);
    state.page = Math.max(0, found.findIndex((page) => page.dataset.page === place.page));
    if (place.paused) rest(true);
  } catch { /* then it begins anew */ }
}

// asked again when the page comes back into view, and when the system has taken the lock away
let awake;
async function stayAwake() {
  if (document.visibilityState !== "visible" || (awake && !awake.released)) return;
  try { awake = await navigator.wakeLock?.request("screen"); } catch { /* not every screen may */ }
}

// ---- sign of life --------------------------------------------------------------------------------------------------
function screenName() {
  if (conf.screen) return conf.screen;
  const made = "skarm-" + Array.from(crypto.getRandomValues(new Uint8Array(4)), (b) => b.toString(16).padStart(2, "0")).join("");
  try {
    const known = localStorage.getItem("skarm") || made;
    localStorage.setItem("skarm", known);
    return known;
  } catch { return made; }
}
const screenId = screenName();

function tellServer() {
  const sign = {
    screen: screenId,
    page: conf.page,
    data_at: Number(state.facts[state.page]?.asOf) || null,
    rotated_ago_s: rotates() ? Math.round(seconds() - state.rotatedAt) : null,
    refreshed_ago_s: Math.round(silence()),
  };
  fetch(conf.sign, { method: "POST", headers: { "Content-Type": "application/json", "X-Kommunpuls": "1" },
    body: JSON.stringify(sign), keepalive: true }).catch(() => {});
}

// ---- for people at a desk ------------------------------------------------------------------------------------------
let still;
addEventListener("mousemove", () => {
  body.classList.add("moved");
  body.classList.remove("idle");
  clearTimeout(still);
  still = setTimeout(() => { body.classList.remove("moved"); body.classList.add("idle"); }, 4000);
});
pause.addEventListener("click", () => rest(!state.paused));

function rest(paused) {
  state.paused = paused;
  state.rotatedAt = seconds();
  pause.setAttribute("aria-pressed", String(paused));
  pause.textContent = paused ? words.resume : words.pause;
}

if (conf.theme) root.dataset.tema = conf.theme;
setInterval(() => { listen(); tell(); recover(); }, 1000);
setInterval(turn, 500);
setInterval(night, 5000);
setInterval(move, 120e3);
setInterval(reloadAtNight, 60e3);
setInterval(stayAwake, 60e3);
setInterval(tellServer, 30e3);
setTimeout(tellServer, 8e3);
document.addEventListener("visibilitychange", stayAwake);
stayAwake();
