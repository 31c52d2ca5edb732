import { z } from 'zod';

export const SentenceFacts = z
  .record(z.string(), z.union([z.string(), z.number(), z.array(z.string()).readonly()]))
  .describe(
    'What a sentence tells: money under `…Minor` beside `currency`, moments under `…At` and `…By`; `context` and `count` choose among the sentences',
  );
