/** Oracle: archived redo logs apart from the live files, wherever the recovery area puts them. */
import type { ByteString } from '../../../model/byte-string.ts';
import type { StorePart } from '../../../model/findings/store.ts';
import { filesPart, partsByPattern } from '../parts.ts';
import type { Reader } from '../reader.ts';
import { filesBelow } from './files-below.ts';

/** Names of Oracle-managed files and of LOG_ARCHIVE_FORMAT's default (Oracle Database Administrator's Guide). */
const ARCHIVED = /^(?:o1_mf_\d+_\d+_.*_\.arc|.*\d+_\d+_\d+\.(?:arc|dbf|log)|.*\.arc)$/iu;
const REDO = /redo.*\.(?:log|rdo)$/iu;
const DATA = /\.(?:dbf|ctl)$/iu;

export const oracle: Reader = ({ store, tree }) => {
  const files = filesBelow(
    tree,
    store.directory,
    (name) => ARCHIVED.test(name) || REDO.test(name) || DATA.test(name),
  );
  const archived = files.filter(({ name }) => isArchived(name));
  const redo = files.filter(({ name }) => REDO.test(name) && !isArchived(name));
  const data = files.filter(({ name }) => DATA.test(name) && !isArchived(name));
  const others = partsByPattern(store, tree).filter(
    ({ kind }) => kind === 'backup' || kind === 'snapshot' || kind === 'log',
  );
  return {
    parts: [
      ...some('archived-log', archived),
      ...some('datafile', data),
      ...some('redo-log', redo),
      ...others,
    ],
  };
};

function isArchived(name: ByteString): boolean {
  return ARCHIVED.test(name) && !REDO.test(name);
}

function some(kind: StorePart['kind'], files: Parameters<typeof filesPart>[2]): StorePart[] {
  return files.length === 0 ? [] : [filesPart(kind, undefined, files)];
}
