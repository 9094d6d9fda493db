// Who may do what with a ticket. The server decides; this keeps what it would refuse out of sight.

import { session } from '../core/session.js';

const isMine = (person) => person?.id === session.user.id;

/** Change everything: the assignee and admins. */
export const mayWork = (ticket) => session.isAdmin || session.isStaff && isMine(ticket.assignedTo);

/** Take it: staff, while nobody has it; admins from anybody. */
export const mayTake = (ticket) => session.isStaff && !isMine(ticket.assignedTo) && ticket.status !== 'DONE' && (ticket.assignedTo === null || session.isAdmin);

/** Close and reopen it: the requester. */
export const mayClose = (ticket) => isMine(ticket.createdBy) && !mayWork(ticket);

/** Which status may follow. */
export function mayBecome(ticket, status) {
  if (ticket.status === 'DONE' && status === 'WAITING') return false;
  return ticket.assignedTo !== null || !['IN_PROGRESS', 'WAITING'].includes(status);
}
