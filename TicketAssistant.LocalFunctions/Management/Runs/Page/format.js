const marks = { Completed: '✓', Failed: '✕', Running: '▶', Pending: '○', Suspended: '‖', Terminated: '■' };

export const statuses = Object.keys(marks);

export const markOf = (status) => marks[status] ?? '·';

/** A length of time in the two units that matter: "340 ms", "2.4 s", "3 min 20 s", "5 h 3 min", "2 d 4 h". */
export function duration(milliseconds) {
  const ms = Math.max(0, milliseconds);
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.floor(seconds)} s`;
  const units = [['d', 86400], ['h', 3600], ['min', 60], ['s', 1]];
  const at = units.findIndex(([, size]) => seconds >= size);
  const [unit, size] = units[at];
  const next = units[at + 1];
  const rest = Math.floor((seconds % size) / next[1]);
  return `${Math.floor(seconds / size)} ${unit}${rest > 0 ? ` ${rest} ${next[0]}` : ''}`;
}

/** How long ago: "just now", "4 min ago". One unit is enough. */
export function ago(milliseconds) {
  if (milliseconds < 1000) return 'just now';
  const [amount, unit] = duration(milliseconds).split(' ');
  return `${Math.floor(Number(amount))} ${unit} ago`;
}

export const clock = (iso) => new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** The time of day to the millisecond: steps are close together. */
export const moment = (iso) => new Date(iso).toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 });

export const between = (from, to) => Date.parse(to) - Date.parse(from);

/** Stored JSON, set out to be read; what is none is shown as it is. */
export function pretty(json) {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
