/** The terminal report of `diskwhy [path…]`: the disk, why it is full, when and where it was filled, what could not be read. */
import type { ExplainReport } from '../../../model/explain-report.ts';
import { breakdownLines } from './breakdown.ts';
import { btrfsUsageLines, placeCompressionLines } from './btrfs-usage.ts';
import { displayName } from '../../terminal/escape.ts';
import { filesystemLines } from './filesystem.ts';
import { mountLines } from './mounts.ts';
import { recordedLines } from './recorded.ts';
import { ownerLines } from './owners.ts';
import { problemLines } from './problems.ts';
import { ledgerLines } from './ledger.ts';
import type { Screen } from '../../terminal/screen.ts';
import { sizeOf } from '../../terminal/screen.ts';
import { formatCount, formatSeconds, formatSize } from '../../terminal/size.ts';
import { cutMiddle } from '../../terminal/text-width.ts';
import { largestLines } from './largest-files.ts';
import { saidOf } from '../../words/said-of.ts';
import { treeLines } from './tree.ts';
import { SHOWN_WITH_TIMES, whyLines } from './why.ts';

/** Lines without line ends. */
export function explainLines(report: ExplainReport, screen: Screen): string[] {
  const { roots, scan } = report;
  const sections: string[][] = report.filesystems.map((filesystem) =>
    filesystemLines(filesystem, report, screen),
  );
  sections.push(recordedLines(report, screen), whyLines(report, screen));
  const recent = report.findings
    .filter(({ rule }) => rule === SHOWN_WITH_TIMES)
    // Its first sentence repeats the sums above it.
    .flatMap((finding) => saidOf(finding, report.generatedAt).evidence.slice(1));
  for (const [index, root] of roots.entries())
    sections.push(breakdownLines(root, index === roots.length - 1 ? recent : [], screen));
  sections.push(...report.filesystems.map((filesystem) => ledgerLines(filesystem, screen)));
  sections.push(...report.filesystems.map(({ btrfs }) => btrfsUsageLines(btrfs, screen)));
  for (const root of roots) {
    sections.push(
      placeCompressionLines(root, screen),
      treeLines(root.tree, report.generatedAt, screen),
      mountLines(root.mounts, screen),
      ownerLines(root.owners, root.totals.diskBytes, screen),
    );
  }
  if (roots.length > 1) sections.push([totalLine(report, screen)]);
  sections.push(largestLines(scan.largestFiles, report.generatedAt, screen), problemLines(scan, screen), [
    footer(report, screen),
  ]);
  return sections
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

/** Hard links between roots count once here. */
function totalLine({ scan, roots }: ExplainReport, screen: Screen): string {
  const { diskBytes, apparentBytes, entries } = scan.tree.columns;
  const size = formatSize(
    sizeOf(screen, { diskBytes: diskBytes[0], apparentBytes: apparentBytes[0] }),
    screen.sizes,
  );
  return `${screen.style.bold('TOTAL')}  ${size} in ${formatCount(entries[0])} entries of ${roots.length} paths`;
}

function footer({ scan, contained }: ExplainReport, screen: Screen): string {
  const { entries } = scan.tree.columns;
  const parts = [
    formatSeconds(scan.seconds),
    `${formatCount(entries[0])} ${entries[0] === 1 ? 'entry' : 'entries'}`,
    `${scan.source} source`,
    `${scan.threads} ${scan.threads === 1 ? 'thread' : 'threads'}`,
  ];
  if (scan.excluded > 0) parts.push(`${formatCount(scan.excluded)} excluded`);
  const lines = [parts.join(' · ')];
  for (const { path, countedIn } of contained) {
    const what = path === countedIn ? 'was named twice' : `is counted in ${displayName(countedIn)}`;
    lines.push(cutMiddle(`${displayName(path)} ${what}`, screen.width));
  }
  return lines.map((line) => screen.style.dim(line)).join('\n');
}
