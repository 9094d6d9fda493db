// What the browser keeps for this person; a browser that keeps nothing is no error.

const guarded = (storage) => ({
  get(key) {
    try {
      return JSON.parse(storage().getItem(key));
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      if (value === null || value === undefined) storage().removeItem(key);
      else storage().setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  },
  removeAll(prefix) {
    try {
      for (const key of Object.keys(storage())) if (key.startsWith(prefix)) storage().removeItem(key);
    } catch {
      // Nothing was kept.
    }
  },
});

/** For this browser, until it is removed. */
export const local = guarded(() => localStorage);

/** For this tab, until it is closed. */
export const tab = guarded(() => sessionStorage);
