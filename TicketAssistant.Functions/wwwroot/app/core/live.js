// What changes while somebody looks. The server tells of it (core/events); while it doesn't, and for the steps of a triage, which
// are no changes of a ticket, we ask. Nobody else asks again.

import { get } from './api.js';
import { onReconnect } from './connection.js';
import { isLive, onChange } from './events.js';

const eager = 500; // milliseconds between two looks while a triage is under way
const calm = 4000; // and when nothing is expected
const patient = 8000; // between two looks at a list
const together = 300; // milliseconds in which changes of several tickets become one look
const apart = 1500; // milliseconds between two looks at a list, however much happens

/**
 * Follows a ticket until the signal ends it. Looks only while the page is visible.
 * @param onTicket gets each newer version of the ticket.
 * @param onTriage gets where the triage stands, for as long as it runs and once at its end.
 * @param onGone is told when the ticket can no longer be seen.
 */
export function followTicket(ticket, { onTicket, onTriage, onGone, signal }) {
  let version = ticket.version;
  let assigned = ticket.assignedTo !== null;
  let running = !isSettled(ticket);
  let step = null;
  let timer = null;
  let looking = false;
  let again = false;

  async function look() {
    clearTimeout(timer);
    again = looking;
    if (signal.aborted || looking || document.hidden) return;
    looking = true;
    try {
      if (running || !assigned) {
        const triage = await get(`/api/tickets/${ticket.id}/triage`, { signal });
        ({ step } = triage);
        running = !['done', 'waiting_for_assignee', 'awaiting_confirmation'].includes(step);
        onTriage(triage);
      }
      const { ticket: latest } = await get(`/api/tickets/${ticket.id}`, { signal });
      assigned = latest.assignedTo !== null;
      // Confirmed, though its triage hasn't heard it yet; or analysed once more.
      running ||= step === 'awaiting_confirmation' && latest.triage.state !== step || !isSettled(latest);
      if (latest.version !== version) {
        version = latest.version;
        onTicket(latest);
      }
    } catch (error) {
      if (error.name === 'AbortError') return;
      if (error.status === 404) {
        onGone?.();
        return;
      }
      // Anything else is said by the banner, or passes.
    } finally {
      looking = false;
    }
    if (again) look();
    else wait();
  }

  function wait() {
    timer = setTimeout(() => (running || !isLive() ? look() : wait()), running ? eager : calm);
  }

  onChange((change) => {
    if (change === null || change.ticketId === ticket.id && change.version > version) look();
  }, signal);
  const now = () => { if (!document.hidden) look(); };
  document.addEventListener('visibilitychange', now, { signal });
  onReconnect(now, signal);
  signal.addEventListener('abort', () => clearTimeout(timer));
  look();
}

/**
 * Follows a list until the signal ends it: after changes, when somebody comes back to it, and now and then while nothing is told.
 * @param load loads what has changed and draws it; gets the ids of the tickets, or null where it may be any.
 */
export function followList(load, signal) {
  let changed = new Set(); // null: any
  let looking = false;
  let timer = null;
  let last = 0;

  const look = async () => {
    timer = null;
    if (document.hidden || looking || signal.aborted) return;
    const ids = changed && [...changed];
    changed = new Set();
    looking = true;
    last = Date.now();
    try {
      await load(ids);
    } catch (error) {
      // The banner says that the server is away; the next look tries again.
      if (!['AbortError', 'Problem'].includes(error.name)) throw error;
    } finally {
      looking = false;
    }
    if (changed === null || changed.size > 0) soon();
  };
  const soon = () => { timer ??= setTimeout(look, Math.max(together, last + apart - Date.now())); };
  const all = () => {
    changed = null;
    if (!document.hidden) soon();
  };

  onChange((change) => {
    if (change === null) changed = null;
    else changed?.add(change.ticketId);
    soon();
  }, signal);
  const asking = setInterval(() => { if (!isLive()) all(); }, patient);
  document.addEventListener('visibilitychange', all, { signal });
  onReconnect(all, signal);
  signal.addEventListener('abort', () => {
    clearInterval(asking);
    clearTimeout(timer);
  });
}

/** Whether the analysis has come to its end, whoever has the ticket then. */
export const isSettled = (ticket) => !['pending', 'running'].includes(ticket.triage.state);
