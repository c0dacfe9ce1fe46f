/** Files under the names that programs give to what is not finished, once their job is dead: nobody will ever finish them. */
import type { Action } from '../../model/action.ts';
import { baseName, fromText, joinPath, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Proposal } from '../../model/finding.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import { directoryNames } from '../../system/directories/directory-names.ts';
import { namedFile } from '../../system/files/named-file.ts';
import { readProcess } from '../../system/processes/process-identity.ts';
import type { Facts } from '../facts.ts';
import { formOfPath } from '../files/name-form.ts';
import type { Claims } from '../claims/claims.ts';
import { looking } from '../claims/looking.ts';
import type { Rule } from '../claims/rule.ts';

/** Endings of unfinished files: browsers, downloaders, warc writers, torrents, package tools, git. */
const UNFINISHED =
  /\.(?:tmp|temp|part|partial|open|crdownload|download|incomplete|inprogress|in-progress|unfinished|filepart|aria2|!qB|!ut|swp-part)$|\.(?:tmp|part|partial)[._-]?\d*$|\.tmp\.\d+\.\w{1,8}$|^(?:tmp_pack_|tmp_obj_|tmp_idx_)/iu;
/** rsync(1) and mkstemp(3): six random characters, which are hardly ever six small letters, as `.name.backup` has them. */
const RANDOM = /^\..+\.(?=[a-z\d]*[A-Z\d])[A-Za-z\d]{6}$/u;
/** Directories in which jobs keep what is not finished: rsync, mktemp(1), Spark, downloaders. */
const UNFINISHED_DIRECTORY =
  /^(?:\.~tmp~|\.rsync-partial|\.rsync-tmp|tmp\.[A-Za-z\d]{6,}|\.?incomplete|\.partial|_temporary|SAS_(?:work|util)[\dA-F]{8,}_.+|.+\.tmp\.[\w.-]+|.+\.(?:tmp|part|partial|incomplete|unfinished))$/u;
/** An unfinished file that nobody holds and nobody wrote to for so long has no job any more. */
const DEAD_SECONDS = 86_400;
const MOST_WRITERS = 4;

export const unfinishedFiles: Rule = {
  name: 'unfinished-files',
  find: (facts, claims) => {
    const files = facts.scan.largestFiles.filter(
      (file) => (isUnfinished(file.name) || isInUnfinished(file.path)) && !claims.isFileClaimed(file),
    );
    const groups = Map.groupBy(
      files,
      (file) => `${holdersOf(file, facts).length > 0} ${formOfPath(file.path) ?? file.path}`,
    );
    const found = [...groups.values()].flatMap((group): Leftovers[] => {
      const state = stateOf(group, facts);
      return state === undefined ? [] : [leftoversOf(group, state)];
    });
    return together(found)
      .filter(({ group }) => bytesOf(group) >= facts.worthBytes)
      .map((leftovers) => proposalOf(leftovers, facts, claims));
  },
};

/** Files of one form, or dead ones of several forms that lie in one directory. */
interface Leftovers {
  readonly group: readonly RankedFile[];
  readonly state: 'alive' | 'dead';
  readonly form: ByteString;
  readonly gonePids: readonly number[];
  readonly finished: ByteString | undefined;
  /** Whether something tells that nobody will finish them. */
  readonly isCertain: boolean;
}

/** Dead ones that lie in one directory, and of which the same is known, are one cause, whatever each is called. */
function together(found: readonly Leftovers[]): Leftovers[] {
  const groups = Map.groupBy(found, ({ group, state, form, isCertain }) => {
    const [directory, ...more] = new Set(group.map(({ path }) => parentPath(path)));
    return state === 'dead' && more.length === 0 ? `${isCertain} ${directory}` : form;
  });
  return [...groups.values()].map((some) => {
    const [first] = some;
    if (some.length === 1) return first;
    const group = some.flatMap((one) => one.group).toSorted((a, b) => b.diskBytes - a.diskBytes);
    return {
      ...first,
      group,
      form: joinPath(parentPath(group[0].path), '*' as ByteString),
      gonePids: some.flatMap(({ gonePids }) => gonePids),
    };
  });
}

function bytesOf(group: readonly RankedFile[]): number {
  return group.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
}

function leftoversOf(group: readonly RankedFile[], state: 'alive' | 'dead'): Leftovers {
  const [largest] = group;
  const isNamedSo = group.every(({ name }) => isUnfinished(name));
  const gonePids = isNamedSo && !areCounted(group) ? group.flatMap(({ name }) => pidIn(name) ?? []) : [];
  const finished = isNamedSo ? finishedBeside(largest) : undefined;
  return {
    group,
    state,
    form: fromText(formOfPath(largest.path) ?? ''),
    gonePids,
    finished,
    isCertain: gonePids.length === group.length || finished !== undefined,
  };
}

