/**
 * `npm run bench`: diskwhy beside the floor and every peer on the PATH, in one run, against the promises of the design.
 *
 *   npm run bench -- [small] [million] [flat] [huge] [cold] [ext4] [xfs] [btrfs] [--runs N] [--folder DIR]
 */
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { filesystems, mountImage } from './images.ts';
import { measure } from './measure.ts';
import type { Timing } from './measure.ts';
import { bulk, bundleScanOnly, compileFloor, peersHere, report, version, walk } from './programs.ts';
import type { Program } from './programs.ts';
import { provideTree, SHAPES } from './trees.ts';

/** What a row must keep to, as ratios (DESIGN §6). */
const promises = {
  small: { du: 0.7, floor: 1.6 },
  million: { du: 0.62, floor: 1.35 },
  flat: { du: 0.7, floor: undefined },
  huge: { du: 0.62, floor: 1.35 },
  cold: { du: 0.5, floor: undefined },
} as const;
/** A whole filesystem read in bulk ÷ du, warm and cold. */
const bulkPromises = {
  ext4: { warm: 0.25, cold: 0.1 },
  xfs: { warm: 0.6, cold: 0.5 },
  btrfs: { warm: 0.5, cold: 0.4 },
} as const;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '7' },
    folder: { type: 'string', default: path.join(tmpdir(), 'diskwhy-bench') },
  },
});
const runs = Number(values.runs);
const wanted =
  positionals.length > 0 ? positionals : ['small', 'million', 'flat', 'cold', 'report', 'version'];
const floor = compileFloor();
const programs: Program[] = [walk, ...(floor ? [floor] : []), ...peersHere()];
const verdicts: string[] = [];

for (const key of ['small', 'million', 'flat', 'huge'] as const) {
  if (!wanted.includes(key)) continue;
  const timings = measure(programs, provideTree(key, values.folder), runs, false);
  printTable(`${SHAPES[key].name}, warm`, timings);
  judge(key, timings);
  judgeMemory(SHAPES[key].files + SHAPES[key].directories, timings[0]);
}
if (wanted.includes('cold')) {
  try {
    const timings = measure(programs, provideTree('small', values.folder), Math.min(runs, 3), true);
    printTable(`${SHAPES.small.name}, cold`, timings);
    judge('cold', timings);
  } catch (error) {
    console.log(`cold: not measured (${error instanceof Error ? error.message : String(error)})`);
  }
}
for (const filesystem of filesystems) {
  if (!wanted.includes(filesystem)) continue;
  try {
    using image = mountImage(filesystem, values.folder);
    for (const state of ['warm', 'cold'] as const) {
      const isCold = state === 'cold';
      const timings = measure(
        [bulk, ...programs],
        image.mountPoint,
        isCold ? Math.min(runs, 3) : runs,
        isCold,
      );
      printTable(`${filesystem}, ${SHAPES.medium.name}, ${state}`, timings);
      const du = timings.find(({ name }) => name === 'du')!;
      const ratio = timings[0].medianMs / du.medianMs;
      verdict(`${filesystem} in bulk ÷ du, ${state}`, ratio, bulkPromises[filesystem][state]);
    }
  } catch (error) {
    console.log(`${filesystem}: not measured (${error instanceof Error ? error.message : String(error)})`);
  }
}
if (wanted.includes('report')) {
  const scanOnly = await bundleScanOnly(path.join(import.meta.dirname, '../dist/bench'));
  const timings = measure([report, scanOnly], provideTree('small', values.folder), runs, false);
  printTable('the full report beside its own scan', timings);
  verdict('full report ÷ scan', timings[0].medianMs / timings[1].medianMs, 1.15);
}
if (wanted.includes('version')) {
  const timings = measure([version], values.folder, runs, false);
  printTable('start', timings);
  verdict('--version, ms', timings[0].medianMs, 120);
}
console.log(`\n${verdicts.join('\n')}`);

function judge(key: keyof typeof promises, timings: readonly Timing[]): void {
  const own = timings[0].medianMs;
  const du = timings.find(({ name }) => name === 'du');
  const physical = timings.find(({ name }) => name.startsWith('floor'));
  if (du) verdict(`${key}: diskwhy ÷ du`, own / du.medianMs, promises[key].du);
  if (physical && promises[key].floor !== undefined) {
    verdict(`${key}: diskwhy ÷ floor`, own / physical.medianMs, promises[key].floor);
  }
}

function judgeMemory(entries: number, { peakMb }: Timing): void {
  if (peakMb !== undefined) verdict(`memory for ${entries} entries, MB`, peakMb, 120 + (60 * entries) / 1e6);
}

function verdict(what: string, value: number, most: number): void {
  verdicts.push(`${value <= most ? 'met   ' : 'MISSED'}  ${what}: ${value.toFixed(2)} (at most ${most})`);
}

function printTable(title: string, timings: readonly Timing[]): void {
  const own = timings[0].medianMs;
  console.log(`\n${title} (${runs} interleaved runs)`);
  console.log('program             median      min      max   peak RSS   diskwhy is');
  for (const { name, medianMs, minMs, maxMs, peakMb } of timings) {
    const [middle, least, most] = [medianMs, minMs, maxMs].map((ms) => `${ms.toFixed(0)} ms`.padStart(9));
    const memory = peakMb === undefined ? '–' : `${peakMb.toFixed(0)} MB`;
    console.log(
      `${name.padEnd(16)} ${middle}${least}${most} ${memory.padStart(10)}   ${(own / medianMs).toFixed(2)} ×`,
    );
  }
}
