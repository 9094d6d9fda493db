// Asks again every two seconds while somebody can see the page, and not at all while nobody can.

const interval = 2000;

/** Runs a view's refresh now and again and again; returns what stops it. */
export function poll(refresh, onState) {
  let timer;
  let stopped = false;
  let controller;

  async function tick() {
    clearTimeout(timer);
    controller?.abort();
    const mine = (controller = new AbortController());
    try {
      await refresh(mine.signal);
      if (!stopped) onState(document.hidden ? 'paused' : 'live');
    } catch (error) {
      if (error.name === 'AbortError' || stopped) return;
      onState('broken', error);
    }
    if (!stopped && !document.hidden && mine === controller) timer = setTimeout(tick, interval);
  }

  function visibility() {
    if (document.hidden) {
      clearTimeout(timer);
      onState('paused');
    } else {
      tick();
    }
  }

  document.addEventListener('visibilitychange', visibility);
  tick();
  return {
    now: tick,
    stop() {
      stopped = true;
      clearTimeout(timer);
      controller?.abort();
      document.removeEventListener('visibilitychange', visibility);
    },
  };
}
