import { type Content, Html, html } from '@orderbus/service-kit/html';
import { type Problem, problems, type Words } from './vocabulary.ts';
import { type Language, wordsIn } from './words.ts';

/** What every page is made with. */
export interface Frame {
  readonly language: Language;
  readonly formToken: string;
  /** What went wrong before. */
  readonly problem?: Problem | undefined;
}

/** A page: the mark, a card, and what the script needs to say what went wrong. */
export const layout = (
  { language, formToken, problem }: Frame,
  title: string,
  card: Content,
  width: 'narrow' | 'wide' | 'broad' = 'narrow',
): Html => {
  const words = wordsIn[language];
  return html`<!doctype html>
<html lang="${language}">
<head>
  <meta charset="utf-8">
  <title>${title} · Orderbus</title>
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="robots" content="noindex">
  <meta name="form-token" content="${formToken}">
  <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/assets/access.css">
  <script src="/assets/access.js" type="module"></script>
</head>
<body>
  <header>${mark}<span>Orderbus</span></header>
  <main class="${width}">
    <noscript><p class="problem">${words.needsScript}</p></noscript>
    <div id="problem" class="problem" role="alert"${problem ? undefined : new Html(' hidden')}>${problem ? words.problems[problem] : undefined}</div>
    ${card}
  </main>
  ${sayings(words)}
</body>
</html>
`;
};

/** For the script, which knows codes and no language. */
const sayings = ({ problems: said, passwordProblems }: Words): Html => html`<ul id="sayings" hidden>
    ${problems.map((code) => html`<li data-code="${code}">${said[code]}</li>`)}
    ${Object.entries(passwordProblems).map(([code, text]) => html`<li data-code="password.${code}">${text}</li>`)}
  </ul>`;

/** A form that the script sends. */
export const form = (action: string, fields: Content, button: string): Html => html`<form data-action="${action}" novalidate>
      ${fields}
      <button type="submit" class="main">${button}</button>
    </form>`;

export interface FieldOptions {
  readonly type?: 'text' | 'email' | 'hidden';
  readonly autocomplete: string;
  readonly value?: string | undefined;
  readonly hint?: string;
  readonly focus?: boolean;
  /** Of an authenticator: digits. Recovery codes have letters, too. */
  readonly code?: 'digits' | 'any';
}

export const field = (
  name: string,
  label: string,
  { type = 'text', autocomplete, value, hint, focus, code }: FieldOptions,
): Html => html`<div class="field">
        <label for="${name}">${label}</label>
        <input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" required autocapitalize="none" spellcheck="false"${value === undefined ? undefined : html` value="${value}"`}${focus ? new Html(' autofocus') : undefined}${code ? new Html(code === 'digits' ? ' inputmode="numeric" class="code"' : ' class="code"') : undefined}${hint === undefined ? undefined : html` aria-describedby="${name}-hint"`}>
        ${hint === undefined ? undefined : html`<p class="hint" id="${name}-hint">${hint}</p>`}
      </div>`;

export const passwordField = (
  name: string,
  label: string,
  words: Words,
  { fresh = false, hint }: { readonly fresh?: boolean; readonly hint?: string } = {},
): Html => html`<div class="field">
        <label for="${name}">${label}</label>
        <div class="secret">
          <input id="${name}" name="${name}" type="password" autocomplete="${fresh ? 'new-password' : 'current-password'}" required${hint === undefined ? undefined : html` aria-describedby="${name}-hint"`}>
          <button type="button" data-reveal="${name}" data-hide="${words.hide}" aria-controls="${name}">${words.show}</button>
        </div>
        ${hint === undefined ? undefined : html`<p class="hint" id="${name}-hint">${hint}</p>`}
      </div>`;

/** Not sent: it tells a password manager whose password this is. */
export const whosePassword = (email: string): Html => html`<input type="email" autocomplete="username" value="${email}" hidden readonly>`;

/** A parcel on its way. */
export const mark = new Html(
  '<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="9" fill="#3f5efb"/><path d="M9 12.2 16 8.5l7 3.7v7.6l-7 3.7-7-3.7z" fill="none" stroke="#fff" stroke-width="2" stroke-linejoin="round"/><path d="m9 12.2 7 3.6 7-3.6M16 15.8v7.7" fill="none" stroke="#fff" stroke-width="2" stroke-linejoin="round"/></svg>',
);
