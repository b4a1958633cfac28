// Keys: "/" goes to the search, "j" and "k" move down and up in a list marked
// data-queue. Single keys disturb those who speak to their computer, so they
// can be switched off in this browser.

const OFF = 'danvan-phim-tat-tat';

// Storage may be forbidden; then the keys simply stay on.
const isOff = () => {
  try { return localStorage.getItem(OFF) === '1'; } catch { return false; }
};
const setOff = (off) => {
  try { off ? localStorage.setItem(OFF, '1') : localStorage.removeItem(OFF); } catch { /* see above */ }
};

const isTyping = (element) =>
  element?.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element?.tagName ?? '');

const toSearch = () => {
  const field = document.querySelector('[data-search]');
  if (field?.offsetParent) {
    field.focus();
    field.select();
    return true;
  }
  const link = document.querySelector('[data-search-link]');
  link?.click();
  return Boolean(link);
};

// Each child of a queue is one item; its first link takes the focus.
const move = (step) => {
  const links = [...document.querySelectorAll('[data-queue] > *')]
    .map((item) => item.querySelector('a[href]')).filter(Boolean);
  if (links.length === 0) return false;
  const here = links.findIndex((link) => link.closest('[data-queue] > *').contains(document.activeElement));
  const next = here < 0 ? 0 : Math.min(Math.max(here + step, 0), links.length - 1);
  links[next].focus();
  return true;
};

const keys = { '/': toSearch, j: () => move(1), k: () => move(-1) };

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (!Object.hasOwn(keys, event.key) || isTyping(event.target) || isOff()) return;
  if (keys[event.key]()) event.preventDefault();
});

for (const button of document.querySelectorAll('[data-keys-switch]')) {
  const show = () => button.setAttribute('aria-pressed', String(!isOff()));
  button.hidden = false;
  button.addEventListener('click', () => { setOff(!isOff()); show(); });
  show();
}
