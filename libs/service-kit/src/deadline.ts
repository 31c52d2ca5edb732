/** What `fn` answers, or the error of `late` once the time is up. The signal tells `fn` that nobody waits any more. */
export const withDeadline = async <T>(ms: number, fn: (signal: AbortSignal) => Promise<T>, late: () => Error): Promise<T> => {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = late();
      // Rejected before aborting: otherwise the AbortError of `fn` could win the race.
      reject(error);
      controller.abort(error);
    }, ms);
  });
  try {
    return await Promise.race([fn(controller.signal), expiry]);
  } finally {
    clearTimeout(timer);
  }
};
