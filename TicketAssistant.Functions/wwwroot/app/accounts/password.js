import { t } from '../core/text.js';

const min = 8;
const max = 72; // bytes: what the server's hash looks at

/** What is wrong with a new password, as an error of that field. */
export function passwordProblem(field, password) {
  const bytes = new TextEncoder().encode(password).length;
  if (bytes < min) return { [field]: t('password.short') };
  return bytes > max ? { [field]: t('password.long') } : {};
}
