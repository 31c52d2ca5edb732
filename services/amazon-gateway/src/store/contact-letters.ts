import type { Database, Item, Outcome, Target, Transaction } from '@orderbus/outbox';
import type { KeyRing } from '@orderbus/service-kit';
import type { Step } from '../domain/command.ts';
import type { ContactData } from '../domain/write-request.ts';

/** What is said to a buyer: it may name him, so it is sealed, and it is forgotten. */
export interface Letter {
  readonly text?: string;
  readonly files: readonly { readonly attachmentId: string; readonly fileName: string }[];
}

/** Somebody wants something to be said. The key is the command's id. */
export interface AskContact {
  readonly data: ContactData;
  readonly letter: Letter;
}

/** For what each row is sealed. */
export const letterContext = (commandId: string): string => `letter:${commandId}`;

/**
 * Puts the wish into the ledger and the words beside it, in one transaction. The buyer of the order may be forgotten at this moment: then the
 * words are not kept, and without them nothing is sent.
 */
export const contactRequests = (ledger: Target<Step>, sealer: KeyRing): Target<AskContact> => ({
  name: 'contact-requests',
  run: async (tx, items) => {
    const outcomes = await ledger.run(
      tx,
      items.map((item) => ({ ...item, command: { type: 'request', ask: { kind: 'contact', data: item.command.data } } as const })),
    );
    await keep(tx, sealer, wanted(items, outcomes));
    return outcomes;
  },
});

/** Also of what is in the ledger already: it may have failed, be sent again, and have lost its words since. */
const wanted = (items: readonly Item<AskContact>[], outcomes: readonly Outcome[]): readonly Item<AskContact>[] =>
  items.filter((_, n) => {
    const outcome = outcomes[n] as Outcome;
    return 'events' in outcome || outcome.refused === 'already-done';
  });

/** The ledger has locked the orders: who forgets a buyer is through before, or comes after. */
const keep = async (tx: Transaction, sealer: KeyRing, items: readonly Item<AskContact>[]): Promise<void> => {
  await tx.query(
    `insert into contact_letter (id, tenant, order_id, sealed_letter, written_at)
     select c.id, c.tenant, c.order_id, u.sealed, clock_timestamp()
     from unnest($1::uuid[], $2::text[]) as u(id, sealed)
     join amazon_command c on c.id = u.id and c.state in ('pending', 'failed')
     join amazon_order o on o.id = c.order_id and o.buyer_purged_at is null
     on conflict (id) do nothing`,
    [items.map(({ key }) => key), items.map(({ key, command }) => sealer.seal(command.letter, letterContext(key)))],
  );
};

export const findLetter = async (database: Database, sealer: KeyRing, commandId: string): Promise<Letter | undefined> => {
  const [row] = await database.query<{ sealed: string }>('select sealed_letter as sealed from contact_letter where id = $1', [commandId]);
  return row && (sealer.open(row.sealed, letterContext(commandId)) as Letter);
};

/** Forgets what has been kept long enough since it came to its end; and files that were uploaded before, which nothing can need any more. */
export const purgeLetters = async (database: Database, before: Date): Promise<void> => {
  await database.query(
    `delete from contact_letter l using amazon_command c
     where l.written_at < $1 and c.id = l.id and c.state in ('done', 'failed') and c.settled_at < $1`,
    [before.toISOString()],
  );
  await database.query(
    `delete from contact_attachment a where a.uploaded_at < $1 and not exists (
       select 1 from contact_letter l join amazon_command c on c.id = l.id where l.order_id = a.order_id and c.state not in ('done', 'failed'))`,
    [before.toISOString()],
  );
};
