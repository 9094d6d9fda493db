import { get } from '../core/api.js';
import { announce, h, replace } from '../core/dom.js';
import { followTicket, isSettled } from '../core/live.js';
import { home, navigate } from '../core/router.js';
import { session } from '../core/session.js';
import { shortcut } from '../core/shortcuts.js';
import { isolate, t } from '../core/text.js';
import { icon } from '../parts/icon.js';
import { changeTicket } from './change.js';
import { proposal } from './confirm.js';
import { conversation, readTimeline } from './conversation.js';
import { facts } from './facts.js';
import { priorityMark, statusMark } from './marks.js';
import { progress } from './progress.js';
import { editSkills, reassign } from './reassign.js';
import { replyForm } from './reply.js';
import { mayTake, mayWork } from './rights.js';
import { deadline } from './rows.js';
import { similar } from './similar.js';
import { assist, why } from './triage.js';

const young = 60_000; // milliseconds for which a ticket counts as just written

/** /tickets/{id}: a ticket, live. */
export async function page({ params: [id], signal }) {
  let [{ ticket }, entries] = await Promise.all([get(`/api/tickets/${id}`, { signal }), readTimeline(id, signal)]);
  const head = h('div', { class: 'ticket-head' });
  const help = h('div', { class: 'stack' });
  const talk = h('div', null);
  const side = h('div', { class: 'side' });
  const steps = progress();
  const proposed = proposal((settled) => show(settled));
  const isNew = !isSettled(ticket) || Date.now() - Date.parse(ticket.createdAt) < young;
  const fresh = new Set(); // what has arrived while somebody looked
  let asked = 0;
  let triage = { step: isSettled(ticket) ? 'done' : 'pending', attempts: 0 };
  const alike = session.isStaff && similar(id, signal);
  const reply = replyForm(ticket, (sent) => show(sent.ticket));

  function draw() {
    replace(head,
      h('a', { class: 'crumb', href: home(), data: { focus: 'back' } }, icon('back', 'small'), t(home() === '/queue' ? 'nav.queue' : session.isStaff ? 'nav.all' : 'nav.mine')),
      h('h1', { tabindex: '-1', data: { focus: 'title' } }, ticket.title),
      h('div', { class: 'ticket-line' },
        statusMark(ticket.status), priorityMark(ticket.priority), deadline(ticket),
        h('span', null, t('ticket.number', { id: ticket.id.slice(-8) }))));
    replace(help, isNew && steps.element, session.isStaff && assist(ticket, show));
    replace(side, facts(ticket, change, actions), session.isStaff && why(ticket), alike);
    proposed.draw(ticket);
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
      const mine = ++asked;
      const latest = await readTimeline(id, signal);
      if (mine !== asked) return;
      const known = new Set(entries.map(({ seq }) => seq));
      entries = latest;
      const arrived = entries.filter(({ kind, seq, actor }) => kind === 'comment' && !known.has(seq) && actor.id !== session.user.id);
      for (const { seq } of arrived) fresh.add(seq);
      replace(talk, conversation(ticket, entries, fresh));
      if (arrived.length > 0) announce(t('conversation.arrived', { who: isolate(arrived.at(-1).actor.name ?? t('actor.system')) }));
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
  const take = () => {
    const { id: own, email, name } = session.user;
    change({ assignedTo: { id: own, email, name } });
  };
  const actions = { take, reassign: ask(reassign), editSkills: ask(editSkills) };

  draw();
  replace(talk, conversation(ticket, entries, fresh));
  followTicket(ticket, {
    signal,
    onTicket: (latest) => { if (latest.version > ticket.version) show(latest); },
    onTriage: (latest) => {
      const isOver = latest.step === 'done' && triage.step !== 'done';
      triage = latest;
      proposed.drawTriage(triage);
      if (isNew) steps.draw(triage, ticket);
      if (isOver) tell(); // who was told stands in the conversation, and is no change of the ticket
    },
    onGone: () => navigate(location.pathname, { replace: true }),
  });
  shortcut('u', 'shortcuts.back', () => navigate(home()), { signal });
  shortcut('r', 'shortcuts.reply', () => reply.focus(false), { signal });
  shortcut('n', 'shortcuts.note', () => reply.focus(true), { signal, when: () => session.isStaff });
  shortcut('t', 'shortcuts.take', actions.take, { signal, when: () => mayTake(ticket) });
  shortcut('a', 'shortcuts.assign', actions.reassign, { signal, when: () => mayWork(ticket) && ticket.status !== 'DONE' });
  return [head, h('div', { class: 'ticket' }, h('div', { class: 'stack' }, proposed.element, help, talk, reply.element), side)];
}
