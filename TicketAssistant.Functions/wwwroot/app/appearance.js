// Before anything is painted, so that nothing flashes: a classic script, all of whose work is one attribute.
try {
  const appearance = localStorage.getItem('appearance');
  if (appearance) document.documentElement.dataset.appearance = appearance;
} catch {
  // No storage: the system's choice it is.
}
