// Being away: new tickets pass the person by, until they or the calendar say otherwise.

import { patch } from '../core/api.js';
import { h, newId, replace } from '../core/dom.js';
import { dayOf } from '../core/format.js';
import { session, update } from '../core/session.js';
import { t } from '../core/text.js';
import { toast } from '../parts/toast.js';

/** The switch alone, for oneself; it counts at once. @param focus its name among what keeps the focus. */
export function awaySwitch(focus) {
  const box = h('input', { type: 'checkbox', role: 'switch', checked: session.user.away, onchange, data: { focus } });
  async function onchange() {
    if (!await setAway({ away: box.checked })) box.checked = !box.checked;
  }
  return h('label', { class: 'switch' }, box, h('span', null, t('away.label')));
}

/** The switch, and the day of coming back. */
export function awayFields() {
  const element = h('div', { class: 'stack' });
  draw();
  return element;

  function draw() {
    const { away, awayUntil } = session.user;
    const box = h('input', { type: 'checkbox', role: 'switch', checked: away, data: { focus: 'own-away' }, onchange: () => send({ away: box.checked }) });
    const until = dayInput(awayUntil, (awayUntil_) => send({ awayUntil: awayUntil_ }));
    replace(element,
      h('label', { class: 'switch' }, box, h('span', null, t('away.label'))),
      away && h('div', { class: 'field' }, h('label', { for: until.id }, t('away.until')), until),
      h('p', { class: 'soft small-text' }, t('away.hint')));
  }

  async function send(change) {
    await setAway(change);
    draw();
  }
}

/** A day that is to come, as the moment at which it ends here; null where none is chosen. */
export function dayInput(time, onchange) {
  const element = h('input', {
    type: 'date', class: 'input slim', id: newId('until'), min: dayOf(new Date()), value: time ? dayOf(new Date(time)) : '',
    onchange: () => onchange?.(valueOfDay(element)),
  });
  return element;
}

/** What was chosen in a day input, as the API takes it. */
export const valueOfDay = (element) => (element.value ? new Date(`${element.value}T23:59:59`).toISOString() : null);

async function setAway(change) {
  try {
    update((await patch('/api/auth/me', change)).user);
    toast(t(session.user.away ? 'away.on' : 'away.off'));
    return true;
  } catch (error) {
    toast(error.message);
    return false;
  }
}
