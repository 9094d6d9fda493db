// Bars from left to right, each with its name and its number above it.

import { newId, s } from '../core/dom.js';

const line = 40; // pixels from one bar to the next
const thick = 10;
const letter = 7.2; // pixels that a letter takes, about

/**
 * A bar for each row, of one or several parts.
 * @param rows { name, text, parts: [{ value, className }], limit }; a limit is marked on the bar.
 * @param most what the whole width stands for; the longest bar or limit where it is left out.
 */
export const bars = (rows, most = Math.max(1, ...rows.map(({ parts, limit }) => Math.max(sum(parts), limit ?? 0)))) => (width) => {
  const hatch = newId('hatch');
  const stipple = newId('stipple');
  const scale = (value) => value / most * width;
  return {
    height: rows.length * line,
    shapes: [
      s('defs', null,
        s('pattern', { id: hatch, width: 5, height: 5, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' }, s('rect', { class: 'pattern', width: 2.5, height: 5 })),
        s('pattern', { id: stipple, width: 5, height: 5, patternUnits: 'userSpaceOnUse' }, s('circle', { class: 'pattern', cx: 2.5, cy: 2.5, r: 1.4 }))),
      rows.map(({ name, text, parts, limit }, i) => {
        const y = i * line;
        let from = 0;
        return s('g', null,
          s('title', null, `${name}: ${text}`),
          s('text', { class: 'name', x: 0, y: y + 14 }, cut(name, width - text.length * letter - 16)),
          s('text', { class: 'value', x: width, y: y + 14, 'text-anchor': 'end' }, text),
          s('rect', { class: 'track', x: 0, y: y + 21, width, height: thick, rx: thick / 2 }),
          parts.filter(({ value }) => value > 0).map(({ value, className, pattern }) => {
            const shape = { x: scale(from), y: y + 21, width: Math.max(2, scale(value) - 1), height: thick, rx: 3 };
            from += value;
            return [s('rect', { class: className, ...shape }), pattern && s('rect', { fill: `url(#${pattern === 'hatch' ? hatch : stipple})`, ...shape })];
          }),
          limit > 0 && s('path', { class: 'limit', d: `M${Math.min(width - 1, scale(limit))} ${y + 17}v${thick + 8}` }));
      }),
    ],
  };
};

const sum = (parts) => parts.reduce((total, { value }) => total + value, 0);

const cut = (name, width) => {
  const letters = [...name];
  const fit = Math.max(4, Math.floor(width / letter));
  return letters.length <= fit ? name : `${letters.slice(0, fit - 1).join('')}…`;
};
