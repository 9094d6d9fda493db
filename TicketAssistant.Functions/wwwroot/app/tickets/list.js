import { h } from '../core/dom.js';
import { setQuery } from '../core/router.js';
import { session } from '../core/session.js';
import { shortcut } from '../core/shortcuts.js';
import { t } from '../core/text.js';
import { unconfirmed } from '../accounts/mails.js';
import { icon } from '../parts/icon.js';
import { empty, failed, skeleton } from '../parts/states.js';
import { exportButton } from './export.js';
import { priorities, statuses, types } from './marks.js';
import { rowShortcuts, ticketList } from './rows.js';

const typing = 250; // milliseconds of rest before a search begins

/** /tickets: a requester's own tickets, or all of them for staff. What is chosen is in the address. */
export async function page({ query, signal }) {
  const chosen = Object.fromEntries(query);
  const several = session.isAdmin ? (await import('./bulk.js')).bulk(signal) : null;
  const results = h('div', { 'aria-live': 'polite' });
  const search = h('input', { class: 'input', type: 'search', placeholder: t('filter.search'), 'aria-label': t('filter.search'), value: chosen.q, oninput: onTyping });
  const selects = [
    select('status', statuses, 'status'),
    select('priority', priorities, 'priority'),
    select('type', types, 'type'),
    session.isStaff && select('assignee', ['me', 'none'], 'assignee'),
    session.isStaff && select('triage', ['awaiting_confirmation', 'fallback', 'failed'], 'triage'),
  ].filter(Boolean);
  const order = select('sort', ['updated', 'priority', 'age'], 'sort');
  let timer;
  let running = null;

  function select(name, values, texts) {
    return h('select', { class: 'input', name, 'aria-label': t(`filter.${name}`), onchange: apply },
      h('option', { value: '' }, t(`filter.${name}.any`)),
      values.map((value) => h('option', { value, selected: chosen[name] === value }, t(`${texts}.${value}`))));
  }

  function onTyping() {
    clearTimeout(timer);
    timer = setTimeout(apply, typing);
  }

  const chosenNow = () => ({ q: search.value.trim(), ...Object.fromEntries([...selects, order].map(({ name, value }) => [name, value])) });

  /** What the API is asked for: it shows staff their own queue unless told otherwise. */
  const asked = () => (session.isStaff ? { ...chosenNow(), assignee: chosenNow().assignee || 'all' } : chosenNow());

  async function apply() {
    clearTimeout(timer);
    const wanted = chosenNow();
    setQuery(wanted);
    for (const control of selects) control.classList.toggle('chosen', control.value !== '');
    running?.abort();
    const mine = running = new AbortController();
    signal.addEventListener('abort', () => mine.abort());
    const waiting = setTimeout(() => results.replaceChildren(h('div', { class: 'panel' }, skeleton())), 200);
    try {
      several?.reset();
      const list = await ticketList(asked(), {
        signal: mine.signal,
        makeRow: several?.makeRow,
        whenEmpty: () => (Object.entries(wanted).some(([name, value]) => value && name !== 'sort') ? nothingFound() : noneYet()),
      });
      if (!mine.signal.aborted) results.replaceChildren(list);
    } catch (error) {
      if (error.name !== 'AbortError') results.replaceChildren(failed(error, apply));
    } finally {
      clearTimeout(waiting);
    }
  }

  const nothingFound = () => empty('search', t('list.nothing'), t('list.nothing.text'),
    h('button', { type: 'button', class: 'button', onclick: clear }, t('filter.clear')));

  function clear() {
    search.value = '';
    for (const control of selects) control.value = '';
    apply();
    search.focus();
  }

  shortcut('/', 'shortcuts.search', () => search.focus(), { signal });
  rowShortcuts(signal);
  await apply();
  return [
    h('div', { class: 'page-head' }, h('h1', null, t(session.isStaff ? 'nav.all' : 'nav.mine')), h('div', { class: 'list-head' }, order, session.isStaff && exportButton(asked))),
    !session.isStaff && unconfirmed(),
    h('form', { class: 'filters', role: 'search', onsubmit: (event) => { event.preventDefault(); apply(); } },
      h('div', { class: 'with-icon' }, icon('search'), search), selects),
    several?.element,
    results,
  ].filter(Boolean);
}

const noneYet = () => empty('ticket', t('list.empty'), t(session.isStaff ? 'list.empty.staff' : 'list.empty.text'),
  h('a', { class: 'button primary', href: '/tickets/new' }, icon('plus'), t('nav.new')));
