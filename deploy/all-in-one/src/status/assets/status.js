// Keeps the page up to date: asks for it again, and exchanges the parts that have changed.
const everyMs = 2000;

const refresh = async () => {
  const response = await fetch('/', { headers: { accept: 'text/html' }, signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`status ${response.status}`);
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const part of document.querySelectorAll('[data-live]')) {
    const other = fresh.getElementById(part.id);
    // Left alone while somebody is in it with the keyboard or marks text.
    if (other && part.innerHTML !== other.innerHTML && !isInUse(part)) exchange(part, other);
  }
};

const exchange = (part, other) => {
  const known = keysOf(part);
  part.innerHTML = other.innerHTML;
  if (known.size > 0) for (const row of part.querySelectorAll('[data-key]')) row.classList.toggle('fresh', !known.has(row.dataset.key));
};

const keysOf = (part) => new Set([...part.querySelectorAll('[data-key]')].map((row) => row.dataset.key));

const isInUse = (part) => {
  const selection = getSelection();
  return part.contains(document.activeElement) || (selection && !selection.isCollapsed && selection.containsNode(part, true));
};

const loop = async () => {
  if (!document.hidden) {
    const away = document.getElementById('away');
    try {
      await refresh();
      away.hidden = true;
    } catch {
      away.hidden = false;
    }
  }
  setTimeout(loop, everyMs);
};

setTimeout(loop, everyMs);
