/** Deleted, still open: who holds it, and why it is saved, emptied or left. */
import { ageText } from '../../../model/age.ts';
import type { FileHolder } from '../../../model/ledger.ts';
import type { Holder } from '../../../model/action.ts';
import { sizeText } from '../../../model/size.ts';
import { countOf } from '../phrases.ts';
import { processWord } from '../processes.ts';
import type { FindingWords } from './finding-words.ts';

/** More are in the JSON of the ledger. */
const MOST_HOLDERS = 4;

export const deletedOpenWords: FindingWords<'deleted-open'> = {
  title: () => 'deleted, still open',
  evidence: ({ files, holders, lastWrittenAt }, nowSeconds) => [
    `${countOf(files, 'file')} without a name, held by ${who(holders)}; last written ${ageText(nowSeconds - lastWrittenAt)} ago`,
    ...holders.slice(0, MOST_HOLDERS).map(holderText),
  ],
  advice: ({ holders, isMapped, content, remedies }) => {
    if (content === 'last-copy')
      return `this may be the only copy: do not stop ${who(holders)}; pause what writes it, then copy it to another disk through its descriptor`;
    if (content === 'scratch')
      return `${who(holders)} deleted it on purpose and is using it: end the query or restart the server by its own means, never empty it`;
    const restart = remedies.find(({ action }) => action.kind === 'restart-holder')?.action;
    if (restart?.kind === 'restart-holder' && restart.holder.what !== 'process')
      return `restart ${holderName(restart.holder)}, which holds it`;
    if (isMapped) return `restart ${who(holders)}: it is mapped, so it cannot be truncated safely`;
    const emptied = remedies.some(({ action }) => action.kind === 'empty-descriptor');
    return emptied
      ? `restart ${who(holders)}; where it must go on, empty what it holds: its content is lost`
      : `restart ${who(holders)} by its own means: it is no log, so emptying it may break the program that uses it`;
  },
};

function who(holders: readonly FileHolder[]): string {
  return holders
    .slice(0, MOST_HOLDERS)
    .map(({ process }) => processWord(process))
    .join(', ');
}

function holderName(holder: Exclude<Holder, { what: 'process' }>): string {
  return holder.what === 'container' ? `container ${holder.name}` : holder.name;
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
