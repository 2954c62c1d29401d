/**
 * How much more CPU time `read` takes on text of twice the size: the least of several runs at 2n by the least at n.
 * Linear work gives about 2, quadratic work about 4. Work below a millisecond counts as a millisecond, so that noise
 * is no growth.
 */
export function cpuGrowth(read: (text: string) => unknown, make: (size: number) => string, size: number): number {
  const short = make(size);
  const long = make(2 * size);
  return leastCpuMs(() => read(long)) / leastCpuMs(() => read(short));
}

const runs = 5;

function leastCpuMs(work: () => unknown): number {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
  }
  return Math.max(least, 1);
}
