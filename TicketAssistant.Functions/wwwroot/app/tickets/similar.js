import { get } from '../core/api.js';
import { h, replace } from '../core/dom.js';
import { since } from '../core/format.js';
import { t } from '../core/text.js';
import { statusMark } from './marks.js';

/** For staff: earlier tickets that look like this one. Nothing until they are found, and nothing where there are none. */
export function similar(id, signal) {
  const element = h('div');
  load();
  return element;

  async function load() {
    try {
      const { tickets } = await get(`/api/tickets/${id}/similar`, { signal });
      if (tickets.length === 0) return;
      replace(element, h('section', { class: 'panel', 'aria-labelledby': 'similar' },
        h('h2', { id: 'similar' }, t('similar.title')),
        h('ul', { class: 'similar' }, tickets.map(row))));
    } catch (error) {
      // A help that is missing is no problem to report.
      if (!['AbortError', 'Problem'].includes(error.name)) throw error;
    }
  }
}

const row = ({ id, title, status, solvedBy, createdAt }) => h('li', null,
  h('a', { class: 'user-text', href: `/tickets/${id}` }, title),
  h('p', { class: 'row-facts' }, h('span', null, statusMark(status)), h('span', null, solvedBy ? t('similar.by', { name: solvedBy.name }) : since(createdAt))));
