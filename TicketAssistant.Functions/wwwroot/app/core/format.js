import { h } from './dom.js';
import { locale, t } from './text.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

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

/** Date and time in full. */
export const exact = (time) => new Intl.DateTimeFormat(locale(), { dateStyle: 'full', timeStyle: 'short' }).format(new Date(time));

/** Date and time in short. */
export const short = (time) => new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(time));

/** A day as date inputs have it. */
export const dayOf = (date) => `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;

/** A <time> that says how long ago, keeps saying it right, and has the exact time as its title. */
export function since(time) {
  const element = h('time', { datetime: time, title: exact(time) }, ago(time));
  const timer = setInterval(() => {
    if (element.isConnected) element.textContent = ago(time);
    else clearInterval(timer);
  }, minute);
  return element;
}

export const percent = (share) => new Intl.NumberFormat(locale(), { style: 'percent' }).format(share);
