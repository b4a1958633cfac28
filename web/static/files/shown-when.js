// Parts of a form that only matter for some answers are hidden while another is
// chosen: <div data-shown-when="time=month,quarter">. Without scripts all are in
// sight, and the server only reads those that belong to the answer.

for (const part of document.querySelectorAll('[data-shown-when]')) {
  const [name, answers] = part.dataset.shownWhen.split('=');
  const field = part.closest('form')?.elements[name];
  if (!field) continue;
  const show = () => {
    // What is marked as wrong stays in sight.
    part.hidden = !answers.split(',').includes(field.value) && !part.querySelector('[aria-invalid]');
  };
  part.closest('form').addEventListener('change', show); // a group of radios cannot be listened to
  show();
}
