// What every page does when scripts run. Nothing depends on it.

// An open menu closes on Escape, and when one clicks or moves on elsewhere.
const openMenus = () => document.querySelectorAll('details[data-menu][open]');

const closeOutside = (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
};
document.addEventListener('click', closeOutside);
document.addEventListener('focusin', closeOutside);
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of openMenus()) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector('summary').focus();
  }
});

// A form that came back with mistakes begins at their summary.
document.querySelector('[data-errors]')?.focus();

// On a phone the places stand in one row that scrolls: the one where one is comes
// into view.
for (const here of document.querySelectorAll('.dv-nav [aria-current]')) {
  const bar = here.closest('.dv-nav');
  const [place, row] = [here.getBoundingClientRect(), bar.getBoundingClientRect()];
  bar.scrollLeft += place.left - row.left - (row.width - place.width) / 2;
}

// Printing needs a script; the button only shows where one runs.
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
