/**
 * How much more CPU time `read` takes on text of twice the size, which linear work doubles and quadratic work makes
 * four times as much. The process's CPU time also counts its compiler and collector, so the least of up to ten pairs
 * of readings is given, and what takes under 2 ms counts as 2 ms.
 */
export function cpuGrowth(read: (text: string) => unknown, make: (size: number) => string, size: number): number {
  const [short, long] = [make(size), make(2 * size)];
  let least = Number.POSITIVE_INFINITY;
  for (let pair = 0; pair < pairs && least > linear; pair++) {
    const before = cpuMs(() => read(short));
    least = Math.min(least, cpuMs(() => read(long)) / before);
  }
  return least;
}

const pairs = 10;
const linear = 2.2;

function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return Math.max((user + system) / 1_000, 2);
}
