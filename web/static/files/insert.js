// The editor of a consolidated report, when scripts run: a unit's paragraph or a
// token goes in where the cursor stands. Without scripts the same buttons send the
// form, and the paragraph is put at the end.

const form = document.querySelector('form[data-writes]');
const boxes = form ? [...form.querySelectorAll('textarea')] : [];
let last = boxes[0];
for (const box of boxes) box.addEventListener('focus', () => { last = box; });

// insert puts text where the cursor stands, so that it can be undone.
const insert = (box, text) => {
  box.focus();
  if (!document.execCommand('insertText', false, text)) {
    box.setRangeText(text, box.selectionStart, box.selectionEnd, 'end');
    box.dispatchEvent(new Event('input', { bubbles: true }));
  }
};

// paragraphs makes what a unit wrote ready, as the server does: each one carries its
// origin, and no braces of its own.
const paragraphs = (said, mark) =>
  said
    .replaceAll('{', '(')
    .replaceAll('}', ')')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => `${line} ${mark}`)
    .join('\n');

const putIn = (button) => {
  const box = boxes.includes(last) && document.activeElement === last ? last : (form.elements.namedItem(button.dataset.into) ?? last);
  const said = button.dataset.lead + document.getElementById(button.dataset.said).textContent.replace(/^[-–+•*\s]+/, '');
  const [before, after] = [box.value.slice(0, box.selectionStart), box.value.slice(box.selectionEnd)];
  // A paragraph never parts another one: it goes behind the line the cursor is on.
  const end = box.selectionStart === 0 && after !== '' && before === '' ? box.value.length : before.length + (after.indexOf('\n') < 0 ? after.length : after.indexOf('\n'));
  box.setSelectionRange(end, end);
  const head = box.value.slice(0, end);
  insert(box, (head === '' || head.endsWith('\n') ? '' : '\n') + paragraphs(said, button.dataset.mark));
  button.closest('[data-offer]')?.querySelector('[data-used]')?.removeAttribute('hidden');
};

form?.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (button?.dataset.said) {
    event.preventDefault();
    putIn(button);
  } else if (button?.dataset.token) {
    insert(last, button.dataset.token);
  }
});
// The focus stays in the text while a button is pressed.
form?.addEventListener('mousedown', (event) => {
  if (event.target.closest('button[data-said], button[data-token]')) event.preventDefault();
});
for (const button of document.querySelectorAll('button[data-token]')) button.hidden = false;
