// How long things take: a line from the half of all to almost all, on an axis on which each step is some times the one before.

import { s } from '../core/dom.js';
import { diamond } from './figure.js';
import { duration } from './duration.js';

const line = 44;
const bottom = 22;
const ticks = [1, 10, 60, 600, 3600, 6 * 3600, 86_400, 7 * 86_400, 30 * 86_400, 365 * 86_400];
const tickWidth = 72;

/** A range for each row. @param rows { name, text, p50, p90, p95 }, in seconds. */
export const ranges = (rows) => (width) => {
  const all = rows.flatMap(({ p50, p95 }) => [p50, p95]).map((seconds) => Math.max(1, seconds));
  const least = ticks.findLast((tick) => tick <= Math.min(...all)) ?? ticks[0];
  const most = ticks.find((tick) => tick > least && tick >= Math.max(...all)) ?? Math.max(...all);
  const x = (seconds) => 6 + (width - 12) * Math.log(Math.max(1, seconds) / least) / Math.log(most / least);
  const height = rows.length * line + bottom;
  let labelled = -tickWidth;
  return {
    height,
    shapes: [
      ticks.filter((tick) => tick >= least && tick <= most).map((tick) => {
        const at = x(tick);
        const shown = at - labelled >= tickWidth || tick === least;
        if (shown) labelled = at;
        return [
          s('path', { class: 'grid', d: `M${at} 0V${height - bottom + 4}` }),
          shown && s('text', { class: 'axis', x: at, y: height - 6, 'text-anchor': at < tickWidth / 2 ? 'start' : at > width - tickWidth / 2 ? 'end' : 'middle' }, duration(tick)),
        ];
      }),
      rows.map(({ name, text, p50, p90, p95 }, i) => {
        const y = i * line + 30;
        return s('g', null,
          s('title', null, `${name}: ${text}`),
          s('text', { class: 'name halo', x: 0, y: y - 16 }, name),
          s('path', { class: 'series-1 line', d: `M${x(p50)} ${y}H${x(p95)}` }),
          s('path', { class: 'series-2 line', d: `M${x(p95)} ${y - 7}v14` }),
          s('path', { class: 'series-3', d: diamond(x(p90), y, 6) }),
          s('circle', { class: 'series-1', cx: x(p50), cy: y, r: 6 }));
      }),
    ],
  };
};
