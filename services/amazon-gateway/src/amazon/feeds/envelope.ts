import { XMLBuilder } from 'fast-xml-parser';

/** An element by its children's names, in the order in which Amazon's schema wants them; `@name` is an attribute. */
export interface Element {
  readonly [name: string]: Content;
}
type Content = string | number | Element | readonly (string | Element)[];

export interface Envelope {
  /** Amazon's id of the seller. */
  readonly merchantIdentifier: string;
  /** `OrderAcknowledgement`, `OrderAdjustment`. */
  readonly messageType: string;
  /** One per command. The n-th, counted from 1, is told apart in Amazon's report by this number. */
  readonly messages: readonly Element[];
}

/** The content type under which feeds are declared and uploaded. */
export const feedContentType = 'text/xml; charset=UTF-8';

/** A feed as Amazon reads it. No byte-order mark: Amazon calls a document that has one ill-formed. */
export const writeEnvelope = ({ merchantIdentifier, messageType, messages }: Envelope): string =>
  builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    AmazonEnvelope: {
      '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      '@xsi:noNamespaceSchemaLocation': 'amzn-envelope.xsd',
      Header: { DocumentVersion: '1.01', MerchantIdentifier: legible(merchantIdentifier) },
      MessageType: messageType,
      Message: messages.map((message, n) => ({ MessageID: n + 1, ...legible(message) })),
    },
  });

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', suppressEmptyNode: false });

/** What XML has no place for, e.g. control characters: one message may be refused for it, but never the whole document. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones
const illegible = /[\u0000-\u0008\u000b\u000c\u000d\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

const legible = <T extends Content>(content: T): T => {
  if (typeof content === 'string') return content.replaceAll(illegible, '\ufffd') as T;
  if (typeof content === 'number') return content;
  if (Array.isArray(content)) return content.map((each: string | Element) => legible(each)) as unknown as T;
  return Object.fromEntries(Object.entries(content).map(([name, value]) => [name, legible(value)])) as unknown as T;
};
