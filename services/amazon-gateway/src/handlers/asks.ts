import type { Event } from '@orderbus/contracts';
import type { Reaction } from '@orderbus/outbox';
import type { Step } from '../domain/command.ts';
import { commandIdOf } from '../domain/decide-command.ts';
import type { Ask } from '../domain/write-request.ts';

/** The event asks for a write of this kind: its data says all about it. The same wish is the same command, however often it comes. */
export const asks = <Kind extends Ask['kind']>(kind: Kind): Reaction<DataOf<Kind>, Step> => {
  const askOf = (data: DataOf<Kind>) => ({ kind, data }) as Ask;
  return {
    key: ({ tenant, data }: Event<DataOf<Kind>>) => commandIdOf(tenant, askOf(data)),
    command: ({ data }) => ({ type: 'request', ask: askOf(data) }),
  };
};

type DataOf<Kind extends Ask['kind']> = Extract<Ask, { kind: Kind }>['data'];
