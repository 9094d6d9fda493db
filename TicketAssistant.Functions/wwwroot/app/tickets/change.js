// Changes that show at once, and go back with an explanation where the server refuses them.

import { get, patch } from '../core/api.js';
import { t } from '../core/text.js';
import { toast } from '../parts/toast.js';

const compared = ['title', 'status', 'priority', 'type', 'assignedTo', 'relatedSkills'];

/**
 * Changes a ticket. Where it has moved on without a difference that somebody sees (the app has written something down), once more.
 * @param ticket as it is shown, with its version.
 * @param change what to send; "assignedTo" may be a person, who is shown at once and sent as an id.
 * @param show draws a ticket: at once as it will be, then as the server has it, or as it is in truth.
 * @returns whether it was changed.
 */
export async function changeTicket(ticket, change, show, isRepeat = false) {
  show({ ...ticket, ...change });
  const { assignedTo } = change;
  try {
    const reply = await patch(`/api/tickets/${ticket.id}`, {
      ...change,
      ...(assignedTo && { assignedTo: assignedTo.id }),
      version: ticket.version,
    });
    show(reply.ticket);
    return true;
  } catch (error) {
    if (error.name === 'AbortError') return false;
    const { latest, text } = await refused(ticket, error);
    if (!isRepeat && latest && latest.version !== ticket.version && !differences(ticket, latest)) return changeTicket(latest, change, show, true);
    show(latest ?? ticket);
    toast(text);
    return false;
  }
}

/** Why a change was refused, in words, and the ticket as it is now where somebody else was faster. */
export async function refused(ticket, error) {
  const latest = error.status === 409 ? await current(ticket) : null;
  const different = latest ? differences(ticket, latest) : '';
  return { latest, text: different ? t('change.stale', { changes: different }) : error.message };
}

async function current({ id }) {
  try {
    return (await get(`/api/tickets/${id}`)).ticket;
  } catch {
    return null; // the next look will tell
  }
}

/** What somebody else has changed, in words. */
function differences(before, after) {
  return compared
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => `${t(`field.${field === 'assignedTo' ? 'assignee' : field === 'relatedSkills' ? 'skills' : field}`)}: ${valueOf(field, after[field])}`)
    .join(', ');
}

/** A field's value in words. */
export function valueOf(field, value) {
  if (value === null || value === undefined || value === '') return t('value.none');
  if (['status', 'priority', 'type'].includes(field)) return t(`${field}.${value}`);
  return field === 'assignedTo' && typeof value === 'object' ? value.name : String(value).replaceAll(',', ', ').replaceAll('  ', ' ');
}
