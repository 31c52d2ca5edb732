import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { FeedDocument } from './feed.ts';
import type { Keeper } from './keeper.ts';

const dayMs = 86_400_000;
const inputLifetimeMs = 2 * dayMs;
const reportLifetimeMs = 28 * dayMs;

/** The documents of feeds, until they expire. */
export class FeedDocuments {
  readonly #keeper: Keeper;
  readonly #documents = new Map<string, FeedDocument>();

  constructor(keeper: Keeper) {
    this.#keeper = keeper;
  }

  create(sellerId: string, contentType: string, now: number): FeedDocument {
    this.#dropExpired(now);
    return this.#save({ documentId: newId(), sellerId, contentType, createdAt: now, expiresAt: now + inputLifetimeMs });
  }

  createReport(sellerId: string, text: string, compressed: boolean, now: number): FeedDocument {
    const bytes = compressed ? gzipSync(text) : Buffer.from(text);
    return this.#save({
      documentId: newId(),
      sellerId,
      contentType: 'text/xml; charset=UTF-8',
      createdAt: now,
      expiresAt: now + reportLifetimeMs,
      content: bytes.toString('base64'),
      ...(compressed && { compression: 'GZIP' }),
    });
  }

  /** What is uploaded last counts. */
  upload(document: FeedDocument, bytes: Buffer): void {
    this.#save({ ...document, content: bytes.toString('base64') });
  }

  find(documentId: string, now: number): FeedDocument | undefined {
    const document = this.#documents.get(documentId);
    return document && document.expiresAt > now ? document : undefined;
  }

  resume(documents: readonly FeedDocument[]): void {
    for (const document of documents) this.#documents.set(document.documentId, document);
  }

  reset(): void {
    this.#documents.clear();
  }

  #save(document: FeedDocument): FeedDocument {
    this.#documents.set(document.documentId, document);
    this.#keeper.keep({ document });
    return document;
  }

  #dropExpired(now: number): void {
    for (const { documentId, expiresAt } of this.#documents.values()) {
      if (expiresAt > now) continue;
      this.#documents.delete(documentId);
      this.#keeper.drop(documentId);
    }
  }
}

const newId = (): string => `amzn1.tortuga.4.sandbox.${randomUUID()}`;
