import { locale } from '../core/text.js';

const units = [['day', 86_400], ['hour', 3600], ['minute', 60], ['second', 1]];

/** So many seconds in the largest unit of which there is at least one: "3.5 hr". */
export function duration(seconds) {
  const [unit, size] = units.find(([, length]) => seconds >= length) ?? units.at(-1);
  const value = seconds / size;
  return new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}
