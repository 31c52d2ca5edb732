import { any, one, oneOf, optional, type Rule, SchemaViolation, sequence, some, text } from './schema.ts';
import type { XmlElement } from './xml.ts';

/** A message as it stands in the envelope, not yet looked into. */
export interface EnvelopedMessage {
  readonly messageId: string;
  readonly element: XmlElement;
}

export interface Envelope {
  readonly merchantIdentifier: string;
  readonly messageType: string;
  readonly messages: readonly EnvelopedMessage[];
}

/** @throws SchemaViolation: then nothing in it counts. What is wrong inside a message concerns that message alone. */
export const readEnvelope = (root: XmlElement): Envelope => {
  if (root.name !== 'AmazonEnvelope') throw new SchemaViolation(`the root element is '${root.name}', not 'AmazonEnvelope'.`);
  const { Header, MessageType, Message } = envelope(root);
  const ids = new Set(Message.map(({ messageId }) => messageId));
  if (ids.size < Message.length) throw new SchemaViolation('a MessageID is used twice.');
  return { merchantIdentifier: Header.MerchantIdentifier, messageType: MessageType, messages: Message };
};

/** What a message says, by the rule for its content. */
export const readMessage = <T>({ element }: EnvelopedMessage, name: string, content: Rule<T>): T => {
  const contents = sequence({
    MessageID: one(messageId),
    OperationType: optional(oneOf(['Update', 'Delete', 'PartialUpdate'])),
    EffectiveDate: optional(text()),
    [name]: one(content),
  })(element);
  return contents[name] as T;
};

const messageId = text(/^\d{1,20}$/);

const envelope = sequence({
  Header: one(sequence({ DocumentVersion: one(text()), MerchantIdentifier: one(text()) })),
  MarketplaceName: optional(text()),
  MessageType: one(text()),
  PurgeAndReplace: optional(oneOf(['true', 'false'])),
  EffectiveDate: any(text()),
  Message: some((element): EnvelopedMessage => {
    const [first] = element.children;
    if (first?.name !== 'MessageID') throw new SchemaViolation("element 'MessageID' is expected first in 'Message'.");
    return { messageId: messageId(first), element };
  }),
});
