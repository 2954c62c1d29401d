/** Whoever asks while a reading runs shares it: the gauges of one answer are asked together. */
export function sharedReading<T>(read: () => Promise<T>): () => Promise<T> {
  let shared: Promise<T> | null = null;
  return () => {
    shared ??= read().finally(() => {
      shared = null;
    });
    return shared;
  };
}
