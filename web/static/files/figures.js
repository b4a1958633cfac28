// A table of figures, when scripts run: Enter and the arrows move down a column, a
// column copied from a spreadsheet fills the boxes below, a mark takes the place of
// a number, and ratios, totals and differences follow what is typed. The server
// works everything out again.

const table = document.querySelector('table[data-figures]');
const form = table?.closest('form');
const MICRO = 1000000n; // figures have six decimals at most

// parse reads a number typed the Vietnamese way as millionths, null for none.
const parse = (text) => {
  const typed = text.trim();
  let match = /^(\d+|[1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d{1,6}))?$/.exec(typed);
  if (!match) match = /^(\d+)\.(\d{1,2})$/.exec(typed);
  if (!match) return null;
  return BigInt(match[1].replaceAll('.', '')) * MICRO + BigInt((match[2] ?? '').padEnd(6, '0'));
};

// canonical reads what the server writes: 1234.5
const canonical = (text) => {
  if (!text) return null;
  const [whole, fraction = ''] = text.split('.');
  return BigInt(whole) * MICRO + BigInt(fraction.padEnd(6, '0'));
};

const plain = (micros) => {
  const [whole, rest] = [micros / MICRO, micros % MICRO];
  const fraction = rest.toString().padStart(6, '0').replace(/0+$/, '');
  return whole.toString().replace(/\B(?=(\d{3})+$)/g, '.') + (fraction && `,${fraction}`);
};

// share is num of den in percent with one decimal, half up, as a count of tenths.
const share = (num, den) => (num * 2000n + den) / (2n * den);
const tenths = (n) => plain(n * (MICRO / 10n)).replace(/^[^,]*$/, '$&,0');
const signed = (n, words) => (n < 0n ? `−${words(-n)}` : n > 0n ? `+${words(n)}` : '0');

const field = (code, name) => form.elements.namedItem(`${code}.${name}`);
const marksOf = (code) => [...form.querySelectorAll(`input[type=checkbox][name="${code}.mark"]`)];
const rowOf = (code) => table.querySelector(`tr[data-code="${code}"]`);

// total is what a figure comes to with what lies below it, null without a number.
const total = (code) => {
  const row = rowOf(code);
  if (!row) return null;
  if (row.dataset.total !== undefined) return canonical(row.dataset.total);
  const own = field(code, 'own');
  const typed = own ? parse(own.value) : null;
  const below = canonical(row.dataset.below);
  if (typed === null) return below;
  return below === null ? typed : typed + below;
};

// ratio of a row in tenths of a percent, null where there is none.
const ratio = (row) => {
  const [num, den] = [total(row.dataset.num), total(row.dataset.den)];
  return num === null || den === null || den === 0n ? null : share(num, den);
};

// points is by how many tenths of a percent the ratio of a row differs from before,
// rounded once.
const points = (row, before) => {
  const [num, den] = [total(row.dataset.num), total(row.dataset.den)];
  const [by, of] = [num * 100n * MICRO - before * den, (den * MICRO) / 10n];
  return by < 0n ? -((-by * 2n + of) / (2n * of)) : (by * 2n + of) / (2n * of);
};

const put = (element, text, small) => {
  element.textContent = text;
  if (small) element.append(' ', Object.assign(document.createElement('small'), { textContent: small }));
};

const difference = (row, value, before) => {
  const cell = row.querySelector('.dv-diff[data-before]');
  if (!cell || field(row.dataset.code, 'own')?.tagName === 'SELECT') return;
  if (value === null) {
    put(cell, '–');
    return;
  }
  if (row.dataset.num) {
    put(cell, signed(points(row, before), tenths), 'điểm %');
    return;
  }
  const by = value - before;
  if (before === 0n) put(cell, signed(by, plain), '–');
  else put(cell, signed(by, plain), `${signed(by < 0n ? -share(-by, before) : share(by, before), tenths)}%`);
};

