// The figures of the statistics: which numbers each shows, as a picture and as a table.

import { percent } from '../core/format.js';
import { locale, t } from '../core/text.js';
import { priorities, types } from '../tickets/marks.js';
import { bars } from './bars.js';
import { columns } from './columns.js';
import { duration } from './duration.js';
import { emptyFigure, figure } from './figure.js';
import { ranges } from './ranges.js';

const mostColumns = 62; // days; a longer time is shown by weeks
const week = 7;
const parts = { TODO: ['series-1', null], IN_PROGRESS: ['series-1', 'hatch'], WAITING: ['series-1', 'stipple'] };

const number = (value) => value.toLocaleString(locale());
const share = (of, all) => percent(all === 0 ? 0 : of / all);

/** What came and what went, by day or by week. */
export function volume({ period: { perDay, created } }, opened) {
  const weekly = perDay.length > mostColumns;
  const buckets = weekly ? byWeek(perDay) : perDay;
  const solved = perDay.reduce((sum, day) => sum + day.resolved, 0);
  const dayName = new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const name = (day) => dayName.format(new Date(`${day}T00:00:00Z`));
  return figure({
    name: 'volume',
    title: t(weekly ? 'stats.volume.weeks' : 'stats.volume'),
    summary: t('stats.volume.summary', { created, resolved: solved }),
    legend: [{ className: 'series-1', shape: 'area', name: t('stats.created') }, { className: 'series-2', shape: 'line', name: t('stats.resolved') }],
    draw: columns(buckets.map(({ day, created: came, resolved }) => ({
      label: name(day), columns: came, line: resolved, tip: t('stats.volume.tip', { day: name(day), created: came, resolved }),
    }))),
    columns: [t(weekly ? 'stats.week' : 'stats.day'), t('stats.created'), t('stats.resolved')],
    rows: buckets.map(({ day, created: came, resolved }) => [name(day), number(came), number(resolved)]).reverse(),
    opened,
  });
}

/** Days in sevens, the last one ending today. */
function byWeek(days) {
  const weeks = [];
  for (let end = days.length; end > 0; end -= week) {
    const own = days.slice(Math.max(0, end - week), end);
    weeks.unshift({ day: own[0].day, created: sum(own, 'created'), resolved: sum(own, 'resolved') });
  }
  return weeks;
}

const sum = (list, field) => list.reduce((total, entry) => total + entry[field], 0);

/** How much there is of each type or priority: created in the period, and open now. */
export function shares(field, { open, period }, opened) {
  const by = field === 'type' ? 'byType' : 'byPriority';
  const values = field === 'type' ? [...types].sort((a, b) => period[by][b] - period[by][a]) : priorities;
  const rows = values.map((value) => ({ value, name: t(`${field}.${value}`), created: period[by][value], open: open[by][value] }));
  const most = rows.reduce((a, b) => (b.created > a.created ? b : a));
  return period.created === 0 ? emptyFigure(t(`stats.${field}`), t('stats.none')) : figure({
    name: field,
    title: t(`stats.${field}`),
    summary: t('stats.share.summary', { name: most.name, percent: share(most.created, period.created) }),
    draw: bars(rows.map(({ name, created }) => ({ name, text: `${number(created)} · ${share(created, period.created)}`, parts: [{ value: created, className: 'series-1' }] }))),
    columns: [t(`field.${field}`), t('stats.created'), t('stats.share'), t('stats.open')],
    rows: rows.map(({ name, created, open: now }) => [name, number(created), share(created, period.created), number(now)]),
    opened,
  });
}

/** How long first answers or solutions took, by priority. */
export function times(which, { period }, opened) {
  const all = [['all', period[which]], ...priorities.map((priority) => [priority, period.timesByPriority[priority][which]])];
  const rows = all.filter(([, { count }]) => count > 0).map(([priority, { count, p50Seconds, p90Seconds, p95Seconds }]) => ({
    name: priority === 'all' ? t('stats.all') : t(`priority.${priority}`),
    count,
    p50: p50Seconds,
    p90: p90Seconds,
    p95: p95Seconds,
    text: t('stats.times.tip', { p50: duration(p50Seconds), p90: duration(p90Seconds), p95: duration(p95Seconds) }),
  }));
  const title = t(`stats.${which}.title`);
  return rows.length === 0 ? emptyFigure(title, t(`stats.${which}.none`)) : figure({
    name: which,
    title,
    summary: t('stats.times.summary', { n: rows[0].count, p50: duration(rows[0].p50), p90: duration(rows[0].p90) }),
    legend: [
      { className: 'series-1', shape: 'circle', name: t('stats.p50') },
      { className: 'series-3', shape: 'diamond', name: t('stats.p90') },
      { className: 'series-2', shape: 'stroke', name: t('stats.p95') },
    ],
    draw: ranges(rows),
    columns: [t('field.priority'), t('stats.tickets'), t('stats.p50'), t('stats.p90'), t('stats.p95')],
    rows: rows.map(({ name, count, p50, p90, p95 }) => [name, number(count), duration(p50), duration(p90), duration(p95)]),
    opened,
  });
}

