// What was said about a ticket and what happened to it, oldest first.

import { get } from '../core/api.js';
import { h } from '../core/dom.js';
import { since } from '../core/format.js';
import { has, isolate, t } from '../core/text.js';
import { icon } from '../parts/icon.js';
import { avatar } from '../parts/person.js';
import { valueOf } from './change.js';

const pageSize = 100;

/** All entries of a ticket's timeline. */
export async function readTimeline(id, signal) {
  const entries = [];
  let cursor;
  do {
    const page = await get(`/api/tickets/${id}/timeline`, { query: { limit: pageSize, cursor }, signal });
    entries.push(...page.entries);
    cursor = page.next;
  } while (cursor);
  return entries;
}

/** The ticket's text, and then everything else. @param fresh the numbers of what has just arrived. */
export const conversation = (ticket, entries, fresh) => h('div', { class: 'panel conversation' },
  h('h2', { class: 'visually-hidden' }, t('conversation.title')),
  fold(entries).map(({ entry, told }) => {
    if (entry.kind === 'created') return said({ person: ticket.createdBy, at: ticket.createdAt, text: ticket.description, told });
    return entry.kind === 'comment' ? comment(entry, told, fresh.has(entry.seq)) : happened(entry, told);
  }));

/** Who was told by mail stands with what they were told of. */
function fold(entries) {
  const folded = [];
  for (const entry of entries) {
    if (entry.kind === 'mailed' && folded.length > 0) folded.at(-1).told.push(entry.to);
    else folded.push({ entry, told: [] });
  }
  return folded;
}

const toldBy = (told) => told.length > 0 && h('span', { class: 'told' }, icon('mail', 'small'), t('event.mailed', { to: told.map(isolate).join(', ') }));

const comment = ({ actor, at, body, internal }, told, isFresh) =>
  said({ person: { id: actor.id ?? actor.kind, name: nameOf(actor) }, at, text: body, internal, told, isFresh });

const said = ({ person, at, text, told, internal = false, isFresh = false }) => h('article', { class: internal ? 'said internal' : 'said' },
  h('header', { class: 'said-head' },
    avatar(person), h('strong', null, person.name), since(at),
    internal && h('span', { class: 'badge away' }, icon('lock', 'small'), t('note.badge')),
    isFresh && h('span', { class: 'badge fresh' }, t('conversation.fresh')),
    toldBy(told)),
  h('p', { class: 'user-text' }, text));

function happened(entry, told) {
  const details = entry.reason ?? (entry.kind === 'feedback' ? null : entry.body);
  const line = [h('span', null, sentence(entry)), since(entry.at), toldBy(told)];
  return h('div', { class: 'happened', data: { kind: entry.kind } },
    icon(pictures[entry.kind] ?? 'info', 'small'),
    details ? h('details', null, h('summary', { data: { focus: `entry-${entry.seq ?? entry.at}` } }, line), h('p', { class: 'user-text' }, details)) : h('div', null, line));
}

const pictures = {
  changed: 'edit', corrected: 'edit', triaged: 'spark', confirmed: 'check', assigned: 'person', queued: 'clock', escalated: 'alert', feedback: 'helpful',
};

function sentence({ kind, actor, field, from, to, body }) {
  const values = { who: isolate(nameOf(actor)), from: isolate(valueOf(field, from)), to: isolate(valueOf(field, to)) };
  if (kind === 'feedback') return t(body === 'helpful' ? 'event.feedback.helpful' : 'event.feedback.unhelpful', values);
  if (kind === 'confirmed' && actor.kind === 'system') return t('event.confirmed.late');
  if (kind !== 'changed' && kind !== 'corrected') return has(`event.${kind}`) ? t(`event.${kind}`, values) : kind;
  if (field === 'assignedTo') return t(to ? 'event.given' : 'event.back', values);
  const key = `event.${field}`;
  return has(key) ? t(key, values) : t('event.field', { ...values, field });
}

const nameOf = ({ kind, name }) => name ?? (kind === 'offline' ? t('source.offline') : t('actor.system'));
