import { AmazonRefusal, ContactKind } from '@orderbus/contracts';
import { z } from 'zod';
import type { Offers } from '../contacts.ts';
import { contactKinds, rulesOf } from '../domain/contact/kinds.ts';
import { objectionTo, windowOf } from '../domain/contact/permission.ts';
import { templateFor } from '../domain/contact/templates.ts';
import type { StandingCommand } from '../store/command-list.ts';
import { CommandSummary, summaryOf } from './command-view.ts';

const time = z.iso.datetime();

const PossibleContact = z.object({
  contact: ContactKind,
  about: z.string().describe('What it is for'),
  permitted: z.boolean().describe('Now: it is asked again right before it is sent'),
  because: AmazonRefusal.optional().describe('Why not'),
  opensAt: time.optional(),
  closesAt: time.optional(),
  text: z
    .object({
      longest: z.int().describe('Characters'),
      linksAbout: z.string().describe('Links about anything else are not allowed'),
      mustContain: z.string().describe('The number of the order'),
      template: z.string().optional().describe("In the buyer's language, where there is one. What stands in brackets is to be filled in"),
    })
    .optional()
    .describe("In your own words; absent: in Amazon's"),
  attachments: z.object({ least: z.int(), most: z.int() }).optional(),
});

export const ContactsView = z.object({
  orderId: z.uuid(),
  amazonOrderId: z.string(),
  language: z.string().describe('What the buyer reads: write in it'),
  languageFrom: z.enum(['buyer', 'marketplace']).describe('marketplace: Amazon does not say what the buyer has chosen'),
  contacts: z.array(PossibleContact),
  said: z.array(CommandSummary.extend({ contact: ContactKind })).describe('What was asked for until now, last asked first'),
});

export const contactsView = (offers: Offers, said: readonly StandingCommand[], now: Date): z.output<typeof ContactsView> => {
  const { order, language, from } = offers;
  return {
    orderId: order.orderId,
    amazonOrderId: order.amazonOrderId,
    language,
    languageFrom: from,
    contacts: contactKinds.map((contact) => possible(contact, offers, now)),
    said: said.flatMap((command) =>
      command.request.kind === 'contact' ? [{ ...summaryOf(command, now), contact: command.request.contact }] : [],
    ),
  };
};

const possible = (contact: ContactKind, { order, offerFor, language }: Offers, now: Date): z.output<typeof PossibleContact> => {
  const { about, text, files } = rulesOf(contact);
  const because = objectionTo(contact, order, offerFor(contact), { now });
  const template = templateFor(contact, language, order.amazonOrderId);
  return {
    contact,
    about,
    permitted: because === undefined,
    ...(because && { because }),
    ...windowOf(contact, order.deliverBy),
    ...(text && {
      text: {
        longest: text.longest,
        linksAbout: text.links,
        mustContain: order.amazonOrderId,
        ...(template !== undefined && { template }),
      },
    }),
    ...(files && { attachments: files }),
  };
};
