import { ContactKind } from '@orderbus/contracts';
import { AppError } from '@orderbus/kernel';
import { actorOf, type Route, route, type ServiceKit, said } from '@orderbus/service-kit';
import { z } from 'zod';
import type { Contacts } from '../contacts.ts';
import { findCommand, listCommands } from '../store/command-list.ts';
import { CommandView, viewOf } from './command-view.ts';
import { ContactsView, contactsView } from './contact-view.ts';

const params = z.object({ orderId: z.uuid() });
const time = z.iso.datetime({ offset: true });

const ContactWish = z.strictObject({
  contact: ContactKind,
  text: z.string().max(5_000).optional().describe('Plain text, with the number of the order. It is kept sealed, and forgotten'),
  language: z
    .string()
    .regex(/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/, said('field.not-language', 'Invalid: expected a language such as de or de-DE'))
    .optional()
    .describe('In which the text is written: it has to be what the buyer reads'),
  linksAreOnTopic: z.boolean().optional().describe('You vouch that the links in the text are about nothing but what the message is about'),
  attachments: z
    .array(
      z.strictObject({
        attachmentId: z.uuid(),
        fileName: z
          .string()
          .regex(/^[^/\\\p{Cc}]{1,100}\.[A-Za-z0-9]{2,5}$/u, said('file.not-name', 'Invalid: expected a file name with its ending')),
      }),
    )
    .max(10)
    .optional(),
  coverage: z.strictObject({ from: time.optional(), until: time.optional() }).optional().describe('Of a warranty'),
  documentId: z.uuid().optional().describe('Of an invoice that billing has issued'),
});

/** Larger ones Amazon takes, too, but who would want them in a database. */
const mostBytes = 5 * 1_048_576;

/** What is said to buyers, and only through Amazon. */
export const contactRoutes = ({ database, clock }: ServiceKit, contacts: Contacts): Route[] => {
  const storeOf = async ({ params: { orderId } }: { readonly params: { readonly orderId: string } }) =>
    (await contacts.order(orderId)).tenant;

  return [
    route({
      method: 'get',
      path: '/orders/:orderId/contacts',
      access: { needs: 'read', store: storeOf },
      summary: 'What may be said to the buyer of an order now, and what was',
      description:
        'Amazon is asked. Each thing that is not possible says why. Order and shipping confirmations are no such things: Amazon sends them, and nobody else may.',
      tags: ['contacts'],
      params,
      responses: { 200: ContactsView },
      handle: async ({ params: { orderId }, signal }) => {
        const offers = await contacts.offers(orderId, signal);
        const said = await listCommands(database, { orderId, kind: 'contact', limit: 100 });
        return contactsView(offers, said, clock.now());
      },
    }),
    route({
      method: 'post',
      path: '/orders/:orderId/contacts',
      access: { needs: 'operate', store: storeOf },
      summary: 'Has something said to the buyer, by Amazon',
      description:
        'Amazon is asked first whether it offers this for the order, and again right before it is sent. The same again is the same command; what has failed is sent again. Of messages and requests for a review an order gets one.',
      tags: ['contacts'],
      params,
      body: ContactWish,
      responses: { 202: CommandView },
      handle: async (input) => {
        const command = await contacts.ask(input.params.orderId, input.body, actorOf(input).name, input.signal);
        return viewOf(command, clock.now());
      },
    }),
    route({
      method: 'post',
      path: '/orders/:orderId/contact-attachments',
      access: { needs: 'operate', store: storeOf },
      summary: 'Uploads a file that a message is going to carry',
      description: 'It is kept sealed, and forgotten as the message is. The same file is the same attachment.',
      tags: ['contacts'],
      params,
      upload: { contentTypes: ['application/pdf', 'image/png', 'image/jpeg', 'text/plain'], maxBytes: mostBytes },
      responses: { 201: z.object({ attachmentId: z.uuid(), bytes: z.int() }) },
      handle: async ({ params: { orderId }, file, headers }) => {
        if (file.length === 0) throw new AppError('invalid', 'attachment.empty', { orderId });
        return { attachmentId: await contacts.attach(orderId, file, String(headers['content-type'])), bytes: file.length };
      },
    }),
    route({
      method: 'get',
      path: '/orders/:orderId/contacts/:id/words',
      access: { needs: ['operate', 'see-buyer-data'], store: storeOf },
      summary: 'What one of them says, as long as it is kept',
      tags: ['contacts'],
      params: params.extend({ id: z.uuid() }),
      responses: { 200: z.object({ text: z.string().optional(), files: z.array(z.string()) }) },
      handle: async ({ params: { orderId, id } }) => {
        const command = await findCommand(database, id);
        const letter = command?.orderId === orderId && command.kind === 'contact' ? await contacts.letter(id) : undefined;
        if (!letter) throw new AppError('not-found', 'contact.words-forgotten', { id });
        return { ...(letter.text !== undefined && { text: letter.text }), files: letter.files.map(({ fileName }) => fileName) };
      },
    }),
  ];
};
