import { type ArmedFailpoint, type Failpoint, failpoints, sabotages } from '@orderbus/kernel';
import { z } from 'zod';
import { list } from '../config.ts';

/** Nobody crashes a shop on purpose: a process that says that it is in production does not start with these. */
const notInProduction = <T>(schema: z.ZodType<T>) =>
  schema
    .refine(
      // biome-ignore lint/style/noProcessEnv: it is no setting of this service, but where all of Node says that it is in production
      () => process.env.NODE_ENV !== 'production',
      'It is for tests of crashes, and refused in production',
    )
    .optional();

const isFailpoint = (name: string): name is Failpoint => (failpoints as readonly string[]).includes(name);

/** What `npm run chaos` sets, and nobody else. */
export const crashSettings = {
  /** Where to die, e.g. `in_tx`, or `in_tx:3` for the third time there. */
  FAILPOINT: notInProduction(
    z.string().transform((text, ctx): ArmedFailpoint => {
      const [, point = '', nth = '1'] = /^([a-z_]+)(?::([1-9]\d*))?$/.exec(text) ?? [];
      if (isFailpoint(point)) return { point, nth: Number(nth) };
      ctx.issues.push({ code: 'custom', message: `Invalid failpoint: expected one of ${failpoints.join(', ')}, or in_tx:3`, input: text });
      return z.NEVER;
    }),
  ),
  /** Rules to break, comma separated. */
  SABOTAGE: notInProduction(list().pipe(z.array(z.enum(sabotages)))),
};