function isUnfinished(name: ByteString): boolean {
  return UNFINISHED.test(name) || RANDOM.test(name);
}

/** What lies there may have any name, so that only a person can say whether it is finished. */
function isInUnfinished(path: ByteString): boolean {
  return parentPath(path)
    .split('/')
    .some((name) => UNFINISHED_DIRECTORY.test(name));
}

/** Undefined while it may be either: written lately, held by nobody that can be seen. */
function stateOf(group: readonly RankedFile[], facts: Facts): 'alive' | 'dead' | undefined {
  if (holdersOf(group[0], facts).length > 0) return 'alive';
  const newest = Math.max(...group.map(touchedAt));
  return facts.nowSeconds - newest > DEAD_SECONDS ? 'dead' : undefined;
}

/** Not by ctime: a chmod or another name makes nobody's work. Gone meanwhile counts as just touched. */
function touchedAt({ path }: RankedFile): number {
  return namedFile(path)?.modifiedAt ?? Infinity;
}

function holdersOf({ path }: RankedFile, { openFiles }: Facts): number[] {
  const id = namedFile(path)?.id;
  const holds = (id && openFiles.files.get(id)?.holds) ?? [];
  return [...new Set(holds.map(({ pid }) => pid))];
}

function proposalOf(
  { group, state, form, gonePids, finished, isCertain }: Leftovers,
  facts: Facts,
  claims: Claims,
): Proposal {
  const [largest] = group;
  const freeableBytes = state === 'dead' ? bytesOf(group.filter(({ links }) => links === 1)) : 0;
  const times = group.map(({ modifiedAt }) => modifiedAt);
  return {
    rule: 'unfinished-files',
    state,
    count: group.length,
    form,
    oldestAt: Math.min(...times),
    newestAt: Math.max(...times),
    gonePids,
    finished,
    writers: holdersOf(largest, facts)
      .slice(0, MOST_WRITERS)
      .flatMap((pid) => readProcess(pid) ?? []),
    diskBytes: bytesOf(group),
    claimedBytes: group.reduce((sum, file) => sum + claims.file(file).claimedBytes, 0),
    freeableBytes,
    paths: group.map(({ path }) => path),
    actions: [
      ...(state === 'dead' && isCertain ? deletion(group, freeableBytes) : []),
      looking('ls', '-la', parentPath(largest.path)),
    ],
    risk: 'review',
  };
}

const MOST_DELETED = 20;

function deletion(group: readonly RankedFile[], bytes: number): Action[] {
  if (group.length > MOST_DELETED) return [];
  return [
    {
      kind: 'delete-files',
      paths: group.map(({ path }) => path),
      meaning: 'leftover',
      frees: { bytes, certainty: 'exact' },
      loses: 'leftovers',
      risk: 'review',
    },
  ];
}

/** The number that a name ends in: a pid, where it is no counter. */
function numberIn(name: ByteString): number {
  return Number(/[._-]([1-9]\d{1,6})(?:\.\w+)?$/u.exec(name)?.[1]);
}

/** Whether their numbers follow each other: parts of one job, and no pids. */
function areCounted(group: readonly RankedFile[]): boolean {
  const numbers = group.map(({ name }) => numberIn(name)).toSorted((a, b) => a - b);
  return numbers.some((number, index) => number === numbers[index - 1] + 1);
}

/** The pid that a name ends in, of a process that is gone (proc(5)). */
function pidIn(name: ByteString): number | undefined {
  const pid = numberIn(name);
  return Number.isInteger(pid) && namedFile(fromText(`/proc/${pid}`)) === undefined ? pid : undefined;
}

/** The same name without its ending, or of the same form: the job has finished others. */
function finishedBeside({ path, name }: RankedFile): ByteString | undefined {
  const finished = name.replace(/^\.(.+)\.[A-Za-z\d]{6}$/u, '$1').replace(UNFINISHED, '') as ByteString;
  const directory = parentPath(path);
  const names = directoryNames(directory);
  if (finished !== name && names.includes(finished)) return finished;
  const ending = /\.[A-Za-z\d]+$/u.exec(finished)?.[0];
  return ending === undefined
    ? undefined
    : names.find(
        (one) => one.endsWith(ending) && !isUnfinished(one) && baseName(joinPath(directory, one)) !== name,
      );
}
