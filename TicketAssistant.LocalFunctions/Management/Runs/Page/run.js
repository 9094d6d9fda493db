import * as api from './api.js';
import { actions } from './actions.js';
import { h, replace } from './dom.js';
import { ago, between, clock, duration, pretty } from './format.js';
import { alert, link, loading, nothing, status } from './parts.js';
import { poll } from './poll.js';
import { fetchPayload, isMissing, legend, payloadOf, timeline } from './timeline.js';

export function showRun(main, id, onState) {
  const open = new Set();
  const payloads = new Map();
  const whole = { open: false, at: '', value: undefined };
  const body = h('div', {}, loading());
  let run;
  let drawn = '';
  let chart;
  main.replaceChildren(body);

  async function refresh(signal) {
    run = await api.run(id, signal);
    if (whole.open) await fetchWhole();
    for (const step of run.steps) {
      if (open.has(step.number) && isMissing(step, payloads)) await fetchPayload(id, step, payloads);
    }
    // As long as nothing has happened, only times move on.
    const content = JSON.stringify({ ...run, now: '' });
    if (content === drawn) {
      tell();
      return;
    }
    drawn = content;
    draw();
  }

  async function fetchWhole() {
    const at = `${run.status}${run.generation}`;
    if (whole.at === at) return;
    whole.value = await api.runPayload(id);
    whole.at = at;
  }

  async function toggleWhole() {
    whole.open = !whole.open;
    draw();
    if (!whole.open) return;
    try {
      await fetchWhole();
    } catch (error) {
      whole.value = { error: { message: error.message } };
    }
    draw();
  }

  function tell() {
    body.querySelector('#age').textContent = ago(between(run.from, run.now));
    body.querySelector('#length').textContent = duration(between(run.from, run.to ?? run.now));
    chart?.update(run.now);
  }

  function draw() {
    chart = run.steps.length > 0 ? timeline(run, open, payloads, draw) : undefined;
    replace(body,
      h('p', {}, h('a', { href: '#/', data: { focus: 'back' } }, '← All runs')),
      h('div', { class: 'head' },
        h('div', { class: 'grow' }, h('h1', {}, run.name), h('p', { class: 'id' }, run.id)),
        status(run.status),
        actions(run, live)),
      run.error && alert(run.error),
      h('div', { class: 'section' }, facts(run), wholeSection()),
      h('section', { class: 'section', 'aria-labelledby': 'timeline-title' },
        h('h2', { id: 'timeline-title' }, 'Timeline'),
        chart
          ? [legend(run.steps), chart.element]
          : h('div', { class: 'panel' }, nothing('No steps yet', waitingText(run))),
        run.hiddenSteps > 0 && h('p', { class: 'hint' }, `${run.hiddenSteps} more steps are not drawn; the management API has them all (showHistory=true).`)));
    tell();
  }

  function wholeSection() {
    return h('div', { class: 'panel step' },
      h('button', { type: 'button', class: 'button quiet', data: { focus: 'whole' }, 'aria-expanded': String(whole.open), onclick: toggleWhole },
        `${whole.open ? '▾' : '▸'} Input and output of the run`),
      whole.open && h('div', { class: 'step-details' }, whole.value ? payloadOf(whole.value) : h('p', { role: 'status' }, 'Loading…')));
  }

  const live = poll(refresh, (state, error) => {
    if (state === 'broken') {
      drawn = '';
      const gone = error.status === 404;
      replace(body,
        h('p', {}, h('a', { href: '#/' }, '← All runs')),
        h('h1', {}, gone ? 'No such run' : 'Run'),
        gone ? h('div', { class: 'panel' }, nothing('It is not here', 'Runs that ended are removed after some time.')) : alert(error.message));
    }
    onState(state, error);
  });
  return live.stop;
}

function waitingText(run) {
  if (run.startAt && !run.to) return `It begins on ${clock(run.startAt)}.`;
  return run.to ? 'It ended without any.' : 'It has not asked for anything that takes time, or waits for an event.';
}

function facts(run) {
  const fact = (name, value) => value && h('div', {}, h('dt', {}, name), h('dd', {}, value));
  return h('dl', { class: 'panel facts' },
    fact('Started', [h('time', { datetime: run.from }, clock(run.from)), ' (', h('span', { id: 'age' }), ')']),
    fact(run.to ? 'Duration' : 'Running for', h('span', { id: 'length' })),
    fact('Custom status', run.customStatus && h('code', {}, pretty(run.customStatus))),
    fact('Started by', run.parentId && h('a', { href: link(run.parentId) }, run.parentId)),
    fact('Version', run.version),
    fact('Continued as new', run.generation > 0 && `${run.generation} ${run.generation === 1 ? 'time' : 'times'}; the steps are those since`),
    Object.entries(run.tags ?? {}).map(([name, value]) => fact(name, value)));
}
