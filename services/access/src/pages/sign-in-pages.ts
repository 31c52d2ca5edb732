import { type Html, html, Html as Markup } from '@orderbus/service-kit/html';
import { type Frame, field, form, layout, passwordField, whosePassword } from './layout.ts';
import { wordsIn } from './words.ts';

export const signInPage = (
  frame: Frame,
  { next, provider }: { readonly next: string | undefined; readonly provider: string | undefined },
): Html => {
  const words = wordsIn[frame.language];
  const wanted = next === undefined ? undefined : html`<input type="hidden" name="next" value="${next}">`;
  const local = form(
    '/sign-in',
    [
      wanted,
      field('email', words.email, { type: 'email', autocomplete: 'username', focus: true }),
      passwordField('password', words.password, words),
    ],
    words.signIn,
  );
  const elsewhere =
    provider === undefined
      ? undefined
      : html`<p class="or"><span>${words.or}</span></p>
    <form data-action="/oidc">${wanted}<button type="submit">${words.with(provider)}</button></form>`;
  return layout(frame, words.signIn, [html`<h1>${words.signIn}</h1><p class="lead">${words.signInLead}</p>`, local, elsewhere]);
};

export const codePage = (frame: Frame): Html => {
  const words = wordsIn[frame.language];
  const code = field('code', words.code, { autocomplete: 'one-time-code', focus: true, code: 'any', hint: words.codeHint });
  return layout(frame, words.codeTitle, [
    html`<h1>${words.codeTitle}</h1><p class="lead">${words.codeLead}</p>`,
    form('/code', code, words.confirm),
    otherwise(words.startOver),
  ]);
};

/** `picture` is ours: an SVG made of numbers. */
export const enrolmentPage = (
  frame: Frame,
  offer: { readonly picture: string; readonly secret: string; readonly asksPassword: boolean; readonly email: string },
): Html => {
  const words = wordsIn[frame.language];
  const fields = [
    field('code', words.enrolStepCode, { autocomplete: 'one-time-code', code: 'digits' }),
    ...(offer.asksPassword ? [whosePassword(offer.email), passwordField('password', words.enrolPassword, words)] : []),
  ];
  const codes = html`<section id="codes" hidden>
      <h1>${words.codesTitle}</h1><p class="lead">${words.codesLead}</p>
      <ol class="codes"></ol>
      <a class="button main" href="/account">${words.codesKept}</a>
    </section>`;
  return layout(frame, words.enrolTitle, [
    html`<section id="work"><h1>${words.enrolTitle}</h1><p class="lead">${offer.asksPassword ? undefined : words.enrolLead}</p>
    <p>${words.enrolStepScan}</p>
    <div class="picture" role="img" aria-label="${words.enrolPicture}">${new Markup(offer.picture)}</div>
    <p class="hint">${words.enrolByHand}<br><code>${offer.secret}</code></p>
    ${form('/enrolment', fields, words.confirm)}
    ${offer.asksPassword ? html`<p class="more"><a href="/account">${words.back}</a></p>` : otherwise(words.startOver)}</section>`,
    codes,
  ]);
};

export const passwordPage = (frame: Frame, { email, isOld }: { readonly email: string; readonly isOld: boolean }): Html => {
  const words = wordsIn[frame.language];
  return layout(frame, words.passwordTitle, [
    html`<h1>${words.passwordTitle}</h1><p class="lead">${isOld ? words.passwordOld : words.passwordLead}</p>`,
    form(
      '/password',
      [
        whosePassword(email),
        passwordField('current', words.passwordCurrent, words),
        passwordField('password', words.passwordNew, words, { fresh: true, hint: words.passwordRules }),
      ],
      words.passwordSave,
    ),
    isOld ? otherwise(words.startOver) : html`<p class="more"><a href="/account">${words.back}</a></p>`,
  ]);
};

/** What the link is for only shows when the script has asked: the token is known to nobody but the browser. */
export const welcomePage = (frame: Frame): Html => {
  const words = wordsIn[frame.language];
  const first = html`<div data-for="first" hidden>
        ${field('name', words.name, { autocomplete: 'name' })}
        ${field('email', words.email, { type: 'email', autocomplete: 'username' })}
      </div>`;
  return layout(frame, words.welcomeTitle, [
    html`<h1>${words.welcomeTitle}</h1>
    <p class="lead" data-for="checking">${words.checking}</p>
    <p class="lead" data-for="first" hidden>${words.welcomeFirst}</p>
    <p class="lead" data-for="person" hidden><strong id="welcome-name"></strong><br>${words.welcomePerson}</p>`,
    html`<div id="welcome" hidden>${form('/welcome', [first, passwordField('password', words.passwordNew, words, { fresh: true, hint: words.passwordRules })], words.welcomeEnter)}</div>`,
  ]);
};

const otherwise = (text: string): Html =>
  html`<form data-action="/sign-out" class="more"><button type="submit" class="plain">${text}</button></form>`;
