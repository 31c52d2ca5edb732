import { type Content, type Html, html } from '@orderbus/service-kit/html';
import { type ApiKey, keyPermissions } from '../domain/api-key.ts';
import { type Person, permissionsOf } from '../domain/person.ts';
import { type Frame, field, form, layout } from './layout.ts';
import type { Words } from './vocabulary.ts';
import { type Language, momentsIn, wordsIn } from './words.ts';

/** The youngest. All of them are on the API. */
export const keysShown = 200;

export interface Keys {
  /** Who looks at them: a key that he makes never may more than he. */
  readonly maker: Person;
  /** The youngest first; one more than is shown, if there is. */
  readonly keys: readonly ApiKey[];
  readonly now: Date;
}

export const keysPage = (frame: Frame, { maker, keys, now }: Keys): Html => {
  const words = wordsIn[frame.language];
  return layout(
    frame,
    words.keysTitle,
    [
      html`<section id="work"><h1>${words.keysTitle}</h1><p class="lead">${words.keysLead}</p>
    <h2>${words.keyNew}</h2>
    ${form('/keys', fieldsFor(maker, words), words.keyMake)}
    <h2>${words.keysMade}</h2>
    ${keys.length === 0 ? html`<p class="hint">${words.keysNone}</p>` : html`<ul class="keys">${keys.slice(0, keysShown).map((key) => keyLine(frame.language, key, now))}</ul>`}
    ${keys.length > keysShown ? html`<p class="hint">${words.keysOlder(keysShown)}</p>` : undefined}
    <p class="more"><a href="/account">${words.back}</a></p></section>`,
      html`<section id="made" hidden>
      <h1>${words.keyMadeTitle}</h1><p class="lead">${words.keyMadeLead}</p>
      <p class="key">Authorization: Bearer <b id="key"></b></p>
      <p aria-live="polite"><button type="button" data-copy="key" data-done="${words.copied}">${words.copy}</button></p>
      <a class="button main" href="/keys">${words.keyKept}</a>
    </section>`,
    ],
    'broad',
  );
};

const fieldsFor = (maker: Person, words: Words): Content => {
  const held = permissionsOf(maker);
  return [
    field('name', words.keyName, { autocomplete: 'off', hint: words.keyNameHint }),
    html`<fieldset class="field"><legend>${words.keyMay}</legend>
        ${keyPermissions
          .filter((name) => held.includes(name))
          .map(
            (name) =>
              html`<label class="choice"><input type="checkbox" name="permissions" value="${name}"><span>${words.permissions[name]} <small>${name}</small></span></label>`,
          )}
      </fieldset>
      <fieldset class="field"><legend>${words.keyStores}</legend>
        <label class="choice"><input type="radio" name="stores" value="*" checked><span>${words.allStores}</span></label>
        <label class="choice"><input type="radio" name="stores" value="" id="some-stores"><span>${words.someStores}</span></label>
        <input name="stores" data-list="some-stores" aria-label="${words.storeIds}" placeholder="${words.storeIds}" autocomplete="off" autocapitalize="none" spellcheck="false" disabled>
      </fieldset>
      <div class="field">
        <label for="days">${words.keyDays}</label>
        <input id="days" name="days" type="number" min="1" max="366" value="90" inputmode="numeric" required>
      </div>`,
  ];
};

const keyLine = (language: Language, key: ApiKey, now: Date): Html => {
  const words = wordsIn[language];
  const isOver = Date.parse(key.expiresAt) <= now.getTime();
  const isOpen = key.revokedAt === null && !isOver;
  const at = momentsIn(language);
  return html`<li class="${isOpen ? 'api-key' : 'api-key over'}">
        <strong>${key.name}</strong> <small>obk_${key.id}_…</small>
        <ul>${key.permissions.map((name) => html`<li>${words.permissions[name]}</li>`)}</ul>
        <p>${words.keyStores}: ${key.stores === '*' ? words.allStores : key.stores.join(', ')}</p>
        <p>${isOver ? words.keyExpired : words.keyExpires}: ${at(key.expiresAt)}</p>
        <p>${key.lastUsedAt === null ? words.keyUnused : html`${words.keyUsed}: ${at(key.lastUsedAt)}`}</p>
        ${key.revokedAt === null ? undefined : html`<p><b>${words.keyRevoked(key.revokedBy ?? '')}: ${at(key.revokedAt)}</b></p>`}
        ${isOpen ? revoking(key, words) : undefined}
      </li>`;
};

const revoking = ({ id }: ApiKey, words: Words): Html => html`<details><summary>${words.revoke}</summary>
          <form data-action="/keys/revoke" novalidate>
            <input type="hidden" name="keyId" value="${id}">
            <label for="reason-${id}">${words.revokeReason}</label>
            <input id="reason-${id}" name="reason" maxlength="500" autocomplete="off" required>
            <button type="submit">${words.revokeNow}</button>
          </form></details>`;
