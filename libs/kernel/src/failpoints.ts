import { writeSync } from 'node:fs';

/**
 * Places in the libraries and services where a crash hurts most. A process that is told to dies there, as the kernel kills one when memory is
 * short: nothing is finished, nobody is told. For `npm run chaos`; without a setting they do nothing, and in production there is no setting.
 */
export const failpoints = [
  'before_tx',
  'in_tx',
  'after_commit_before_ack',
  'after_publish_before_delete',
  'before_page_commit',
  'after_page_commit',
  'after_amazon_call_before_commit',
] as const;
export type Failpoint = (typeof failpoints)[number];

/** Rules that can be broken, so that whoever watches over them is seen to notice. For `npm run chaos`, like the failpoints. */
export const sabotages = ['inbox_off', 'ack_before_commit', 'cursor_early', 'retry_blindly'] as const;
export type Sabotage = (typeof sabotages)[number];

/** Where to die, and how often to come by there first. */
export interface ArmedFailpoint {
  readonly point: Failpoint;
  /** 1: the first time. */
  readonly nth: number;
}

let armed: ArmedFailpoint | undefined;
let passed = 0;
let broken: readonly Sabotage[] = [];

export const armFailpoint = (failpoint: ArmedFailpoint | undefined): void => {
  armed = failpoint;
  passed = 0;
};

export const breakRules = (rules: readonly Sabotage[]): void => {
  broken = rules;
};

/** Is this rule to be broken? */
export const isBroken = (rule: Sabotage): boolean => broken.includes(rule);

/** The process ends here, if this is where it was told to. What it says goes out before it is gone. */
export const failpoint = (point: Failpoint): void => {
  if (armed?.point !== point) return;
  passed += 1;
  if (passed !== armed.nth) return;
  writeSync(2, `failpoint ${point} reached\n`);
  process.kill(process.pid, 'SIGKILL');
};
