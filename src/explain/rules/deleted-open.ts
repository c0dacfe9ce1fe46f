/** Files without a name that processes still hold: no tree shows them, and only their end or a truncation frees them. */
import type { Action, Descriptor, Holder } from '../../model/action.ts';
import { baseName, fromText } from '../../model/byte-string.ts';
import type { DeletedOpenFacts } from '../../model/findings/deleted-open.ts';
import type { DeletedFile, FileHolder } from '../../model/ledger.ts';
import type { Proposal } from '../../model/finding.ts';
import type { ProcessIdentity } from '../../model/process.ts';
import { holdsLogText, isLastCopy, isScratch, LAST_COPY_BYTES } from '../../remedies/remedies.ts';
import { descriptorStart } from '../../system/processes/descriptors-of.ts';
import type { Rule } from '../claims/rule.ts';

export const deletedOpen: Rule = {
  name: 'deleted-open',
  find: ({ deletedFiles, worthBytes }) => {
    const byHolder = Map.groupBy(deletedFiles, ({ holders }) =>
      holders.map(({ process }) => process.pid).join(' '),
    );
    return [...byHolder.values()].map(proposalOf).filter(({ diskBytes }) => diskBytes >= worthBytes);
  },
};

/** More are in the JSON of the ledger. */
const MOST_COMMANDS = 3;

/** @param files of the same holders, largest first. */
function proposalOf(files: readonly DeletedFile[]): Proposal {
  const diskBytes = files.reduce((sum, file) => sum + file.diskBytes, 0);
  const [{ holders }] = files;
  const isMapped = files.some((file) => file.holders.some(({ mapped }) => mapped));
  const content = contentOf(files);
  return {
    rule: 'deleted-open',
    files: files.length,
    holders,
    lastWrittenAt: Math.max(...files.map(({ modifiedAt }) => modifiedAt)),
    isMapped,
    content,
    diskBytes,
    claimedBytes: diskBytes,
    freeableBytes: content === 'last-copy' ? 0 : diskBytes,
    paths: files.flatMap(({ path }) => path ?? []),
    actions: actionsFor(files, { content, isMapped }),
    risk: content === 'log' || content === 'other' ? 'review' : 'never',
  };
}

function contentOf(files: readonly DeletedFile[]): DeletedOpenFacts['content'] {
  const isPrecious = files.some(({ path, holders }) => {
    const commands = holders.map(({ process }) => process.command);
    const shown = descriptorsOf({ holders }).at(0);
    const start = shown && descriptorStart(shown.pid, shown.descriptor, LAST_COPY_BYTES);
    return isLastCopy(path, start, commands);
  });
  if (isPrecious) return 'last-copy';
  if (files.some(({ path }) => path !== undefined && isScratch(path))) return 'scratch';
  return files.slice(0, MOST_COMMANDS).some(isLog) ? 'log' : 'other';
}

function isLog(file: DeletedFile): boolean {
  return descriptorsOf(file).some(({ pid, descriptor }) => holdsLogText(pid, descriptor));
}

/** What a program runs from or has mapped must not be truncated: the next access would kill it. */
function actionsFor(
  files: readonly DeletedFile[],
  { content, isMapped }: Pick<DeletedOpenFacts, 'content' | 'isMapped'>,
): Action[] {
  const diskBytes = files.reduce((sum, file) => sum + file.diskBytes, 0);
  const [{ holders }] = files;
  if (content === 'last-copy') return files.slice(0, MOST_COMMANDS).flatMap(saving);
  const restart: Action[] = holdersToRestart(holders).map((holder) => ({
    kind: 'restart-holder',
    holder,
    frees: { bytes: diskBytes, certainty: 'at-least' },
    loses: 'uptime',
    risk: 'review',
    needs: { root: true },
  }));
  if (content !== 'log' || isMapped) return restart;
  const descriptors = files.slice(0, MOST_COMMANDS).filter(isLog).flatMap(holderDescriptor);
  const emptied = descriptors.reduce((sum, one) => sum + one.diskBytes, 0);
  return [
    ...restart,
    {
      kind: 'empty-descriptor',
      descriptors,
      frees: { bytes: emptied, certainty: 'exact' },
      loses: 'content',
      risk: 'review',
    },
  ];
}

function saving(file: DeletedFile): Action[] {
  return holderDescriptor(file).map((descriptor) => ({
    kind: 'save-descriptor',
    descriptor,
    name: file.path === undefined ? fromText(`fd-${descriptor.descriptor}`) : baseName(file.path),
    frees: { bytes: 0, certainty: 'exact' },
    loses: 'nothing',
    risk: 'review',
    needs: { otherDisk: true },
  }));
}

/** The one service that holds it; where several do, or none is known, a person has to see. */
function holdersToRestart(holders: readonly FileHolder[]): Holder[] {
  const known = holders.map(({ process }) => serviceOf(process));
  const [one] = known;
  const isSame = known.every((holder) => holder !== undefined && holder.name === one?.name);
  return one !== undefined && isSame ? [one] : [];
}

function serviceOf({ unit, container }: ProcessIdentity): Exclude<Holder, { what: 'process' }> | undefined {
  if (container !== undefined && /^[0-9a-f]{64}$/u.test(container))
    return { what: 'container', name: container.slice(0, 12), engine: 'docker' };
  return unit?.endsWith('.service') === true && !unit.startsWith('user@')
    ? { what: 'unit', name: unit }
    : undefined;
}

function holderDescriptor(file: DeletedFile): Descriptor[] {
  return descriptorsOf(file).map((one) => ({ ...one, id: file.id, diskBytes: file.diskBytes }));
}

/** The first descriptor that shows the file: one is enough. */
function descriptorsOf({ holders }: Pick<DeletedFile, 'holders'>): Pick<Descriptor, 'pid' | 'descriptor'>[] {
  const holder = holders.find(({ descriptors }) => descriptors.length > 0);
  return holder === undefined ? [] : [{ pid: holder.process.pid, descriptor: holder.descriptors[0] }];
}
