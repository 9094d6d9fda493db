import { get } from '../core/api.js';
import { h, replace } from '../core/dom.js';
import { percent, since } from '../core/format.js';
import { followList } from '../core/live.js';
import { setQuery } from '../core/router.js';
import { locale, t } from '../core/text.js';
import { segments } from '../parts/segments.js';
import { failed } from '../parts/states.js';
import { agreement, load, shares, sources, times, volume } from './pictures.js';
import { duration } from './duration.js';

const periods = [7, 30, 90, 365];
const usual = 30;

/** /statistics: what came, what went, how long it took, who carries it and how right the analysis was, as pictures. */
export async function page({ query, signal }) {
  let days = periods.includes(Number(query.get('days'))) ? Number(query.get('days')) : usual;
  let shown = null;
  const opened = new Set();
  const pictures = h('div');

  async function show() {
    const wanted = days;
    const { at, ...stats } = await get('/api/stats', { query: { days: wanted }, signal });
    const seen = JSON.stringify(stats);
    if (wanted !== days || seen === shown) return;
    shown = seen;
    replace(pictures, [
      numbers(stats),
      h('div', { class: 'figures' },
        volume(stats, opened),
        shares('type', stats, opened), h('div', { class: 'figure-stack' }, shares('priority', stats, opened), sources(stats, opened)),
        times('firstResponse', stats, opened), times('resolution', stats, opened),
        load(stats, opened), agreement(stats, opened)),
      h('p', { class: 'soft small-text' }, t('stats.at'), ' ', since(at)),
    ]);
  }

  async function choose(value) {
    days = value;
    setQuery({ days: days === usual ? null : String(days) });
    try {
      await show();
    } catch (error) {
      if (error.name !== 'AbortError') pictures.replaceChildren(failed(error, () => choose(value)));
      shown = null;
    }
  }

  await show();
  followList(show, signal);
  return [
    h('div', { class: 'page-head' }, h('h1', null, t('nav.statistics')),
      segments('days', t('stats.period'), periods.map((value) => ({ value, name: t(`stats.days.${value}`) })), days, choose, { visibleLabel: false })),
    pictures,
  ];
}

/** What one wants to know first. */
function numbers({ days, open, period }) {
  const solved = period.perDay.reduce((sum, day) => sum + day.resolved, 0);
  const median = ({ p50Seconds }) => (p50Seconds === null ? '–' : duration(p50Seconds));
  const number = (value) => value.toLocaleString(locale());
  return h('dl', { class: 'numbers' }, [
    ['stats.open', number(open.total), open.oldestCreatedAt && [t('stats.oldest'), ' ', since(open.oldestCreatedAt)], '/tickets'],
    ['stats.unassigned', number(open.unassigned), open.total > 0 && percent(open.unassigned / open.total), '/tickets?status=TODO&assignee=none'],
    ['stats.created', number(period.created), t('stats.perDay', { n: Number((period.created / days).toFixed(1)) })],
    ['stats.resolved', number(solved), t('stats.perDay', { n: Number((solved / days).toFixed(1)) })],
    ['stats.firstResponse', median(period.firstResponse), t('stats.median')],
    ['stats.resolution', median(period.resolution), t('stats.median')],
  ].map(([label, value, more, href]) => h('div', { class: 'panel' },
    h('dt', null, t(label)),
    h('dd', { class: 'big-number' }, href ? h('a', { href }, value) : value),
    h('dd', { class: 'soft small-text' }, more))));
}
