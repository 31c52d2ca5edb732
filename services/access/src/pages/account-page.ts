import { type Html, html } from '@orderbus/service-kit/html';
import type { Person } from '../domain/person.ts';
import type { Session } from '../store/sessions.ts';
import { type Frame, layout } from './layout.ts';
import { type Language, momentsIn, wordsIn } from './words.ts';

export interface Account {
  readonly person: Person;
  readonly session: Session;
  readonly sessions: readonly Session[];
  readonly consoleUrl: string | undefined;
  readonly managesKeys: boolean;
}

export const accountPage = (frame: Frame, { person, session, sessions, consoleUrl, managesKeys }: Account): Html => {
  const words = wordsIn[frame.language];
  const isLocal = person.passwords.length > 0;
  return layout(
    frame,
    words.accountTitle,
    [
      html`<h1>${person.name}</h1><p class="lead">${words.account(words.roles[person.role])}</p>`,
      consoleUrl === undefined ? undefined : html`<a class="button main" href="${consoleUrl}">${words.toConsole}</a>`,
      isLocal
        ? html`<h2>${words.security}</h2>
      <p class="links"><a href="/password">${words.changePassword}</a><a href="/enrolment">${person.totp === null ? words.setUpAuthenticator : words.newAuthenticator}</a></p>
      ${person.totp === null ? undefined : html`<p class="hint">${words.codesLeft(person.recoveryCodes.length)}</p>`}`
        : undefined,
      managesKeys ? html`<h2>${words.programs}</h2><p class="links"><a href="/keys">${words.keysTitle}</a></p>` : undefined,
      html`<h2>${words.sessions}</h2>
      <ul class="sessions">${sessions.map((one) => sessionLine(frame.language, one, one.id === session.id))}</ul>
      ${
        sessions.length > 1
          ? html`<form data-action="/account/sessions/end" class="more"><input type="hidden" name="session" value="others"><button type="submit" class="plain">${words.endOthers}</button></form>`
          : undefined
      }`,
      html`<form data-action="/sign-out"><button type="submit">${words.signOut}</button></form>`,
    ],
    'wide',
  );
};

const sessionLine = (language: Language, { id, browser, createdAt }: Session, isThis: boolean): Html => {
  const words = wordsIn[language];
  return html`<li>
        <div><span>${browserName(browser)}</span><small>${isThis ? html`<b>${words.thisOne}</b> · ` : undefined}${words.since} ${momentsIn(language)(createdAt)}</small></div>
        ${isThis ? undefined : html`<form data-action="/account/sessions/end"><input type="hidden" name="session" value="${id}"><button type="submit" class="plain">${words.end}</button></form>`}
      </li>`;
};

/** Enough to know one's own browsers apart. */
const browserName = (agent: string): string => {
  const [, browser] = /(Edg|OPR|Firefox|Chrome|Safari)\/[\d.]+/.exec(agent.replace(/Chrome\/[\d.]+(?=.*(?:Edg|OPR)\/)/, '')) ?? [];
  const [system] = /Windows|Android|iPhone|iPad|Mac OS X|Linux/.exec(agent) ?? [];
  const names: Readonly<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera', 'Mac OS X': 'macOS' };
  return [browser, system].flatMap((name) => (name === undefined ? [] : [names[name] ?? name])).join(', ') || agent.slice(0, 40) || '?';
};
