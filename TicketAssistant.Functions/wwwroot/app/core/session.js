// Who is signed in. The token lives in this tab's session storage, goes to other tabs on a channel of this origin, and
// nowhere else; see docs/decisions/0010.

import { local, tab } from './storage.js';

const key = 'session';
const channel = new BroadcastChannel('session');
const patience = 80; // milliseconds for other tabs to answer

let current = null;
const listeners = new Set();

export const session = {
  get user() { return current?.user ?? null; },
  get token() { return current?.token ?? null; },
  get isStaff() { return this.user?.role === 'moderator' || this.user?.role === 'admin'; },
  get isAdmin() { return this.user?.role === 'admin'; },
};

/** Calls back with what happened: "in", "out" or "changed". */
export function onSession(listener, signal) {
  listeners.add(listener);
  signal?.addEventListener('abort', () => listeners.delete(listener));
}

function put(next, told) {
  const before = current;
  current = next;
  tab.set(key, next);
  if (!told) channel.postMessage({ session: next });
  const what = next === null ? 'out' : before === null ? 'in' : 'changed';
  if (before?.user.id && next && before.user.id !== next.user.id) location.reload();
  else if (before !== next) for (const listener of listeners) listener(what);
}

/** Finds the session of this tab, or of another one that is open. */
export async function restore() {
  const kept = tab.get(key);
  if (kept && Date.parse(kept.expiresAt) > Date.now()) current = kept;
  else {
    tab.set(key, null);
    channel.postMessage({ ask: true });
    await new Promise((done) => {
      const timer = setTimeout(done, patience);
      listeners.add(function once() {
        clearTimeout(timer);
        listeners.delete(once);
        done();
      });
    });
  }
}

/** Takes a reply of sign-up, sign-in or a new password. */
export const begin = ({ user, token, expiresAt }) => put({ user, token, expiresAt });

/** Takes a newer copy of the own account. */
export function update(user) {
  if (current && JSON.stringify(user) !== JSON.stringify(current.user)) put({ ...current, user });
}

/** Ends the session in every tab; what was written and not sent goes too, as the next person may be another. */
export function end() {
  local.removeAll('draft:');
  put(null);
}

channel.addEventListener('message', ({ data }) => {
  if (data.ask) {
    if (current) channel.postMessage({ session: current });
  } else if (JSON.stringify(data.session) !== JSON.stringify(current)) {
    put(data.session, true);
  }
});
