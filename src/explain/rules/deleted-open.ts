/** Files without a name that processes still hold: no tree shows them, and only their end or a truncation frees them. */
import { ageText } from '../../model/age.ts';
import type { DeletedFile, FileHolder } from '../../model/ledger.ts';
import type { Finding, Remedy } from '../../model/finding.ts';
import { processName } from '../../model/process.ts';
import type { ProcessIdentity } from '../../model/process.ts';
import { sizeText } from '../../model/size.ts';
import type { Rule } from './rule.ts';
import { countOf } from './wording.ts';

export const deletedOpen: Rule = {
  name: 'deleted-open',
  find: ({ deletedFiles, nowSeconds, worthBytes }) => {
    const byHolder = new Map<string, DeletedFile[]>();
    for (const file of deletedFiles) {
      const key = file.holders.map(({ process }) => process.pid).join(' ');
      const list = byHolder.get(key);
      if (list) list.push(file);
      else byHolder.set(key, [file]);
    }
    return [...byHolder.values()]
      .map((files) => findingOf(files, nowSeconds))
      .filter(({ diskBytes }) => diskBytes >= worthBytes);
  },
};

/** More are in the JSON of the ledger. */
const MOST_HOLDERS = 4;
const MOST_COMMANDS = 3;

/** @param files of the same holders, largest first. */
function findingOf(files: readonly DeletedFile[], nowSeconds: number): Finding {
  const diskBytes = files.reduce((sum, file) => sum + file.diskBytes, 0);
  const [{ holders }] = files;
  const written = Math.max(...files.map(({ modifiedAt }) => modifiedAt));
  const who = holders
    .slice(0, MOST_HOLDERS)
    .map(({ process }) => `${processName(process)} (pid ${process.pid})`);
  return {
    rule: 'deleted-open',
    title: 'deleted, still open',
    diskBytes,
    claimedBytes: diskBytes,
    freeableBytes: diskBytes,
    paths: files.flatMap(({ path }) => path ?? []),
    evidence: [
      `${countOf(files.length, 'file')} without a name, held by ${who.join(', ')}; last written ${ageText(nowSeconds - written)} ago`,
      ...holders.slice(0, MOST_HOLDERS).map(holderText),
    ],
    remedy: remedyOf(files, holders, who.join(', ')),
    risk: 'review',
  };
}

/** What a program runs from or has mapped must not be truncated: the next access would kill it. */
function remedyOf(files: readonly DeletedFile[], holders: readonly FileHolder[], who: string): Remedy {
  const services = new Set(holders.map(({ process }) => serviceOf(process)));
  const [service] = services;
  if (services.size === 1 && service !== undefined)
    return { text: `restart ${service.name}, which holds it`, command: service.restart };
  const isMapped = files.some((file) => file.holders.some(({ mapped }) => mapped));
  if (isMapped)
    return { text: `restart ${who}: it is mapped, so it cannot be truncated safely`, command: undefined };
  const commands = files.slice(0, MOST_COMMANDS).flatMap((file) => truncation(file) ?? []);
  return {
    text: `restart ${who}; where it must go on, empty what it holds: its content is lost`,
    command: commands.length > 0 ? commands.join('; ') : undefined,
  };
}

function serviceOf({ unit, container }: ProcessIdentity): { name: string; restart: string } | undefined {
  if (container !== undefined && /^[0-9a-f]{64}$/u.test(container)) {
    const name = container.slice(0, 12);
    return { name: `container ${name}`, restart: `docker restart ${name}` };
  }
  return unit?.endsWith('.service') === true && !unit.startsWith('user@')
    ? { name: unit, restart: `systemctl restart ${unit}` }
    : undefined;
}

function truncation({ holders }: DeletedFile): string | undefined {
  const holder = holders.find(({ descriptors }) => descriptors.length > 0);
  return holder && `: > /proc/${holder.process.pid}/fd/${holder.descriptors[0]}`;
}

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
