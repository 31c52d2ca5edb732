import { createHash } from 'node:crypto';
import { signingAt, signingKeys } from '@orderbus/access';
import { serviceSettings } from '@orderbus/service-kit';
import { z } from 'zod';
import { check } from '../check.ts';
import { type Finding, right, worrying, wrong } from '../finding.ts';
import { readableOne, settingOf, type Visit } from '../visit.ts';

export interface TokenFacts {
  /** Since when the key signs that signs now. Absent: none does. `unseen`: the schema of access cannot be read from here. */
  readonly signsSince?: string | undefined;
  readonly unseen: boolean;
  readonly now: string;
  /** Of each service but access: is what it proves itself with what access knows of it? Absent: one of both is not to be seen from here. */
  readonly callers: readonly { readonly service: string; readonly isKnown?: boolean }[];
}

const oldDays = 100;

export const judgeTokens = ({ signsSince, unseen, now, callers }: TokenFacts): Finding[] => {
  const findings: Finding[] = [];
  const days = signsSince === undefined ? 0 : (Date.parse(now) - Date.parse(signsSince)) / 86_400_000;
  if (!unseen && signsSince === undefined)
    findings.push(wrong('access', 'no key signs tokens: nobody is let in', 'Start access: it makes one'));
  else if (days > oldDays)
    findings.push(
      worrying('access', `the key that signs tokens has been signing for ${Math.floor(days)} days`, 'docs/runbooks/rotate-token-keys.md'),
    );
  else if (!unseen) findings.push(right('access', `tokens are signed, with a key of ${Math.floor(days)} days ago`));
  for (const { service, isKnown } of callers)
    if (isKnown === false)
      findings.push(
        wrong(
          service,
          'its SERVICE_SECRET is not the one that access knows: access does not believe it',
          'Run setup, and restart access and this service with what it leaves',
        ),
      );
  const known = callers.filter(({ isKnown }) => isKnown).length;
  if (known > 0) findings.push(right('services', `${known} are known to access by their secrets`));
  return findings;
};

const look = async (visit: Visit): Promise<TokenFacts> => {
  const { patients } = visit.place;
  const access = readableOne(visit, 'access');
  const now = visit.clock.now();
  const keys = access ? await signingKeys(access.database) : [];
  const list = patients.find(({ resident }) => resident.name === 'access')?.environment ?? {};
  const known = settingOf(list, 'SERVICE_SECRETS', z.string())?.split(',');
  return {
    signsSince: signingAt(
      keys.map((key) => ({ ...key, signsFrom: isoOf(key.signsFrom), createdAt: isoOf(key.createdAt) })),
      now,
    )?.signsFrom,
    unseen: access === undefined,
    now: now.toISOString(),
    callers: patients
      .filter(({ resident }) => resident.name !== 'access')
      .map(({ resident: { name }, environment }) => {
        const secret = settingOf(environment, 'SERVICE_SECRET', serviceSettings.SERVICE_SECRET);
        if (!known || !secret) return { service: name };
        return { service: name, isKnown: known.includes(`${name}:${createHash('sha256').update(secret).digest('hex')}`) };
      }),
  };
};

const isoOf = (time: unknown): string => new Date(time as string).toISOString();

export const tokens = check('tokens', look, judgeTokens);
