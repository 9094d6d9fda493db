import { h } from '../core/dom.js';
import { t } from '../core/text.js';
import { openDialog } from '../parts/dialog.js';
import { form } from '../parts/form.js';
import { corrections, settle } from './corrections.js';

/** A dialog in which staff says what a proposal should have been. Resolves to the ticket as it goes ahead, or null. */
export const correct = (ticket) => openDialog(t('triage.correct.title'), (close) => {
  const { fields, changed } = corrections(ticket);
  return [
    h('p', { class: 'user-text' }, ticket.title),
    form(
      {
        verb: t('triage.correct.send'),
        send: async () => close(await settle(ticket, changed())),
        actions: [h('button', { type: 'button', class: 'button', onclick: () => close() }, t('cancel'))],
      },
      fields),
  ];
});
