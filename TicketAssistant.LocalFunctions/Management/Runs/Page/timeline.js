import * as api from './api.js';
import { h } from './dom.js';
import { between, clock, duration, moment, pretty } from './format.js';
import { link } from './parts.js';

const kinds = {
  Activity: { text: 'activity', mark: { Completed: '✓', Failed: '✕', Open: '▶', Abandoned: '■' } },
  Orchestration: { text: 'sub-orchestration', mark: { Completed: '✓', Failed: '✕', Open: '▶', Abandoned: '■' } },
  Timer: { text: 'wait', mark: '◷' },
  EventWait: { text: 'wait for an event', mark: '◷' },
  RetryWait: { text: 'wait before the next attempt', mark: '↻' },
  Event: { text: 'event received', mark: '◆' },
  Sent: { text: 'event sent', mark: '◆' },
  Suspension: { text: 'held by an operator', mark: '‖' },
};

const states = { Completed: 'done', Failed: 'failed', Open: 'under way', Abandoned: 'left open at the end' };
const stateOf = (step) => (step.kind === 'EventWait' && step.state === 'Abandoned' ? 'given up' : states[step.state]);

const markOf = (step) => {
  const { mark } = kinds[step.kind];
  return typeof mark === 'string' ? mark : mark[step.state];
};

const labelOf = (step) => (step.kind === 'Timer' || step.kind === 'Suspension' ? step.name : `${step.name}${step.attempt ? `, attempt ${step.attempt}` : ''}`);

/**
 * The whole timeline. `open` holds the numbers of the steps whose details are shown, `payloads` what was fetched for them.
 * `update` stretches the bars as time goes by, and leaves everything else, and who reads it, alone.
 */
export function timeline(run, open, payloads, redraw) {
  const marks = [0, 0.5, 1].map((at) => h('span', { style: { '--at': `${at * 100}%` } }));
  const rows = run.steps.map((step) => row(step));

  function row(step) {
    const shown = open.has(step.number);
    const bar = h('span', { class: 'bar' });
    const time = h('span', { class: 'step-time number' });
    const item = h('li', { class: 'step', data: { kind: step.kind, state: step.state } },
      h('button', {
        type: 'button', class: 'step-row', data: { focus: `step-${step.number}` },
        'aria-expanded': String(shown), 'aria-controls': shown ? `step-${step.number}` : undefined, onclick: () => toggle(step),
      },
      h('span', { class: 'step-label' },
        h('span', { class: 'step-mark', 'aria-hidden': 'true' }, markOf(step)),
        h('span', { class: 'step-text' }, labelOf(step), h('span', { class: 'step-kind' }, kinds[step.kind].text, h('span', { class: 'visually-hidden' }, `, ${stateOf(step)}`)))),
      h('span', { class: 'track', 'aria-hidden': 'true' }, bar),
      time),
      shown && details(run, step, payloads.get(key(step))));
    return { step, item, bar, time };
  }

  async function toggle(step) {
    if (open.delete(step.number)) return redraw();
    open.add(step.number);
    redraw();
    await fetchPayload(run.id, step, payloads);
    return redraw();
  }

  function update(now) {
    const end = run.to ?? now;
    const whole = Math.max(1, between(run.from, end));
    const percent = (iso) => Math.min(100, Math.max(0, (between(run.from, iso) / whole) * 100));
    marks.forEach((mark, i) => { mark.textContent = i === 0 ? '0' : duration((whole * i) / 2); });
    for (const { step, bar, time } of rows) {
      const from = percent(step.from);
      bar.style.setProperty('--from', `${from}%`);
      bar.style.setProperty('--width', `${Math.max(0, percent(step.to ?? end) - from)}%`);
      time.textContent = isMoment(step) ? '' : duration(between(step.from, step.to ?? end));
    }
  }

  update(run.now);
  const element = h('div', { class: 'panel timeline' },
    h('div', { class: 'axis', 'aria-hidden': 'true' }, h('span', {}, 'Step'), h('span', { class: 'axis-marks' }, marks), h('span', {}, 'Time')),
    h('ol', { class: 'steps' }, rows.map(({ item }) => item)));
  return { element, update };
}

const isMoment = (step) => step.kind === 'Event' || step.kind === 'Sent';

// What a step holds changes once, when something comes of it.
const key = (step) => `${step.number}:${step.state}`;

/** Fetches what belongs to an open step, unless it is there. */
export async function fetchPayload(id, step, payloads) {
  if (payloads.has(key(step))) return;
  try {
    payloads.set(key(step), await api.stepPayload(id, step.number));
  } catch (error) {
    if (error instanceof api.KeyNeeded) throw error;
    payloads.set(key(step), { error: { message: error.message } });
  }
}

export const isMissing = (step, payloads) => !payloads.has(key(step));

function details(run, step, payload) {
  const pair = (name, value) => value && h('div', {}, h('dt', {}, name), h('dd', {}, value));
  return h('div', { class: 'step-details', id: `step-${step.number}` },
    h('dl', { class: 'pairs' },
      pair('State', stateOf(step)),
      pair(isMoment(step) ? 'At' : 'From', moment(step.from)),
      pair('To', step.to && !isMoment(step) && moment(step.to)),
      pair('Due', step.fireAt && clock(step.fireAt)),
      pair('Reason', step.kind === 'Suspension' && step.note),
      pair(step.kind === 'Sent' ? 'Sent to' : 'Run', step.instanceId && h('a', { href: link(step.instanceId) }, step.instanceId))),
    payload ? payloadOf(payload) : h('p', { role: 'status' }, 'Loading…'));
}

/** Input, output and error as far as they are there. */
export function payloadOf({ input, output, error }) {
  const block = (name, text, extra = '') => h('section', { class: `payload ${extra}` }, h('h3', {}, name), h('pre', { tabindex: '0', 'aria-label': name }, text));
  const parts = [
    error && block('Error', errorText(error), 'error'),
    input && block('Input', pretty(input)),
    output && block('Output', pretty(output)),
  ].filter(Boolean);
  return parts.length > 0 ? parts : h('p', { class: 'hint' }, 'Nothing went in and nothing came out.');
}

function errorText(error) {
  const one = (e) => `${e.type ? `${e.type}: ` : ''}${e.message}${e.stackTrace ? `\n${e.stackTrace}` : ''}`;
  const lines = [];
  for (let e = error; e; e = e.inner) lines.push(one(e));
  return lines.join('\n--- caused by ---\n');
}

/** Which bar means what; only what is there. */
export function legend(steps) {
  const samples = [
    ['Activity', 'Completed', 'work done'], ['Activity', 'Failed', 'failed attempt'], ['Activity', 'Open', 'under way'],
    ['Orchestration', 'Completed', 'sub-orchestration'], ['Timer', 'Completed', 'wait'], ['EventWait', 'Completed', 'wait for an event'], ['RetryWait', 'Completed', 'wait before a retry'],
    ['Event', 'Completed', 'event'], ['Suspension', 'Completed', 'held'],
  ];
  const seen = samples.filter(([kind, state]) => steps.some((step) => step.kind === kind && (kind !== 'Activity' || step.state === state)));
  return h('ul', { class: 'legend', 'aria-label': 'Legend' },
    seen.map(([kind, state, text]) => h('li', { class: 'step', data: { kind, state } }, h('span', { class: 'bar', 'aria-hidden': 'true' }), text)));
}
