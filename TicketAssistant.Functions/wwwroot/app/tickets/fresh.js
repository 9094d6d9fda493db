import { get } from '../core/api.js';
import { h, replace } from '../core/dom.js';
import { followList } from '../core/live.js';
import { t } from '../core/text.js';

const most = 10; // tickets that are read one by one; for more, the first page is read instead

/**
 * Keeps a list of tickets up to date while somebody reads it: rows change in place, and what is new is offered above them, so
 * that nothing moves under their eyes.
 * @param list the rows, each with the ticket's id and version as data.
 * @param row draws one; @param read reads the first page; @param reload begins anew.
 * @returns where the offer appears.
 */
export function keepFresh(list, { row, read, reload, signal }) {
  const offer = h('div', { role: 'status' });
  const find = (id) => list.querySelector(`:scope > [data-id="${id}"]`);

  followList(async (ids) => {
    const isKnown = ids !== null && ids.length <= most && ids.every(find);
    const tickets = isKnown ? [] : (await read()).tickets;
    const left = (ids ?? []).filter((id) => find(id) && !tickets.some((ticket) => ticket.id === id)).slice(0, most);
    tickets.push(...(await Promise.all(left.map(one))).filter(Boolean));
    tickets.forEach(update);
    if (!isKnown) offerNew(tickets.filter(({ id }) => !find(id)).length);
  }, signal);

  async function one(id) {
    try {
      return (await get(`/api/tickets/${id}`, { signal })).ticket;
    } catch (error) {
      if (error.status === 404) return null; // gone; it stays until the list is read anew
      throw error;
    }
  }

  function update(ticket) {
    const before = find(ticket.id);
    if (!before || Number(before.dataset.version) >= ticket.version) return;
    const after = row(ticket);
    const { focus } = before.contains(document.activeElement) ? document.activeElement.dataset : {};
    before.replaceWith(after);
    if (focus) after.querySelector(`[data-focus="${CSS.escape(focus)}"]`)?.focus();
  }

  function offerNew(n) {
    replace(offer, n > 0 && h('div', { class: 'more' },
      h('button', { type: 'button', class: 'button', data: { focus: 'new-rows' }, onclick: show }, t('list.new', { n }))));
  }

  async function show() {
    await reload();
    document.querySelector('.row-title')?.focus();
  }

  return offer;
}
