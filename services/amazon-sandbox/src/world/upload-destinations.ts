import { createHash, randomUUID } from 'node:crypto';

/** A place for one file that a message is going to carry. */
export interface UploadDestination {
  readonly destinationId: string;
  readonly sellerId: string;
  /** The operation that it is for: the path of the message. */
  readonly resource: string;
  /** As it was announced: the file has to have it. */
  readonly contentMd5: string;
  readonly expiresAt: number;
  readonly bytes?: number;
}

export const uploadLifetimeMs = 15 * 60_000;
/** A file that no message has taken is forgotten. */
const keptMs = 86_400_000;

/** The files that wait for their message. They do not outlive a restart: Amazon forgets them, too. */
export class UploadDestinations {
  readonly #destinations = new Map<string, UploadDestination>();

  create(sellerId: string, resource: string, contentMd5: string, now: number): UploadDestination {
    for (const { destinationId, expiresAt } of this.#destinations.values()) if (expiresAt <= now) this.#destinations.delete(destinationId);
    const destination = { destinationId: randomUUID(), sellerId, resource, contentMd5, expiresAt: now + keptMs };
    this.#destinations.set(destination.destinationId, destination);
    return destination;
  }

  find(destinationId: string, now: number): UploadDestination | undefined {
    const destination = this.#destinations.get(destinationId);
    return destination && destination.expiresAt > now ? destination : undefined;
  }

  /** Says whether the file is the announced one. */
  upload(destination: UploadDestination, file: Buffer): boolean {
    if (createHash('md5').update(file).digest('base64') !== destination.contentMd5) return false;
    this.#destinations.set(destination.destinationId, { ...destination, bytes: file.length });
    return true;
  }

  reset(): void {
    this.#destinations.clear();
  }
}
