import { has, language, t } from './text.js';

/** What went wrong with a request, in words for people. Status 0: nobody answered. */
export class Problem extends Error {
  constructor(status, reply = {}, retryAfter = null) {
    const { title, detail, errors, traceId } = reply;
    super(words(status, title, detail));
    this.name = 'Problem';
    this.status = status;
    this.reply = reply;
    this.errors = errors ?? {};
    this.traceId = traceId ?? null;
    this.retryAfter = retryAfter;
  }
}

/** The server's titles say which problem it is; its own words, in English, come where we have none for it. */
function words(status, title, detail) {
  const known = `problem.${title}`;
  if (has(known)) return t(known);
  const general = `problem.${status}`;
  if (status >= 400 && status < 500 && detail && (language() === 'en' || !has(general))) return detail;
  return has(general) ? t(general) : t('problem.other', { status });
}
