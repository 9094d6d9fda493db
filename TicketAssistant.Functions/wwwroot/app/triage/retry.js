import { post } from '../core/api.js';
import { h } from '../core/dom.js';
import { t } from '../core/text.js';
import { icon } from '../parts/icon.js';
import { alert } from '../parts/states.js';

/** A button that has everything triaged again that was analysed offline because the model was away; says what came of it. */
export function retryFallbacks() {
  const result = h('div', { class: 'retry-result' });
  const button = h('button', { type: 'button', class: 'button', onclick }, icon('retry', 'small'), t('triage.retry'));
  return h('div', { class: 'retry' }, button, result);

  async function onclick() {
    if (button.getAttribute('aria-busy') === 'true') return;
    button.setAttribute('aria-busy', 'true');
    try {
      const { count } = await post('/api/triage/retry-fallbacks');
      result.replaceChildren(alert(count === 0 ? t('triage.retry.none') : t('triage.retry.started', { n: count }), { calm: true }));
    } catch (error) {
      result.replaceChildren(alert(error.message));
    } finally {
      button.removeAttribute('aria-busy');
    }
  }
}
