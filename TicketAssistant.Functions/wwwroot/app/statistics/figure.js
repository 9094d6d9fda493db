// A picture of numbers with the numbers themselves behind it: nobody needs to see it to know what it says.

import { h, newId, s } from '../core/dom.js';
import { t } from '../core/text.js';
import { icon } from '../parts/icon.js';

/**
 * A picture with its table.
 * @param name tells it from the others on the page.
 * @param title what it shows.
 * @param summary one sentence that says the most important of it.
 * @param draw makes the shapes for a width in pixels: { height, shapes }.
 * @param legend what its shapes stand for, where there are several: [{ className, shape, name }].
 * @param columns the heads of the table; the first names the rows.
 * @param rows the cells of the table.
 * @param opened the names of the figures whose table is open; kept up to date.
 */
export function figure({ name, title, summary, draw, legend, columns, rows, opened }) {
  const picture = h('div', { class: 'picture' });
  const head = newId('figure');
  const observer = new ResizeObserver(([{ contentRect }]) => {
    if (!picture.isConnected) observer.disconnect();
    else if (contentRect.width > 0) paint(Math.floor(contentRect.width));
  });
  observer.observe(picture);

  function paint(width) {
    const [titleId, summaryId] = [newId('title'), newId('desc')];
    const { height, shapes } = draw(width);
    picture.replaceChildren(s('svg', { class: 'chart', role: 'img', viewBox: `0 0 ${width} ${height}`, width, height, 'aria-labelledby': `${titleId} ${summaryId}` },
      s('title', { id: titleId }, title), s('desc', { id: summaryId }, summary), shapes));
  }

  const table = h('details', { open: opened.has(name), ontoggle: () => (table.open ? opened.add(name) : opened.delete(name)) },
    h('summary', { data: { focus: `table-${name}` } }, t('stats.table'), h('span', { class: 'visually-hidden' }, `: ${title}`)),
    h('div', { class: 'table-frame', tabindex: '0', role: 'region', 'aria-label': `${t('stats.table')}: ${title}` },
      h('table', null,
        h('thead', null, h('tr', null, columns.map((column) => h('th', { scope: 'col' }, column)))),
        h('tbody', null, rows.map(([first, ...cells]) => h('tr', null, h('th', { scope: 'row' }, h('bdi', null, first)), cells.map((cell) => h('td', null, cell))))))));
  return h('section', { class: 'panel padded figure', 'aria-labelledby': head, data: { figure: name } },
    h('div', null, h('h2', { id: head }, title), h('p', { class: 'soft small-text' }, summary)),
    legend && h('ul', { class: 'legend' }, legend.map((entry) => h('li', null, swatch(entry), entry.name))),
    picture,
    table);
}

/** What stands where there are no numbers yet. */
export const emptyFigure = (title, text) => h('section', { class: 'panel padded figure' },
  h('h2', null, title), h('p', { class: 'soft' }, icon('info', 'small'), ' ', text));

const swatch = ({ className, shape }) => s('svg', { class: 'chart swatch', viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true', focusable: 'false' }, swatches[shape](className));

const swatches = {
  area: (className) => s('rect', { class: className, x: 1, y: 2, width: 14, height: 12, rx: 2 }),
  hatch: (className) => [swatches.area(className), s('path', { class: 'pattern-line', d: 'M3 14 11 2M7 14 14 3.500M1 10 6 2' })],
  stipple: (className) => [swatches.area(className), [4, 8, 12].flatMap((x) => [5, 8, 11].map((y) => s('circle', { class: 'pattern', cx: x, cy: y, r: 1 })))],
  line: (className) => [s('path', { class: `${className} line`, d: 'M0 8h16' }), s('circle', { class: `${className} dot`, cx: 8, cy: 8, r: 3 })],
  circle: (className) => s('circle', { class: className, cx: 8, cy: 8, r: 5 }),
  diamond: (className) => s('path', { class: className, d: diamond(8, 8, 6) }),
  stroke: (className) => s('path', { class: `${className} line`, d: 'M8 1v14' }),
};

/** The outline of a diamond around a point. */
export const diamond = (x, y, r) => `M${x - r} ${y}l${r} ${-r} ${r} ${r} ${-r} ${r}z`;
