import { get } from '../core/api.js';
import { h, replace } from '../core/dom.js';
import { followTicket, isSettled } from '../core/live.js';
import { home, navigate } from '../core/router.js';
import { session } from '../core/session.js';
import { shortcut } from '../core/shortcuts.js';
import { t } from '../core/text.js';
import { icon } from '../parts/icon.js';
import { changeTicket } from './change.js';
import { conversation, readTimeline } from './conversation.js';
import { facts } from './facts.js';
import { priorityMark, statusMark } from './marks.js';
import { progress } from './progress.js';
import { editSkills, reassign } from './reassign.js';
import { replyForm } from './reply.js';
import { mayWork } from './rights.js';
import { similar } from './similar.js';
import { assist, why } from './triage.js';

const fresh = 60_000; // milliseconds for which a ticket counts as just written

/** /tickets/{id}: a ticket, live. */
export async function page({ params: [id], signal }) {
  let [{ ticket }, entries] = await Promise.all([get(`/api/tickets/${id}`, { signal }), readTimeline(id, signal)]);
  const head = h('div', { class: 'ticket-head' });
  const help = h('div', { class: 'stack' });
  const talk = h('div', null);
  const side = h('div', { class: 'side' });
  const steps = progress();
  const isNew = !isSettled(ticket) || Date.now() - Date.parse(ticket.createdAt) < fresh;
  let triage = { step: isSettled(ticket) ? 'done' : 'pending', attempts: 0 };
  const alike = session.isStaff && similar(id, signal);
  const reply = replyForm(ticket, (sent) => show(sent.ticket));

  function draw() {
    replace(head,
      h('a', { class: 'crumb', href: home(), data: { focus: 'back' } }, icon('back', 'small'), t(home() === '/queue' ? 'nav.queue' : session.isStaff ? 'nav.all' : 'nav.mine')),
      h('h1', { tabindex: '-1', data: { focus: 'title' } }, ticket.title),
      h('div', { class: 'ticket-line' },
        statusMark(ticket.status), priorityMark(ticket.priority),
        h('span', null, t('ticket.number', { id: ticket.id.slice(-8) }))));
    replace(help, isNew && steps.element, session.isStaff && assist(ticket, show));
    replace(side, facts(ticket, change, actions), session.isStaff && why(ticket), alike);
    if (isNew) steps.draw(triage, ticket);
  }

  /** Draws a ticket; a newer version has a longer history as well. */
  function show(latest) {
    const isNewer = latest.version !== ticket.version;
    ticket = latest;
    draw();
    if (isNewer) tell();
  }

  async function tell() {
    try {
      entries = await readTimeline(id, signal);
      replace(talk, conversation(ticket, entries));
    } catch (error) {
      // What is there stays; the next look brings the rest.
      if (!['AbortError', 'Problem'].includes(error.name)) throw error;
    }
  }

  const change = (values) => changeTicket(ticket, values, show);
  const ask = (dialog) => async () => {
    const values = await dialog(ticket);
    if (values) change(values);
  };
  const actions = { reassign: ask(reassign), editSkills: ask(editSkills) };

  draw();
  replace(talk, conversation(ticket, entries));
  followTicket(ticket, {
    signal,
    onTicket: (latest) => { if (latest.version > ticket.version) show(latest); },
    onTriage: (latest) => { triage = latest; if (isNew) steps.draw(triage, ticket); },
    onGone: () => navigate(location.pathname, { replace: true }),
  });
  shortcut('u', 'shortcuts.back', () => navigate(home()), { signal });
  shortcut('r', 'shortcuts.reply', () => reply.focus(false), { signal });
  shortcut('n', 'shortcuts.note', () => reply.focus(true), { signal, when: () => session.isStaff });
  shortcut('a', 'shortcuts.assign', actions.reassign, { signal, when: () => mayWork(ticket) && ticket.status !== 'DONE' });
  return [head, h('div', { class: 'ticket' }, h('div', { class: 'stack' }, help, talk, reply.element), side)];
}
