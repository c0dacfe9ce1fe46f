// The scan without command line and report, for bench.ts: what a report costs on top is measured against this.
import { fromText } from '../dist/model/byte-string.js';
import { warmUp } from '../dist/scan/crew/warm-up.js';

warmUp(1);
const { planBoundaries, resolveRoot, scan, visibleMounts } = await import('../dist/scan/scan.js');
const { readMounts } = await import('../dist/system/mounts/mounts.js');
const mounts = visibleMounts(readMounts());
const roots = [resolveRoot(fromText(process.argv[2]), mounts)];
const result = await scan({
  roots,
  boundaries: planBoundaries(mounts, roots, false),
  source: 'auto',
  threads: undefined,
  exclude: [],
  largestCount: 1000,
  rankByApparent: false,
  nowSeconds: Date.now() / 1000,
});
process.stdout.write(`${result.roots[0].totals.diskBytes}\n`);
