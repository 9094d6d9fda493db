import { h } from './dom.js';
import { locale, t } from './text.js';
import { icon } from '../parts/icon.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const soon = 15 * minute; // less than this is left: it presses

/** How long ago, in few words: "5 min. ago", after a week the date. */
export function ago(time) {
  const past = Date.now() - Date.parse(time);
  const relative = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto', style: 'short' });
  if (past < minute) return t('time.now');
  if (past < hour) return relative.format(-Math.floor(past / minute), 'minute');
  if (past < day) return relative.format(-Math.floor(past / hour), 'hour');
  if (past < 7 * day) return relative.format(-Math.floor(past / day), 'day');
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium' }).format(new Date(time));
}

/** When something is due, in few words: "due in 2 hr.", "was due 5 min. ago". */
function due(time) {
  const left = Date.parse(time) - Date.now();
  const relative = new Intl.RelativeTimeFormat(locale(), { numeric: 'always', style: 'short' });
  const [size, unit] = Math.abs(left) < hour ? [minute, 'minute'] : Math.abs(left) < 2 * day ? [hour, 'hour'] : [day, 'day'];
  return t(left < 0 ? 'time.overdue' : 'time.due', { when: relative.format(Math.trunc(left / size), unit) });
}

/** Date and time in full. */
export const exact = (time) => new Intl.DateTimeFormat(locale(), { dateStyle: 'full', timeStyle: 'short' }).format(new Date(time));

/** Date and time in short. */
export const short = (time) => new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(time));

/** A day as date inputs have it. */
export const dayOf = (date) => `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;

/** A <time> that says how long ago, keeps saying it right, and has the exact time as its title. */
export const since = (time) => kept(time, (element) => { element.textContent = ago(time); });

/** A <time> that says when something is due, or was, with a picture beside the colour. */
export const until = (time) => kept(time, (element) => {
  const left = Date.parse(time) - Date.now();
  element.dataset.due = left < 0 ? 'over' : left < soon ? 'soon' : 'later';
  element.replaceChildren(icon(left < 0 ? 'alert' : 'clock', 'small'), due(time));
});

function kept(time, draw) {
  const element = h('time', { datetime: time, title: exact(time) });
  const timer = setInterval(() => {
    if (element.isConnected) draw(element);
    else clearInterval(timer);
  }, minute);
  draw(element);
  return element;
}

export const percent = (share) => new Intl.NumberFormat(locale(), { style: 'percent' }).format(share);
