import { AmazonOrderReadable, AmazonOrderUnreadable, accept, type Decision, refuse } from '@orderbus/contracts';

/** An answer of Amazon's that its own model does not allow: kept as it came, sealed, until the order can be read again. */
export interface UnreadableOrder extends UnreadableContent {
  readonly id: string;
  readonly tenant: string;
  readonly version: number;
}

interface UnreadableContent {
  readonly amazonOrderId: string | null;
  readonly contentHash: string;
  readonly sealedRaw: string;
  readonly problems: readonly string[];
  readonly firstSeenAt: string;
  readonly changedAt: string;
  /** Since when it can be read after all. */
  readonly resolvedAt: string | null;
}

export type UnreadableCommand =
  | {
      readonly type: 'keep';
      readonly raw: unknown;
      readonly contentHash: string;
      readonly problems: readonly string[];
      readonly amazonOrderId: string | undefined;
    }
  | { readonly type: 'resolve' };

export interface UnreadableContext {
  readonly now: string;
  readonly seal: (raw: unknown, rawId: string) => string;
}

/** One row per order; reported once per content. */
export const decideUnreadable = (
  known: UnreadableOrder | undefined,
  command: UnreadableCommand,
  { id: rawId }: { readonly id: string },
  { now, seal }: UnreadableContext,
): Decision<UnreadableContent> => {
  if (command.type === 'resolve') {
    if (!known || known.resolvedAt !== null) return refuse('already-done');
    return accept({ ...known, resolvedAt: now }, AmazonOrderReadable.of({ rawId, ...named(known.amazonOrderId) }));
  }
  const { raw, contentHash, problems, amazonOrderId } = command;
  if (known?.contentHash === contentHash && known.resolvedAt === null) return refuse('already-done');
  return accept(
    {
      amazonOrderId: amazonOrderId ?? null,
      contentHash,
      sealedRaw: seal(raw, rawId),
      problems,
      firstSeenAt: known?.firstSeenAt ?? now,
      changedAt: now,
      resolvedAt: null,
    },
    AmazonOrderUnreadable.of({ rawId, ...named(amazonOrderId), problems: [...problems] }),
  );
};

const named = (amazonOrderId: string | null | undefined): { readonly amazonOrderId?: string } => (amazonOrderId ? { amazonOrderId } : {});
