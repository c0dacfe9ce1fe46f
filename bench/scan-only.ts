/** The scan without command line and report, for bench.ts: what a report costs on top is measured against this. */
import { planBoundaries, resolveRoot, scan, visibleMounts } from '../src/scan/scan.ts';
import { readMounts } from '../src/system/mounts/mounts.ts';
import { fromText } from '../src/model/byte-string.ts';

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
