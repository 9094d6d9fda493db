import { download } from '../core/api.js';
import { h } from '../core/dom.js';
import { t } from '../core/text.js';
import { icon } from '../parts/icon.js';
import { toast } from '../parts/toast.js';

/** A button that saves what a list shows, all pages of it, as a file for spreadsheets. @param query gives the list's filters. */
export function exportButton(query) {
  const button = h('button', { type: 'button', class: 'button quiet', onclick }, icon('save'), t('list.export'));
  async function onclick() {
    button.setAttribute('aria-busy', 'true');
    try {
      const address = URL.createObjectURL(await download('/api/tickets', 'text/csv', { query: query() }));
      h('a', { href: address, download: 'tickets.csv' }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    } catch (error) {
      toast(error.message);
    } finally {
      button.removeAttribute('aria-busy');
    }
  }
  return button;
}
