import { type Passage, passOn } from '@orderbus/service-kit';
import type { ConsoleKit } from '../surroundings.ts';
import { askedFor } from './path.ts';

const prefix = '/api/services';

/** The owners' HTTP APIs, for pages: each asked with a token of the visitor, so that he sees and does what he may there, and no more. */
export const ownersPassage = ({ door, visitors, config }: ConsoleKit): Passage => ({
  prefix,
  access: { needs: 'read', store: 'filtered' },
  handle: async (request, response) => {
    const { owner, path } = askedFor(request.url);
    const address = request.ip ?? '';
    const visit = door.visitOf(request.headers, { method: request.method, address });
    const token = await visitors.tokenFor(visit, owner);
    await passOn(request, response, {
      ...{ name: owner, url: config.SERVICES.get(owner) ?? '', path, prefix: `${prefix}/${owner}` },
      headers: { authorization: `Bearer ${token}`, 'x-forwarded-for': address },
      answered: (status) => {
        // It no longer believes the token: the next request asks for another.
        if (status === 401) visitors.forget(visit);
      },
    });
  },
});
