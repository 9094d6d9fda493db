// What is kept about a person: to be saved as a file, and to be forgotten.

import { call, download, get } from '../core/api.js';
import { h } from '../core/dom.js';
import { t } from '../core/text.js';
import { openDialog } from '../parts/dialog.js';
import { field, form, input } from '../parts/form.js';
import { icon } from '../parts/icon.js';
import { toast } from '../parts/toast.js';

const looks = 40;
const pause = 250; // milliseconds between two looks at whether somebody is forgotten

/** A button that saves everything that the app keeps about a person. */
export function exportButton(person) {
  const button = h('button', { type: 'button', class: 'button', onclick }, icon('save', 'small'), t('data.export'));
  async function onclick() {
    button.setAttribute('aria-busy', 'true');
    try {
      const address = URL.createObjectURL(await download(`/api/users/${person.id}/export`, 'application/json'));
      h('a', { href: address, download: `${person.id}.json` }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    } catch (error) {
      toast(error.message);
    } finally {
      button.removeAttribute('aria-busy');
    }
  }
  return button;
}

/** Asks twice, then has a person forgotten whose account is closed. Resolves to the account as it is then, or null. */
export const erase = (person) => openDialog(t('data.erase.title', { name: person.name }), (close) => [
  h('p', null, t('data.erase.text')),
  form(
    {
      verb: t('data.erase'),
      submitProperties: { class: 'button danger' },
      check: ({ email }) => (email.trim().toLowerCase() === person.email.toLowerCase() ? {} : { email: t('data.erase.wrong', { email: person.email }) }),
      send: async () => {
        await call('DELETE', `/api/users/${person.id}/data`);
        const erased = await until(person);
        toast(erased ? t('data.erased') : t('data.erasing'));
        close(erased ?? person);
      },
      actions: [h('button', { type: 'button', class: 'button', onclick: () => close() }, t('cancel'))],
    },
    field('email', t('data.erase.type', { email: person.email }), input({ autocomplete: 'off', data: { autofocus: '' } }))),
]);

/** It is done in the background, and takes a moment; null where it takes longer. */
async function until({ id, email }) {
  for (let look = 0; look < looks; look++) {
    await new Promise((resolve) => { setTimeout(resolve, pause); });
    const { user } = await get(`/api/users/${id}/export`);
    if (user.email !== email) return user;
  }
  return null;
}
