import { get } from '../core/api.js';

/** What the server says of itself; it says it with a 503 as well. */
export async function readiness(signal) {
  try {
    return await get('/api/health/ready', { signal });
  } catch (error) {
    if (error.status === 503 && error.reply?.status) return error.reply;
    throw error;
  }
}
