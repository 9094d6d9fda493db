// What changes while somebody looks, as the server tells it: one stream of server-sent events for all tabs of this browser.
// EventSource can't send a token, so it is read by fetch. The tab that holds the lock reads, and tells the others; when it goes,
// another one goes on where it was.

import { get } from './api.js';
import { base, onReconnect, unreachable } from './connection.js';
import { onSession, session } from './session.js';

const silence = 45_000; // milliseconds without a byte after which a stream is dead: the server sends some every 20 s
const shortest = 500; // milliseconds before another try, doubled each time
const longest = 30_000;

const channel = new BroadcastChannel('events');
const listeners = new Set();
let lastId = null; // where to go on
let heard = null; // when something was last heard from the stream, or from the tab that reads it; null while it is not read
let ending = null; // ends what this session listens to
let reading = null; // the signal of the reading that goes on in this tab

/** Calls back with each change of a ticket: its id and version; with null where anything may have changed unheard. */
export function onChange(listener, signal) {
  listeners.add(listener);
  signal.addEventListener('abort', () => listeners.delete(listener));
}

/** Whether changes are told just now. While they aren't, one has to ask. */
export const isLive = () => heard !== null && Date.now() - heard < silence;

/** Begins to listen, and goes on from one session to the next. */
export function listen() {
  onSession((what) => {
    if (what === 'out') ending?.abort();
    else if (what === 'in') follow();
  });
  if (session.user) follow();
}

function follow() {
  ending?.abort();
  ending = new AbortController();
  const { signal } = ending;
  lastId = heard = null;
  signal.addEventListener('abort', () => { heard = null; });
  channel.postMessage({ ask: true });
  // Without locks (they need a secure address) every tab reads for itself.
  const turn = navigator.locks?.request(`events:${session.user.id}`, { signal }, () => readOn(signal)) ?? readOn(signal);
  turn.catch((error) => { if (error.name !== 'AbortError') throw error; });
}

channel.addEventListener('message', ({ data }) => {
  if (data.ask) {
    if (reading) channel.postMessage({ heard, lastId });
  } else if (!ending?.signal.aborted) {
    ({ heard, lastId } = data);
    if (data.change !== undefined) tell(data.change);
  }
});

const tell = (change) => { for (const listener of [...listeners]) listener(change); };

/** What the reading tab has heard, here and in the others. */
function hear(at, change) {
  heard = at;
  channel.postMessage({ heard, lastId, change });
  if (change !== undefined) tell(change);
}

/** Reads one stream after the other until the signal ends it. */
async function readOn(signal) {
  reading = signal;
  let failures = 0;
  try {
    while (!signal.aborted) {
      try {
        await readOnce(signal, () => { failures = 0; });
        if (!signal.aborted) hear(null);
      } catch (error) {
        if (signal.aborted) return;
        hear(null);
        if (error.name === 'TypeError' && failures > 0) unreachable(); // twice in a row, so it is no stream that was only cut
        await rest(error.retryAfter ?? Math.min(longest, shortest * 2 ** failures++) * (0.5 + Math.random() / 2), signal);
      }
    }
  } finally {
    if (reading === signal) reading = null;
  }
}

async function readOnce(signal, onGood) {
  const stop = new AbortController();
  const end = () => stop.abort();
  signal.addEventListener('abort', end);
  let watch;
  const alive = () => {
    clearTimeout(watch);
    watch = setTimeout(end, silence);
  };
  try {
    alive();
    const { token } = session;
    const response = await fetch(`${base}/api/events`, {
      signal: stop.signal,
      credentials: 'omit',
      cache: 'no-store',
      headers: { Accept: 'text/event-stream', Authorization: `Bearer ${token}`, ...(lastId && { 'Last-Event-ID': lastId }) },
    });
    if (response.status === 401) {
      // Whoever looks at the page is asked to sign in again, as for every other request.
      if (session.token === token && !document.hidden) await get('/api/auth/me', { signal });
      throw new StreamRefused(response);
    }
    if (!response.ok) throw new StreamRefused(response);
    const resumed = lastId !== null;
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (let { value, done } = await reader.read(); !done; { value, done } = await reader.read()) {
      alive();
      onGood();
      const blocks = (text + value).split('\n\n');
      text = blocks.pop();
      for (const block of blocks) take(parse(block), resumed);
    }
  } finally {
    clearTimeout(watch);
    signal.removeEventListener('abort', end);
    stop.abort();
  }
}

function parse(block) {
  const fields = {};
  for (const line of block.split('\n')) {
    const [, name, value] = /^([^:]*):? ?(.*)$/.exec(line);
    fields[name] = value;
  }
  return fields;
}

function take({ event, id, data }, resumed) {
  if (id) lastId = id;
  if (event === 'ticket') hear(Date.now(), JSON.parse(data));
  // Begun anew: what happened before this is known to nobody here.
  else if (event === 'reset' || event === 'ready' && !resumed) hear(Date.now(), null);
  else hear(Date.now());
}

/** Waits, but not longer than until the server is reached again. */
const rest = (time, signal) => new Promise((done) => {
  const over = new AbortController();
  const end = () => {
    over.abort();
    clearTimeout(timer);
    done();
  };
  const timer = setTimeout(end, time);
  onReconnect(end, over.signal);
  signal.addEventListener('abort', end, { signal: over.signal });
});

class StreamRefused extends Error {
  constructor({ status, headers }) {
    super(`The stream of events was refused (${status}).`);
    const seconds = Number(headers.get('Retry-After'));
    this.retryAfter = seconds > 0 ? seconds * 1000 : null;
  }
}
