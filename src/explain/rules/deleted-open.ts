/** Files without a name that processes still hold: no tree shows them, and only their end or a truncation frees them. */
import type { DeletedFile, FileHolder } from '../../model/ledger.ts';
import type { Finding } from '../../model/finding.ts';
import { processName } from '../../model/process.ts';
import type { Rule } from './rule.ts';
import { countOf, sizeText } from './wording.ts';

export const deletedOpen: Rule = {
  name: 'deleted-open',
  find: ({ deletedFiles, worthBytes }) => {
    const byHolder = new Map<string, DeletedFile[]>();
    for (const file of deletedFiles) {
      const key = file.holders.map(({ process }) => process.unit ?? process.pid).join(' ');
      const list = byHolder.get(key);
      if (list) list.push(file);
      else byHolder.set(key, [file]);
    }
    return [...byHolder.values()].map(findingOf).filter(({ diskBytes }) => diskBytes >= worthBytes);
  },
};

/** @param files of the same holders, largest first. */
function findingOf(files: readonly DeletedFile[]): Finding {
  const diskBytes = files.reduce((sum, file) => sum + file.diskBytes, 0);
  const [largest] = files;
  const { holders } = largest;
  const open = holders.find(({ descriptors }) => descriptors.length > 0);
  const who = holders.map(({ process }) => `${processName(process)} (pid ${process.pid})`).join(', ');
  const unit = holders.find(({ process }) => process.unit?.endsWith('.service'))?.process.unit;
  return {
    rule: 'deleted-open',
    title: 'deleted, still open',
    diskBytes,
    claimedBytes: diskBytes,
    freeableBytes: diskBytes,
    paths: files.flatMap(({ path }) => path ?? []),
    evidence: [
      `${countOf(files.length, 'file')} without a name, held by ${who}`,
      ...holders.slice(0, MOST_HOLDERS).map(holderText),
    ],
    remedy: {
      text:
        open === undefined
          ? `restart ${unit ?? who}: what is only mapped cannot be truncated`
          : `restart ${unit ?? who}; where it must go on, truncate what it holds`,
      // Only what a descriptor shows can be truncated, and a program that reads it will find it empty.
      command:
        unit === undefined
          ? open && `: > /proc/${open.process.pid}/fd/${open.descriptors[0]}`
          : `systemctl restart ${unit}`,
    },
    risk: 'review',
  };
}

const MOST_HOLDERS = 4;

function holderText({ process, descriptors, mapped }: FileHolder): string {
  const { residentBytes, sharedBytes, virtualBytes } = process;
  const how = [
    ...(descriptors.length > 0 ? [`fd ${descriptors.join(', ')}`] : []),
    ...(mapped ? ['mapped into its memory'] : []),
  ].join(' and ');
  const where =
    process.container === undefined ? process.unit : `container ${process.container.slice(0, 12)}`;
  const memory = `RES ${sizeText(residentBytes)}, SHR ${sizeText(sharedBytes)}, VIRT ${sizeText(virtualBytes)}`;
  return `pid ${process.pid}${where === undefined ? '' : ` of ${where}`}: ${how}; ${memory}`;
}
