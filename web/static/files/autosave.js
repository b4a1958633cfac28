// A form marked data-autosave posts itself to its own address a moment after
// the last change. The answer is JSON, see respond.Saved. It never moves the
// focus, never touches what is typed, and stops where somebody else has saved
// first: then the ordinary button leads to the page that settles it.

const PAUSE = 2000; // ms after the last change
const RETRY = 5000; // ms after a failed attempt
const PATIENCE = 20000; // ms for one attempt
const KEEPALIVE = 60000; // bytes a closing page may still send

const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');

// What was typed, without files, keys and tokens: two equal contents need
// saving once.
const contentOf = (form) => {
  const content = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && !name.startsWith('_')) content.append(name, value);
  }
  return content;
};

const hidden = (form, name) => form.querySelector(`input[type=hidden][name="${name}"]`);

const setHidden = (form, name, value) => {
  let field = hidden(form, name);
  if (!field) {
    field = Object.assign(document.createElement('input'), { type: 'hidden', name });
    form.prepend(field);
  }
  field.value = value;
};

const fieldID = (name) => name.replace(/[^A-Za-z0-9_.-]/g, '-');

// show writes one line into the status of the form, only when it says something
// new: screen readers read it out each time.
const show = (status, icon, text, red, ...more) => {
  const whole = [text, ...more.map((element) => element.textContent)].join('\n');
  if (!status || status.dataset.text === whole) return;
  status.dataset.text = whole;
  const line = document.createElement('span');
  if (red) line.className = 'dv-red';
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', status.dataset.saved + icon);
  svg.append(use);
  line.append(svg, text);
  status.replaceChildren(line, ...more);
};

class Autosave {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector('[data-saved]');
    this.saved = contentOf(form).toString();
    this.tried = null; // content of the last attempt, which its key belongs to
    this.stopped = false;
    this.sending = null;
    form.addEventListener('input', () => this.later(PAUSE));
    form.addEventListener('change', () => this.later(PAUSE));
    form.addEventListener('focusout', () => this.later(0));
    form.addEventListener('submit', (event) => this.leave(event));
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.save();
    });
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  save() {
    clearTimeout(this.timer);
    if (this.stopped || this.sending) return;
    const content = contentOf(this.form);
    if (content.toString() === this.saved) return;
    this.sending = this.send(content).finally(() => {
      this.sending = null;
      if (!this.stopped && contentOf(this.form).toString() !== (this.tried ?? this.saved)) this.later(PAUSE);
    });
  }

  async send(content) {
    const text = content.toString();
    if (this.tried !== null && this.tried !== text) setHidden(this.form, '_key', newKey());
    this.tried = text;
    const body = new URLSearchParams(content);
    for (const name of ['_revision', '_submission', '_key', '_token']) {
      const field = hidden(this.form, name);
      if (field) body.set(name, field.value);
    }
    body.set('_autosave', '1');
    try {
      const response = await fetch(this.form.action, {
        method: 'POST',
        headers: { Accept: 'application/json' },
        body,
        redirect: 'manual',
        keepalive: body.toString().length < KEEPALIVE,
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (response.type === 'opaqueredirect') return this.signedOut();
      this.take(await response.json(), response.status, text);
    } catch {
      show(this.status, 'alert-circle', 'Chưa lưu được: mất kết nối, sẽ tự thử lại', true);
      this.later(RETRY);
    }
  }

  take(answer, status, text) {
    if (answer.conflict) {
      this.adopt(answer.merged, text); // other parts of the page may have been stored
      return this.conflict();
    }
    if (status === 403 || status === 404) this.stopped = true;
    if (status >= 500) this.later(RETRY);
    if (!answer.savedAt) {
      show(this.status, 'alert-circle', `Chưa lưu được: ${answer.message ?? 'hệ thống không trả lời'}`, true, ...this.faults(answer));
      return;
    }
    const untouched = contentOf(this.form).toString() === text;
    this.tried = null;
    if (this.adopt(answer.merged, text) && answer.revision) setHidden(this.form, '_revision', answer.revision);
    this.saved = untouched ? contentOf(this.form).toString() : text;
    setHidden(this.form, '_key', answer.key ?? newKey());
    if (answer.location) {
      this.form.action = answer.location;
      history.replaceState(history.state, '', answer.location);
    }
    show(this.status, 'device-floppy', `Đã lưu lúc ${answer.savedAt}`, false, ...this.faults(answer));
  }

  // adopt shows what somebody else saved meanwhile, in fields nobody touched
  // here. When one was touched since, all stay as they are and so does the
  // revision: the next save then asks instead of overwriting.
  adopt(merged, sent) {
    const names = Object.keys(merged ?? {});
    const [then, now] = [new URLSearchParams(sent), contentOf(this.form)];
    const touched = (name) => now.getAll(name).join('\n') !== then.getAll(name).join('\n');
    if (names.some(touched)) return false;
    for (const field of this.form.elements) {
      if (!names.includes(field.name)) continue;
      const values = merged[field.name] ?? [];
      if (field.type === 'checkbox' || field.type === 'radio') field.checked = values.includes(field.value);
      else field.value = values[0] ?? '';
    }
    return true;
  }

  // faults lists what was not stored, each leading to its field.
  faults(answer) {
    return Object.entries(answer.faults ?? {}).map(([name, sentence]) => {
      const line = document.createElement('span');
      line.className = 'dv-red';
      const field = document.getElementById(fieldID(name));
      if (!field) {
        line.textContent = sentence;
        return line;
      }
      const link = Object.assign(document.createElement('a'), { href: `#${field.id}`, textContent: sentence });
      line.append(link);
      return line;
    });
  }

  conflict() {
    this.stopped = true;
    const button = Object.assign(document.createElement('button'), {
      type: 'submit', className: 'btn', textContent: 'Xem và chọn nội dung giữ lại',
    });
    show(this.status, 'git-merge', 'Chưa lưu được: có người vừa lưu mục này trước bạn.', true, button);
  }

  signedOut() {
    this.stopped = true;
    show(this.status, 'alert-circle', 'Chưa lưu được: phiên làm việc đã hết. Bấm nút lưu để đăng nhập lại, nội dung đã gõ được giữ nguyên.', true);
  }

  // leave lets a save that is under way finish first, so that the post carries
  // the newest revision.
  leave(event) {
    clearTimeout(this.timer);
    if (!this.sending) {
      this.stopped = true;
      return;
    }
    event.preventDefault();
    const { submitter } = event;
    this.sending.finally(() => this.form.requestSubmit(submitter));
  }
}

const watched = [...document.querySelectorAll('form[data-autosave]')].map((form) => new Autosave(form));

// Back from another page, the form lives on.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) for (const autosave of watched) autosave.stopped = false;
});
