/**
 * A run ends with its report, or says why it has none: somebody has ended it, something was thrown that nobody caught, or nothing was left that
 * could still happen. What was started ends with us in any case. Answers with how to end well.
 */
export const neverInSilence = (brokenOff: (why: string) => void): ((code: number) => never) => {
  let why: string | undefined = 'nothing was left to wait for';
  const give = (words: string): never => {
    why = words;
    process.exit(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => give(signal));
  process.once('uncaughtException', (error) => give(error.stack ?? String(error)));
  process.once('unhandledRejection', (reason) => give(`unhandled: ${Error.isError(reason) ? reason.stack : reason}`));
  process.once('exit', () => {
    if (why === undefined) return;
    process.exitCode = 1;
    brokenOff(why);
  });
  return (code) => {
    why = undefined;
    process.exit(code);
  };
};
