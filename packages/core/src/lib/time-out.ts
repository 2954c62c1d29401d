/**
 * What `promise` comes to, or what `onTimeout` gives or throws when that takes longer than `ms`. The timer ends with
 * the promise; what comes of the promise too late is nobody's business here, a rejection too.
 */
export async function withTimeout<T, L>(promise: Promise<T>, ms: number, onTimeout: () => L): Promise<T | L> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    // The race listens to the promise to its end, so that a late rejection counts as handled.
    return await Promise.race([promise, late.then(onTimeout)]);
  } finally {
    clearTimeout(timer);
  }
}
