import { createHash } from 'node:crypto';
import type { ContactKind } from '@orderbus/contracts';
import { z } from 'zod';
import type { OperationName } from './operations.ts';
import { Nothing, type Permit, queryOf, type Request } from './request.ts';

/** An order, as the APIs that reach buyers want it named. */
interface ContactedOrder {
  readonly amazonOrderId: string;
  readonly marketplaceId: string;
}

/** The Messaging and Solicitations APIs: what may be said to the buyer of an order, and the saying of it. There is no reading back. */
export interface MessagingApi {
  /** What Amazon offers for the order at this moment, of what the Messaging API sends. */
  getMessagingActions(order: ContactedOrder, signal: AbortSignal): Promise<readonly ContactKind[]>;
  /** The same of the Solicitations API. */
  getSolicitationActions(order: ContactedOrder, signal: AbortSignal): Promise<readonly ContactKind[]>;
  /** The language that the buyer has chosen, `de-DE`; nothing when Amazon does not say. */
  getBuyerLanguage(order: ContactedOrder, signal: AbortSignal): Promise<string | undefined>;
  sendContact(contact: ContactKind, order: ContactedOrder, letter: SentLetter, signal: AbortSignal, permit?: Permit): Promise<void>;
  /** Where a file is to be put that a message is going to carry, and how. */
  createUploadDestination(contact: ContactKind, order: ContactedOrder, file: Uint8Array, signal: AbortSignal): Promise<UploadDestination>;
}

interface SentLetter {
  readonly body: object | undefined;
  /** What must not stand in any record, though Amazon may repeat it. */
  readonly secret: string;
}

export type UploadDestination = z.output<typeof UploadDestinationJson>;

/** What each kind is called by Amazon: in its lists and paths, and as an operation. */
const names: Readonly<Record<ContactKind, readonly [action: string, operation: OperationName]>> = {
  'confirm-customization': ['confirmCustomizationDetails', 'confirmCustomizationDetails'],
  'confirm-delivery': ['confirmDeliveryDetails', 'createConfirmDeliveryDetails'],
  'confirm-order-details': ['confirmOrderDetails', 'createConfirmOrderDetails'],
  'confirm-service': ['confirmServiceDetails', 'createConfirmServiceDetails'],
  'digital-access-key': ['digitalAccessKey', 'createDigitalAccessKey'],
  'unexpected-problem': ['unexpectedProblem', 'createUnexpectedProblem'],
  'legal-disclosure': ['legalDisclosure', 'createLegalDisclosure'],
  warranty: ['warranty', 'createWarranty'],
  invoice: ['invoice', 'sendInvoice'],
  'request-review': ['productReviewAndSellerFeedback', 'createProductReviewAndSellerFeedbackSolicitation'],
};

export const messagingApi = (request: Request): MessagingApi => {
  const actionsAt =
    (operation: 'getMessagingActionsForOrder' | 'getSolicitationActionsForOrder', base: string) =>
    async ({ amazonOrderId, marketplaceId }: ContactedOrder, signal: AbortSignal): Promise<ContactKind[]> => {
      const path = `${base}/${encodeURIComponent(amazonOrderId)}?${queryOf({ marketplaceIds: marketplaceId })}`;
      const { _links } = await request({ operation, path, subject: amazonOrderId }, ActionsJson, signal);
      return kindsAmong(_links.actions);
    };

  return {
    getMessagingActions: actionsAt('getMessagingActionsForOrder', messagesOf),
    getSolicitationActions: actionsAt('getSolicitationActionsForOrder', solicitationsOf),
    getBuyerLanguage: async ({ amazonOrderId, marketplaceId }, signal) => {
      const path = `${messagesOf}/${encodeURIComponent(amazonOrderId)}/attributes?${queryOf({ marketplaceIds: marketplaceId })}`;
      const { buyer } = await request({ operation: 'getAttributes', path, subject: amazonOrderId }, AttributesJson, signal);
      return buyer?.locale || undefined;
    },
    sendContact: (contact, { amazonOrderId, marketplaceId }, { body, secret }, signal, permit) => {
      const [, operation] = names[contact];
      const path = `/${pathOf(contact, amazonOrderId)}?${queryOf({ marketplaceIds: marketplaceId })}`;
      const call = { operation, method: 'POST', path, subject: amazonOrderId, secret, permit, ...(body && { body }) } as const;
      return request(call, Nothing, signal);
    },
    createUploadDestination: async (contact, { amazonOrderId, marketplaceId }, file, signal) => {
      const contentMD5 = createHash('md5').update(file).digest('base64');
      const path = `/uploads/2020-11-01/uploadDestinations/${pathOf(contact, amazonOrderId)}?${queryOf({ marketplaceIds: marketplaceId, contentMD5 })}`;
      const operation = 'createUploadDestinationForResource';
      return (await request({ operation, method: 'POST', path, subject: amazonOrderId }, DestinationJson, signal)).payload;
    },
  };
};

const messagesOf = '/messaging/v1/orders';
const solicitationsOf = '/solicitations/v1/orders';

const pathOf = (contact: ContactKind, amazonOrderId: string): string => {
  const [base, folder] = contact === 'request-review' ? [solicitationsOf, 'solicitations'] : [messagesOf, 'messages'];
  return `${base}/${encodeURIComponent(amazonOrderId)}/${folder}/${names[contact][0]}`.slice(1);
};

/** Amazon offers more than we have words for: asking a buyer to take a bad review back is none of ours. */
const kindsAmong = (actions: z.output<typeof ActionsJson>['_links']['actions']): ContactKind[] =>
  actions.flatMap(({ href, name }) => {
    const action = name ?? /\/(\w+)(?:\?|$)/.exec(href)?.[1];
    return (Object.keys(names) as ContactKind[]).filter((kind) => names[kind][0] === action || names[kind][1] === action);
  });

const ActionsJson = z.object({
  _links: z.object({ actions: z.array(z.object({ href: z.string().catch(''), name: z.string().nullish() })) }),
});
const AttributesJson = z.object({ buyer: z.object({ locale: z.string().nullish() }).nullish() });
const UploadDestinationJson = z.object({
  uploadDestinationId: z.string().min(1),
  url: z.url(),
  headers: z.record(z.string(), z.string()).nullish(),
});
const DestinationJson = z.object({ payload: UploadDestinationJson });