const work = () => {
  for (const row of table.querySelectorAll('tr[data-code]')) {
    const before = canonical(row.querySelector('.dv-diff')?.dataset.before);
    if (row.dataset.num) {
      const value = ratio(row);
      put(row.querySelector('[data-value]'), value === null ? '–' : `${tenths(value)}%`);
      difference(row, value, before);
      continue;
    }
    const value = total(row.dataset.code);
    const shown = row.querySelector('[data-total-shown]');
    if (shown) put(shown, value === null ? '–' : plain(value));
    difference(row, value, before);
  }
};

// column is the boxes of the same kind as one, from the top down.
const column = (box) => {
  const kind = box.name.slice(box.name.lastIndexOf('.'));
  return [...form.querySelectorAll('table[data-figures] :is(input:not([type=hidden]), select)')].filter(
    (other) => other.name.endsWith(kind) && (other.type !== 'checkbox' || other.value === box.value),
  );
};

const move = (event) => {
  const box = event.target;
  if (!box.name || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  let step = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0;
  if (event.key === 'Enter') step = event.shiftKey ? -1 : 1;
  if (step === 0 || (box.tagName === 'SELECT' && event.key !== 'Enter') || !box.matches('table[data-figures] tr:not(.dv-ask-row) *')) return;
  const same = column(box);
  event.preventDefault();
  const next = same[same.indexOf(box) + step];
  next?.focus();
  next?.select?.();
};

const changed = (box) => {
  box.dispatchEvent(new Event('input', { bubbles: true }));
  box.dispatchEvent(new Event('change', { bubbles: true }));
};

// fill puts one cell of a spreadsheet into a box.
const fill = (box, text) => {
  const value = text.trim();
  if (value === '') return;
  if (box.tagName === 'SELECT') {
    const option = [...box.options].find((o) => o.value === value || o.text.toLowerCase() === value.toLowerCase());
    if (option) box.value = option.value;
  } else {
    box.value = value;
  }
  changed(box);
};

const paste = (event) => {
  const box = event.target;
  const text = event.clipboardData?.getData('text/plain').replace(/\r?\n$/, '') ?? '';
  if (!box.name?.match(/\.(own|estimated|value)$/) || !/[\n\t]/.test(text)) return;
  event.preventDefault();
  const lines = text.split(/\r?\n/).map((line) => line.split('\t'));
  const boxes = column(box);
  const from = boxes.indexOf(box);
  lines.forEach((cells, i) => {
    const own = boxes[from + i];
    if (!own) return;
    fill(own, cells[0]);
    const estimated = own.name.endsWith('.own') && form.elements.namedItem(own.name.replace(/own$/, 'estimated'));
    if (estimated && cells[1]) fill(estimated, cells[1]);
  });
  const lost = lines.length - (boxes.length - from);
  const said = form.querySelector('[data-pasted]');
  if (said) said.textContent = `Đã dán ${Math.min(lines.length, boxes.length - from)} dòng.${lost > 0 ? ` ${lost} dòng cuối không còn ô để dán.` : ''}`;
};

// A number and a mark exclude each other; what a mark pushed out comes back when
// it is taken off.
const exclude = (event) => {
  const box = event.target;
  const match = /^(.+)\.(own|mark)$/.exec(box.name ?? '');
  if (!match) return;
  const [, code, kind] = match;
  const own = field(code, 'own');
  const marks = marksOf(code);
  if (kind === 'own' && own.value !== '') for (const mark of marks) mark.checked = false;
  if (kind === 'mark') {
    for (const mark of marks) if (mark !== box && box.checked) mark.checked = false;
    if (box.checked && own.value !== '') {
      own.dataset.was = own.value;
      own.value = '';
    } else if (!box.checked && own.value === '' && own.dataset.was) {
      own.value = own.dataset.was;
    }
  }
  const ticked = marks.find((mark) => mark.checked);
  if (own.tagName === 'INPUT') own.placeholder = ticked && own.value === '' ? { nil: 'không phát sinh', not_applicable: 'KTPV' }[ticked.value] : '';
  own.classList.remove('dv-offered');
};

if (form) {
  form.addEventListener('keydown', move);
  form.addEventListener('paste', paste);
  form.addEventListener('input', exclude);
  form.addEventListener('input', work);
}
