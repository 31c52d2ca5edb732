import { eventually } from '@orderbus/testkit';
import type { GatewayHarness } from './gateway-harness.ts';

/** Lets something go wrong at Amazon, and answers with how to end it. */
export const fault = async (
  { sandbox }: Pick<GatewayHarness, 'sandbox'>,
  kind: string,
  details: object = {},
): Promise<() => Promise<void>> => {
  const response = await fetch(`${sandbox.url}/sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind, ...details }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`sandbox: ${text}`);
  const { id } = JSON.parse(text) as { id: string };
  return async () => void (await fetch(`${sandbox.url}/sandbox/faults/${id}`, { method: 'DELETE' }));
};

/** A pass from beginning to end, whatever comes of it. */
export const readOnce = async ({ service }: GatewayHarness): Promise<void> => {
  const cursor = async () => {
    const sql = 'select fence, lease_owner as owner from sync_cursor';
    const [row] = await service.app.database.query<{ fence: number; owner: string | null }>(sql);
    return row ?? { fence: 0, owner: null };
  };
  const before = await cursor();
  await eventually(async () => {
    const { body } = await service.send('POST', '/stores/na/sync');
    if (body.state !== 'started') throw new Error(JSON.stringify(body));
  });
  await eventually(async () => {
    const { fence, owner } = await cursor();
    if (fence === before.fence || owner !== null) throw new Error('the pass has not ended');
  });
};

/** When a test needs orders that were created some time ago. */
export const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();

export const hourMs = 3_600_000;
export const dayMs = 86_400_000;
