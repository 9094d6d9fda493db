import * as api from './api.js';
import { announce, h, replace } from './dom.js';
import { ago, between, clock, duration, statuses } from './format.js';
import { alert, link, loading, nothing, status } from './parts.js';
import { poll } from './poll.js';

// Kept while the tab lives, so that going back from a run finds the same list.
const filter = { search: '', runtimeStatus: '', before: '' };
const earlier = [];

export function showList(main, onState) {
  let drawn = '';
  const body = h('div', {}, loading());
  const search = h('input', { class: 'input', id: 'search', type: 'search', autocomplete: 'off', spellcheck: 'false', oninput: () => narrow('search', search.value.trim()) });
  search.value = filter.search;
  const choice = h('select', { class: 'input', id: 'status', onchange: () => narrow('runtimeStatus', choice.value) },
    h('option', { value: '' }, 'Any status'),
    statuses.map((name) => h('option', { value: name }, name)));
  choice.value = filter.runtimeStatus;
  main.replaceChildren(
    h('div', { class: 'head' }, h('h1', {}, 'Runs')),
    h('form', { class: 'filters', role: 'search', onsubmit: (event) => event.preventDefault() },
      h('div', { class: 'field' }, h('label', { for: 'search' }, 'Name, or beginning of the id'), search),
      h('div', { class: 'field' }, h('label', { for: 'status' }, 'Status'), choice)),
    body);

  let typing;
  function narrow(key, value) {
    filter[key] = value;
    filter.before = '';
    earlier.length = 0;
    clearTimeout(typing);
    typing = setTimeout(() => live.now(), key === 'search' ? 200 : 0);
  }

  function turn(before) {
    filter.before = before;
    live.now();
    announce(`Page ${earlier.length + 1}`);
  }

  const older = (next) => { earlier.push(filter.before); turn(next); };
  const newer = () => turn(earlier.pop());

  function draw(page) {
    // Only ages change most of the time: they are told anew, and nothing that may have the focus is touched.
    const content = JSON.stringify([page.runs, page.next, filter.before]);
    if (content !== drawn) {
      drawn = content;
      replace(body, page.runs.length > 0 ? [table(page), pager(page)] : empty());
    }
    for (const cell of body.querySelectorAll('[data-from]')) {
      cell.textContent = cell.dataset.kind === 'age' ? ago(between(cell.dataset.from, page.now)) : duration(between(cell.dataset.from, page.now));
    }
  }

  function empty() {
    return filter.search || filter.runtimeStatus
      ? h('div', { class: 'panel' }, nothing('Nothing matches', 'No run has this status and name or id.'))
      : h('div', { class: 'panel' }, nothing('No runs yet', 'As soon as an orchestration is started it is here.'));
  }

  function pager(page) {
    return h('nav', { class: 'pager', 'aria-label': 'Pages' },
      h('button', { type: 'button', class: 'button', data: { focus: 'newer' }, disabled: earlier.length === 0, onclick: newer }, 'Newer'),
      h('span', {}, `Page ${earlier.length + 1}`),
      h('button', { type: 'button', class: 'button', data: { focus: 'older' }, disabled: !page.next, onclick: () => older(page.next) }, 'Older'));
  }

  const live = poll(async (signal) => draw(await api.list(filter, signal)), (state, error) => {
    if (state === 'broken') {
      drawn = '';
      replace(body, alert(error.message));
    }
    onState(state, error);
  });
  return live.stop;
}

function table(page) {
  return h('div', { class: 'panel' },
    h('table', { class: 'list' },
      h('caption', { class: 'visually-hidden' }, 'Runs, newest first'),
      h('thead', {}, h('tr', {}, ['Run', 'Status', 'Started', 'Duration'].map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, page.runs.map(row))));
}

function row(run) {
  return h('tr', {},
    h('td', { class: 'run-cell' },
      h('a', { class: 'run-name', href: link(run.id), data: { focus: run.id } }, run.name),
      h('span', { class: 'id' }, run.id)),
    h('td', { class: 'status-cell' }, status(run.status)),
    h('td', { class: 'number age-cell' }, h('time', { datetime: run.from, title: clock(run.from), data: { from: run.from, kind: 'age' } })),
    h('td', { class: 'number duration-cell' },
      run.to ? duration(between(run.from, run.to)) : h('span', { data: { from: run.from, kind: 'length' } })));
}
