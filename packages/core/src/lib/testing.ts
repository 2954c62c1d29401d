/**
 * How much more CPU time `read` takes on text of twice the size, which linear work doubles and quadratic work makes
 * four times as much. The process's CPU time also counts its compiler and collector, so the least of up to ten pairs
 * of readings is given, and what takes under 10 ms counts as 10 ms: choose a size that quadratic work takes far more for.
 */
export function cpuGrowth(read: (text: string) => unknown, make: (size: number) => string, size: number): number {
  const [short, long] = [make(size), make(2 * size)];
  read(short);
  let least = Number.POSITIVE_INFINITY;
  for (let pair = 0; pair < pairs && least > linear; pair++) {
    const before = cpuMs(() => read(short));
    least = Math.min(least, cpuMs(() => read(long)) / before);
  }
  return least;
}

/** The same for what reads asynchronously: nothing else may run in this process meanwhile. */
export async function asyncCpuGrowth(
  read: (text: string) => Promise<unknown>,
  make: (size: number) => string,
  size: number,
): Promise<number> {
  const cpuMsOf = async (text: string) => {
    const before = process.cpuUsage();
    await read(text);
    return msSince(before);
  };
  const [short, long] = [make(size), make(2 * size)];
  await read(short);
  let least = Number.POSITIVE_INFINITY;
  for (let pair = 0; pair < pairs && least > linear; pair++) {
    const before = await cpuMsOf(short);
    least = Math.min(least, (await cpuMsOf(long)) / before);
  }
  return least;
}

const pairs = 10;
const linear = 2.2;

function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  return msSince(before);
}

function msSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return Math.max((user + system) / 1_000, 10);
}
