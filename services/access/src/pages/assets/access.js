// Sends the forms of these pages as JSON, and says what went wrong. Nothing of an answer becomes markup.
const $ = (selector, root = document) => root.querySelector(selector);
const formToken = $('meta[name="form-token"]').content;
const problem = $('#problem');

const saying = (code) => $(`#sayings [data-code="${CSS.escape(code)}"]`)?.textContent;

const complain = (code, { errors = [], minutes } = {}) => {
  const text = saying(code) ?? saying('other');
  problem.replaceChildren(text.replace('{minutes}', String(minutes ?? 1)));
  const details = errors.map(({ field, message }) => saying(`${field}.${message}`)).filter(Boolean);
  if (details.length > 0) {
    const list = document.createElement('ul');
    for (const detail of details) {
      const item = document.createElement('li');
      item.textContent = detail;
      list.append(item);
    }
    problem.append(list);
  }
  problem.hidden = false;
  problem.scrollIntoView({ block: 'nearest' });
};

const send = async (action, body) => {
  const response = await fetch(action, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-form-token': formToken },
    body: JSON.stringify(body),
  }).catch(() => undefined);
  const answer = await response?.json().catch(() => undefined);
  if (response?.ok) return answer;
  const minutes = Math.ceil(Number(response?.headers.get('retry-after') ?? 60) / 60);
  complain(answer?.code ?? 'other', { errors: answer?.errors, minutes });
  return undefined;
};

const token = location.pathname === '/welcome' ? location.hash.slice(1) : '';

/** What is shown once takes the place of the form. */
const showOnce = (name, next) => {
  $(`#${name} a`).href = next;
  $('#work').hidden = true;
  $(`#${name}`).hidden = false;
  scrollTo(0, 0);
};

const go = ({ next, recoveryCodes, key }) => {
  if (key !== undefined) {
    $('#key').textContent = key;
    showOnce('made', next);
    $('#made button').focus();
    return;
  }
  if (recoveryCodes === undefined) {
    location.replace(next);
    return;
  }
  for (const code of recoveryCodes) {
    const item = document.createElement('li');
    item.textContent = code;
    $('#codes .codes').append(item);
  }
  showOnce('codes', next);
};

/** Ticks are a list, and so is what is written with commas. What is empty is not sent. */
const bodyOf = (form) => {
  const sent = new FormData(form);
  const body = Object.fromEntries([...sent].filter(([, value]) => value !== ''));
  for (const { name, type, value, dataset, disabled } of form.elements) {
    if (type === 'checkbox') body[name] = sent.getAll(name);
    if (type === 'number') body[name] = Number(value);
    if ('list' in dataset && !disabled) body[name] = value.split(/[\s,;]+/).filter(Boolean);
  }
  return body;
};

document.addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  const button = $('button[type="submit"]', form);
  if (button.disabled) return;
  button.disabled = true;
  problem.hidden = true;
  const told = await send(form.dataset.action, { ...bodyOf(form), ...(form.dataset.action === '/welcome' ? { token } : {}) });
  if (told) go(told);
  else {
    button.disabled = false;
    $('input.code', form)?.select();
  }
});

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-reveal]');
  if (!button) return;
  const input = document.getElementById(button.dataset.reveal);
  const hidden = input.type === 'password';
  input.type = hidden ? 'text' : 'password';
  const label = button.textContent;
  button.textContent = button.dataset.hide;
  button.dataset.hide = label;
  input.focus();
});

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent);
    button.textContent = button.dataset.done;
  } catch {
    // Not over plain HTTP, or not allowed: then it is marked, to be copied by hand.
    getSelection().selectAllChildren(source);
  }
});

/** The list counts where it is chosen. */
const list = $('[data-list]');
const open = () => {
  list.disabled = !document.getElementById(list.dataset.list).checked;
};
if (list) {
  open();
  document.addEventListener('change', open);
}

const show = (name) => {
  for (const part of document.querySelectorAll('[data-for]')) part.hidden = part.dataset.for !== name;
};

if ($('#welcome')) {
  const told = await send('/welcome/look', { token });
  show(told?.welcome.kind);
  if (told) {
    $('#welcome-name').textContent = told.welcome.name ?? '';
    $('#welcome').hidden = false;
    $('#welcome input:not([hidden] input)')?.focus();
  }
}
