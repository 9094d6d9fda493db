// What changes while somebody looks. The one place that asks again: when the server tells of changes by itself, only this
// module has to listen to it.

import { get } from './api.js';
import { onReconnect } from './connection.js';

const eager = 500; // milliseconds between two looks while a triage is under way
const calm = 4000; // and when nothing is expected
const patient = 8000; // between two looks at a list

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
  let timer = null;
  let looking = false;

  async function look() {
    clearTimeout(timer);
    if (signal.aborted || looking || document.hidden) return;
    looking = true;
    try {
      if (running || !assigned) {
        const triage = await get(`/api/tickets/${ticket.id}/triage`, { signal });
        running = !['done', 'waiting_for_assignee'].includes(triage.step);
        onTriage(triage);
      }
      const { ticket: latest } = await get(`/api/tickets/${ticket.id}`, { signal });
      assigned = latest.assignedTo !== null;
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
    timer = setTimeout(look, running ? eager : calm);
  }

  const again = () => { if (!document.hidden) look(); };
  document.addEventListener('visibilitychange', again, { signal });
  onReconnect(again, signal);
  signal.addEventListener('abort', () => clearTimeout(timer));
  look();
  return { look };
}

/** Looks at a list again now and then, and when somebody comes back to it. @param load loads it and draws what is new. */
export function followList(load, signal) {
  let looking = false;
  const look = async () => {
    if (document.hidden || looking || signal.aborted) return;
    looking = true;
    try {
      await load();
    } catch (error) {
      // The banner says that the server is away; the next look tries again.
      if (!['AbortError', 'Problem'].includes(error.name)) throw error;
    } finally {
      looking = false;
    }
  };
  const timer = setInterval(look, patient);
  document.addEventListener('visibilitychange', look, { signal });
  onReconnect(look, signal);
  signal.addEventListener('abort', () => clearInterval(timer));
}

/** Whether the analysis has come to its end, whoever has the ticket then. */
export const isSettled = (ticket) => !['pending', 'running'].includes(ticket.triage.state);
