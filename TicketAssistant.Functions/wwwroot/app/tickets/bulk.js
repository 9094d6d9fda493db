// Several tickets at once, for admins. Each is changed by itself, with the version that is shown: what somebody else changed
// meanwhile stays as it is, and is said.

import { patch } from '../core/api.js';
import { announce, h } from '../core/dom.js';
import { shortcut } from '../core/shortcuts.js';
import { t } from '../core/text.js';
import { choosePerson } from '../people/choose.js';
import { confirm } from '../parts/dialog.js';
import { icon } from '../parts/icon.js';
import { menu } from '../parts/menu.js';
import { toast } from '../parts/toast.js';
import { refused } from './change.js';
import { priorities, priorityMark, statuses, statusMark } from './marks.js';
import { row } from './rows.js';

const atOnce = 4; // requests under way
const mostWaits = 5; // how often one ticket waits for a server that asks for patience
const longestWait = 60; // seconds

/** Selecting among the rows of a list, and what can be done with those selected. */
export function bulk(signal) {
  const rows = new Map(); // by id: the ticket, its element and its box
  const chosen = new Set();
  let run = null;
  let last = null;

  const all = h('input', { type: 'checkbox', 'aria-label': t('bulk.all'), onchange: () => choose([...rows.keys()], all.checked) });
  const count = h('p', { class: 'bulk-count', role: 'status' });
  const actions = h('div', { class: 'buttons' },
    menu(h('button', { type: 'button', class: 'button' }, t('field.status'), icon('down', 'small')),
      statuses.map((status) => choice(statusMark(status), () => change({ status }, t(`status.${status}`))))),
    menu(h('button', { type: 'button', class: 'button' }, t('field.priority'), icon('down', 'small')),
      priorities.map((priority) => choice(priorityMark(priority), () => change({ priority }, t(`priority.${priority}`))))),
    h('button', { type: 'button', class: 'button', onclick: assign }, t('field.assignee'), icon('down', 'small')));
  const none = h('button', { type: 'button', class: 'button quiet', onclick: () => { choose([...chosen], false); all.focus(); } }, t('bulk.none'));
  const report = h('div');
  const element = h('div', { class: 'bulk', role: 'group', 'aria-label': t('bulk.label') },
    h('div', { class: 'bulk-bar' }, h('label', { class: 'row-select' }, all), count, none, actions), report);

  function draw() {
    const n = chosen.size;
    count.textContent = n === 0 ? t('bulk.hint') : t('bulk.count', { n });
    all.checked = n > 0 && n === rows.size;
    all.indeterminate = n > 0 && n < rows.size;
    actions.hidden = none.hidden = n === 0 || run !== null;
    element.hidden = rows.size === 0;
    element.classList.toggle('active', n > 0);
    for (const [id, { box, element: li }] of rows) {
      box.checked = chosen.has(id);
      box.disabled = run !== null;
      li.classList.toggle('chosen', box.checked);
    }
    all.disabled = run !== null;
  }

  /** Selects some, or takes them out. */
  function choose(ids, selected) {
    if (run) return;
    for (const id of ids) selected ? chosen.add(id) : chosen.delete(id);
    draw();
  }

  /** A row with a box before it. */
  function makeRow(ticket) {
    const box = h('input', { type: 'checkbox', 'aria-label': t('bulk.select', { title: ticket.title }), data: { focus: `select-${ticket.id}` } });
    box.addEventListener('click', (event) => {
      const ids = [...rows.keys()];
      const [from, to] = [ids.indexOf(last), ids.indexOf(ticket.id)].sort((a, b) => a - b);
      choose(event.shiftKey && from >= 0 ? ids.slice(from, to + 1) : [ticket.id], box.checked);
      last = ticket.id;
    });
    const li = row(ticket);
    li.classList.add('selectable');
    li.prepend(h('label', { class: 'row-select' }, box));
    rows.set(ticket.id, { ticket, box, element: li });
    queueMicrotask(draw);
    return li;
  }

  /** Puts a newer ticket where it stood. */
  function redraw(ticket) {
    const before = rows.get(ticket.id);
    if (!before) return;
    const focused = before.element.contains(document.activeElement);
    const li = makeRow(ticket);
    before.element.replaceWith(li);
    if (focused) rows.get(ticket.id).box.focus();
  }

  async function assign() {
    const to = await choosePerson(t('bulk.assign', { n: chosen.size }), { back: t('bulk.return', { n: chosen.size }) });
    if (to) await carryOut(selected(), { assignedTo: to.person?.id ?? null });
  }

  const selected = () => [...chosen].map((id) => rows.get(id).ticket);

  async function change(values, words) {
    const tickets = selected();
    if (tickets.length > 1 && !await confirm(t('bulk.sure', { n: tickets.length }), t('bulk.sure.text', { words }), t('bulk.verb'))) return;
    await carryOut(tickets, values);
  }

  async function carryOut(tickets, values) {
    const queue = [...tickets];
    const failures = [];
    let done = 0;
    const bar = h('progress', { max: tickets.length, value: 0, 'aria-label': t('bulk.progress') });
    const text = h('span', { class: 'number' });
    const stop = h('button', { type: 'button', class: 'button', onclick: () => run.abort() }, t('bulk.stop'));
    const mine = run = new AbortController();
    const leaving = (event) => event.preventDefault();
    signal.addEventListener('abort', () => mine.abort());
    window.addEventListener('beforeunload', leaving);
    report.replaceChildren(h('div', { class: 'bulk-progress' }, bar, text, stop));
    stop.focus();
    draw();
    tell();

    await Promise.all(Array.from({ length: Math.min(atOnce, tickets.length) }, async () => {
      while (queue.length > 0 && !mine.signal.aborted) await one(queue.shift());
    }));

    window.removeEventListener('beforeunload', leaving);
    run = null;
    conclude();

    function tell() {
      bar.value = done + failures.length;
      text.textContent = t('bulk.done', { done: done + failures.length, all: tickets.length });
    }

    async function one(ticket) {
      try {
        const changed = (await patient(() => patch(`/api/tickets/${ticket.id}`, { ...values, version: ticket.version }), mine.signal)).ticket;
        chosen.delete(ticket.id);
        redraw(changed);
        done++;
      } catch (error) {
        if (error.name !== 'Problem') throw error;
        const { latest, text: reason } = await refused(ticket, error);
        if (latest) redraw(latest);
        failures.push({ ticket, reason });
      }
      tell();
    }

    /** What came of it. Whatever was not changed is still selected. */
    function conclude() {
      draw();
      const left = queue.length;
      const summary = [t('bulk.changed', { n: done }), left > 0 && t('bulk.left', { n: left })].filter(Boolean).join(' ');
      if (signal.aborted) {
        if (left > 0) toast(summary);
        return;
      }
      if (failures.length === 0) {
        report.replaceChildren();
        toast(summary);
        (left > 0 ? actions.querySelector('button') : all).focus();
        return;
      }
      const title = h('p', { tabindex: '-1' }, `${summary} ${t('bulk.failed', { n: failures.length })}`);
      report.replaceChildren(h('div', { class: 'alert' }, icon('alert'),
        h('div', null, title,
          h('ul', { class: 'bulk-failures' }, failures.map(({ ticket, reason }) => h('li', null, h('a', { href: `/tickets/${ticket.id}` }, h('bdi', null, ticket.title)), ': ', reason))),
          h('div', { class: 'buttons' },
            h('button', { type: 'button', class: 'button', onclick: () => carryOut(failures.map(({ ticket }) => rows.get(ticket.id)?.ticket ?? ticket), values) }, icon('retry', 'small'), t('bulk.again')),
            h('button', { type: 'button', class: 'button quiet', onclick: () => { report.replaceChildren(); all.focus(); } }, t('close'))))));
      title.focus();
      announce(title.textContent);
    }
  }

  shortcut('x', 'shortcuts.select', () => {
    const li = document.activeElement?.closest('li.selectable');
    const id = [...rows].find(([, entry]) => entry.element === li)?.[0];
    if (id) choose([id], !chosen.has(id));
  }, { signal });

  draw();
  return {
    element,
    makeRow,
    /** Forgets what was there: another list comes. */
    reset() {
      run?.abort();
      rows.clear();
      chosen.clear();
      last = null;
      if (!run) report.replaceChildren();
      draw();
    },
  };
}

/** An entry of a menu. The focus goes to the menu's own button, which is still there afterwards. */
const choice = (content, choose) => h('button', { type: 'button', class: 'menu-item', onclick: ({ currentTarget }) => {
  currentTarget.closest('.menu').querySelector('button').focus();
  choose();
} }, content);

/** Waits where the server asks for patience, and tries again: it has done nothing yet. */
async function patient(send, signal) {
  for (let wait = 1; ; wait++) {
    try {
      return await send();
    } catch (error) {
      if (error.status !== 429 || wait > mostWaits || signal.aborted) throw error;
      await new Promise((resolve) => { setTimeout(resolve, Math.min(error.retryAfter ?? wait, longestWait) * 1000); });
    }
  }
}
