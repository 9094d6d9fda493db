// Columns along time, with a line over them.

import { s } from '../core/dom.js';
import { locale } from '../core/text.js';

const height = 220;
const area = { left: 40, right: 8, top: 12, bottom: 26 };
const labelWidth = 84; // pixels that a label below the columns takes
const dots = 40; // with more points than these the line has no dots: they would touch

/**
 * What came as columns, what went as a line.
 * @param points { label, columns, line, tip }, in order.
 */
export const columns = (points) => (width) => {
  const top = niceTop(Math.max(1, ...points.flatMap(({ columns: a, line: b }) => [a, b])));
  const step = (width - area.left - area.right) / points.length;
  const thick = Math.max(1, Math.min(28, step * 0.62));
  const x = (i) => area.left + step * (i + 0.5);
  const y = (value) => area.top + (height - area.top - area.bottom) * (1 - value / top);
  const every = Math.ceil(labelWidth / step);
  return {
    height,
    shapes: [
      [0, top / 2, top].map((value) => [
        s('path', { class: 'grid', d: `M${area.left} ${y(value)}H${width - area.right}` }),
        s('text', { class: 'axis', x: area.left - 8, y: y(value) + 4, 'text-anchor': 'end' }, value.toLocaleString(locale())),
      ]),
      points.map(({ columns: value, tip }, i) => s('g', null,
        s('title', null, tip),
        s('rect', { class: 'none', x: x(i) - step / 2, y: area.top, width: step, height: height - area.top - area.bottom }),
        s('rect', { class: 'series-1', x: x(i) - thick / 2, y: y(value), width: thick, height: y(0) - y(value), rx: Math.min(3, thick / 3) }))),
      s('path', { class: 'series-2 line', d: points.map(({ line }, i) => `${i === 0 ? 'M' : 'L'}${x(i).toFixed(1)} ${y(line).toFixed(1)}`).join('') }),
      points.length <= dots && points.map(({ line }, i) => s('circle', { class: 'series-2 dot', cx: x(i), cy: y(line), r: 3 })),
      // Counted from the end: today has its name.
      points.map(({ label }, i) => (points.length - 1 - i) % every === 0 && x(i) >= area.left + labelWidth / 4
        && s('text', { class: 'axis', x: Math.min(x(i), width - area.right), y: height - 6, 'text-anchor': i === points.length - 1 ? 'end' : 'middle' }, label)),
    ],
  };
};

/** The next number that halves into a round one. */
function niceTop(most) {
  const unit = 10 ** Math.floor(Math.log10(most));
  return [2, 4, 6, 8, 10, 20].map((times) => (unit === 1 ? times : times * unit / 2)).find((value) => value >= most && value % 2 === 0) ?? most + most % 2;
}