/** Who has how much to do, and of how much. */
export function load({ assignees }, opened) {
  const rows = assignees.filter(({ user, open, resolution }) => user && (open > 0 || resolution.count > 0));
  if (rows.length === 0) return emptyFigure(t('stats.load'), t('stats.load.none'));
  const shown = rows.slice(0, 12);
  return figure({
    name: 'load',
    title: t('stats.load'),
    summary: rows.length > shown.length ? t('stats.load.cut', { n: shown.length, all: rows.length }) : t('stats.load.summary', { name: rows[0].user.name, n: rows[0].open }),
    draw: bars(shown.map(({ user, open, capacity, away, openByStatus }) => ({
      name: away ? `${user.name} (${t('away.badge')})` : user.name,
      text: capacity === null ? number(open) : t('people.load', { open, capacity }),
      parts: Object.entries(parts).map(([status, [className, pattern]]) => ({ value: openByStatus[status], className, pattern })),
      limit: capacity,
    }))),
    columns: [t('stats.person'), ...Object.keys(parts).map((status) => t(`status.${status}`)), t('stats.open'), t('stats.capacity'), t('stats.resolved.own'), t('stats.p50')],
    rows: rows.map(({ user, open, capacity, openByStatus, resolution }) => [
      user.name, ...Object.keys(parts).map((status) => number(openByStatus[status])), number(open), capacity === null ? '–' : number(capacity),
      number(resolution.count), resolution.p50Seconds === null ? '–' : duration(resolution.p50Seconds),
    ]),
    legend: Object.entries(parts).map(([status, [className, pattern]]) => ({ className, shape: pattern ?? 'area', name: t(`status.${status}`) })),
    opened,
  });
}

/** How often people left as it was what each source of analyses said. */
export function agreement({ period }, opened) {
  const fields = ['type', 'priority', 'relatedSkills', 'assignedTo'];
  const name = (field, source) => (period.agreement.length > 1 ? `${t(`stats.kept.${field}`)} · ${sourceName(source)}` : t(`stats.kept.${field}`));
  const rows = fields.flatMap((field) => period.agreement.filter((source) => source[field].of > 0)
    .map((source) => ({ name: name(field, source.source), ...source[field] })));
  return rows.length === 0 ? emptyFigure(t('stats.agreement'), t('stats.agreement.none')) : figure({
    name: 'agreement',
    title: t('stats.agreement'),
    summary: `${t('stats.agreement.summary')} ${period.agreement.map(({ source }) => sourceName(source)).join(', ')}.`,
    draw: bars(rows.map(({ name, kept, of }) => ({ name, text: `${share(kept, of)} · ${t('stats.of', { n: kept, of })}`, parts: [{ value: kept / of, className: 'series-1' }] })), 1),
    columns: [t('stats.field'), t('stats.kept'), t('stats.said'), t('stats.share')],
    rows: rows.map(({ name, kept, of }) => [name, number(kept), number(of), share(kept, of)]),
    opened,
  });
}

/** Who analysed the tickets of the period. */
export function sources({ period }, opened) {
  const by = Object.entries(period.byTriageSource).map(([source, count]) => ({ name: sourceName(source), count }));
  const states = ['pending', 'running', 'awaiting_confirmation', 'fallback', 'failed'].map((state) => [state, period.byTriageState[state]]).filter(([, count]) => count > 0);
  return period.created === 0 ? emptyFigure(t('stats.sources'), t('stats.none')) : figure({
    name: 'sources',
    title: t('stats.sources'),
    summary: states.length === 0 ? t('stats.sources.summary') : states.map(([state, count]) => `${t(`triage.${state}`)}: ${number(count)}`).join(' · '),
    draw: bars(by.map(({ name, count }) => ({ name, text: `${number(count)} · ${share(count, period.created)}`, parts: [{ value: count, className: 'series-1' }] })), period.created),
    columns: [t('stats.source'), t('stats.tickets'), t('stats.share')],
    rows: by.map(({ name, count }) => [name, number(count), share(count, period.created)]),
    opened,
  });
}

const sourceName = (source) => t(`source.${source}`);
