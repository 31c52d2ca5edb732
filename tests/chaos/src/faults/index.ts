import type { Fault } from '../fault.ts';
import { amazons } from './amazons.ts';
import { crowds } from './crowds.ts';
import { kills } from './kills.ts';
import { messages } from './messages.ts';
import { networks } from './networks.ts';
import { operators } from './operators.ts';
import { processes } from './processes.ts';
import { servers } from './servers.ts';

/** Everything that goes wrong here on purpose. */
export const faults: readonly Fault[] = [...kills, ...servers, ...networks, ...amazons, ...messages, ...processes, ...operators, ...crowds];
