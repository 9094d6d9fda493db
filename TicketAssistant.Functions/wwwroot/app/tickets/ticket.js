import { get } from '../core/api.js';
import { h, replace } from '../core/dom.js';
import { since } from '../core/format.js';
import { followTicket, isSettled } from '../core/live.js';
import { home, navigate } from '../core/router.js';
import { session } from '../core/session.js';
import { shortcut } from '../core/shortcuts.js';
import { t } from '../core/text.js';
import { icon } from '../parts/icon.js';
import { avatar } from '../parts/person.js';
import { assist, facts, why } from './facts.js';
import { priorityMark, statusMark } from './marks.js';
import { progress } from './progress.js';

const fresh = 60_000; // milliseconds for which a ticket counts as just written

/** /tickets/{id}: a ticket, live. */
export async function page({ params: [id], signal }) {
  let { ticket } = await get(`/api/tickets/${id}`, { signal });
  const head = h('div', { class: 'ticket-head' });
  const text = h('div', { class: 'stack' });
  const side = h('div', { class: 'side' });
  const steps = progress();
  const isNew = !isSettled(ticket) || Date.now() - Date.parse(ticket.createdAt) < fresh;
  let triage = { step: isSettled(ticket) ? 'done' : 'pending', attempts: 0 };

  function draw() {
    replace(head,
      h('a', { class: 'crumb', href: home(), data: { focus: 'back' } }, icon('back', 'small'), t(home() === '/queue' ? 'nav.queue' : session.isStaff ? 'nav.all' : 'nav.mine')),
      h('h1', { tabindex: '-1', data: { focus: 'title' } }, ticket.title),
      h('div', { class: 'ticket-line' },
        statusMark(ticket.status), priorityMark(ticket.priority),
        h('span', null, t('ticket.number', { id: ticket.id.slice(-8) }))));
    replace(text,
      isNew && steps.element,
      session.isStaff && assist(ticket),
      h('div', { class: 'panel' }, said(ticket.createdBy, ticket.createdAt, ticket.description)));
    replace(side, facts(ticket), session.isStaff && why(ticket));
    if (isNew) steps.draw(triage, ticket);
  }

  draw();
  followTicket(ticket, {
    signal,
    onTicket: (latest) => { ticket = latest; draw(); },
    onTriage: (latest) => { triage = latest; if (isNew) steps.draw(triage, ticket); },
    onGone: () => navigate(location.pathname, { replace: true }),
  });
  shortcut('u', 'shortcuts.back', () => navigate(home()), { signal });
  return [head, h('div', { class: 'ticket' }, text, side)];
}

const said = (person, at, text) => h('article', { class: 'said' },
  h('header', { class: 'said-head' }, avatar(person), h('strong', null, person.name), since(at)),
  h('p', { class: 'user-text' }, text));
