import type { Part } from '@orderbus/service-kit';
import { makeLink } from '../sign-in/welcome.ts';
import { isAnybodyThere } from '../store/people.ts';
import type { AccessKit } from '../surroundings.ts';

/**
 * While there is nobody, each start shows a link that makes the first administrator, and makes the one before it void. This text is the only
 * place where it ever stands: it goes to whoever has the terminal, and not into the log.
 */
export const firstLink = (kit: AccessKit, show: (text: string) => void): Part => ({
  name: 'first-link',
  start: async () => {
    if (await isAnybodyThere(kit.database)) return;
    const { link, expiresAt } = await kit.database.transaction((tx) => makeLink(kit, tx, null));
    show(`Nobody can sign in yet. This link makes the first administrator, once, until ${expiresAt}:\n  ${link}\n`);
  },
});
