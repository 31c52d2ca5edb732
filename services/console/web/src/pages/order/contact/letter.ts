import { done, gateway } from '../../../api/services.ts';
import type { Contact } from './contacts.ts';
import { hasLink, type Letter } from './fault.ts';

export const fileTypes = ['application/pdf', 'image/png', 'image/jpeg', 'text/plain'] as const;

/** Uploads its files, and has Amazon say it. */
export const send = async (orderId: string, { contact, text }: Contact, letter: Letter, language: string, key: string): Promise<void> => {
  const attachments = await Promise.all(letter.files.map((file) => upload(orderId, file)));
  await done(
    gateway.POST('/orders/{orderId}/contacts', {
      params: { path: { orderId }, header: { 'Idempotency-Key': key } },
      body: {
        contact,
        ...(text ? { text: letter.text.trim(), language } : {}),
        ...(text && hasLink(letter.text) ? { linksAreOnTopic: letter.linksAreOnTopic } : {}),
        ...(attachments.length > 0 ? { attachments } : {}),
        ...(contact === 'warranty' ? { coverage: coverageOf(letter) } : {}),
        ...(contact === 'invoice' && letter.documentId ? { documentId: letter.documentId } : {}),
      },
    }),
  );
};

const upload = async (orderId: string, file: File): Promise<{ readonly attachmentId: string; readonly fileName: string }> => {
  const { attachmentId } = await done(
    gateway.POST('/orders/{orderId}/contact-attachments', {
      params: { path: { orderId } },
      headers: { 'content-type': file.type },
      body: file as never,
      bodySerializer: (body) => body as never,
    }),
  );
  return { attachmentId, fileName: file.name };
};

const coverageOf = ({ from, until }: Letter) => ({
  ...(from === '' ? {} : { from: new Date(from).toISOString() }),
  ...(until === '' ? {} : { until: new Date(until).toISOString() }),
});
