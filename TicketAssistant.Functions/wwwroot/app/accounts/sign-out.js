import { post } from '../core/api.js';
import { end, session } from '../core/session.js';

/** Ends the session here and in every tab, and on the server as far as it can be reached. */
export async function signOut() {
  const token = session.token;
  end();
  try {
    await post('/api/auth/logout', undefined, { anonymous: true, headers: { Authorization: `Bearer ${token}` } });
  } catch {
    // The server is away or has ended it already: the token is forgotten here in any case.
  }
}
