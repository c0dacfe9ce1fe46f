/** What the bytes in a directory are there for, judged by its place and name and by the directory above it. */
import { USES } from '../../model/breakdown.ts';
import type { Use } from '../../model/breakdown.ts';
import { components } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

/** Places of the Filesystem Hierarchy Standard 3.0 and systemd's file-hierarchy(7), and what lies there. */
const places: Readonly<Record<string, Use>> = {
  '/bin': 'programs',
  '/sbin': 'programs',
  '/lib': 'programs',
  '/lib32': 'programs',
  '/lib64': 'programs',
  '/libx32': 'programs',
  '/usr': 'programs',
  '/opt': 'programs',
  '/boot': 'programs',
  '/snap': 'programs',
  '/nix': 'programs',
  '/gnu': 'programs',
  '/Applications': 'programs',
  '/System': 'programs',
  '/Library': 'programs',
  '/etc': 'data',
  '/srv': 'data',
  '/var/lib': 'data',
  '/var/mail': 'data',
  '/var/spool': 'data',
  '/var/www': 'data',
  '/var/opt': 'data',
  '/usr/local': 'programs',
  '/usr/local/var': 'data',
  '/var/log': 'logs',
  '/var/cache': 'caches',
  '/var/backups': 'backups',
  '/tmp': 'temporary',
  '/var/tmp': 'temporary',
  '/usr/tmp': 'temporary',
  '/dev/shm': 'temporary',
  '/run': 'temporary',
  '/var/lib/snapd': 'programs',
  '/var/lib/flatpak': 'programs',
  '/lost+found': 'other',
};

/** Names that say it wherever they stand, except inside what is settled already. */
const names = new Map<string, Use>();
const named: Partial<Record<Use, string>> = {
  programs:
    'node_modules site-packages dist-packages .venv venv .rustup .nvm .pyenv .sdkman .vscode .vscode-server ' +
    'gems vendor target __pycache__ .tox .git .hg .svn',
  caches:
    '.cache cache caches Cache Caches _cacache .npm .ccache .pnpm-store .gradle .ivy2 GPUCache CacheStorage',
  logs: 'log logs Logs .logs journal',
  temporary: 'tmp temp .tmp .temp Temp TMP',
  backups: 'backup backups Backup Backups .backup .snapshots snapshots Trash .Trash .trash .local-backups',
  data: 'data databases db mysql postgresql mongodb redis elasticsearch docker containers images lib www public_html',
};
for (const [use, list] of Object.entries(named))
  for (const name of list.split(' ')) names.set(name, use as Use);

/** Below these a name is no hint any more: /usr/share/doc/log is no log, and a cache's tmp is cache. */
const settling = new Set<Use>(['programs', 'caches', 'logs', 'temporary', 'backups']);

/** Places of programs that also keep their own state below them, where names go on counting. */
const unsettled = new Set(['/opt', '/usr/local', '/Library']);

/** No place in the table has more components than this. */
const DEEPEST_PLACE = 3;

/** The use of a directory, and what its own directories need to know of it. */
export interface DirectoryUse {
  readonly use: Use;
  /** Names below no longer change the use. */
  readonly settled: boolean;
  /** The absolute path while places may still lie below it. */
  readonly place: string | undefined;
}

/** Below the table's reach there is one value per use, so that a million directories make no objects. */
const deep = new Map(
  USES.map((use) => [use, { use, settled: settling.has(use), place: undefined } satisfies DirectoryUse]),
);
const unsettledDeep = { use: 'programs', settled: false, place: undefined } satisfies DirectoryUse;

/** Lengths and first bytes of the names above, to pass over all others without making a string of them. */
const hinted = new Uint8Array(256 * 32);
for (const name of names.keys()) hinted[name.length * 256 + name.charCodeAt(0)] = 1;

/** Whether the name of a directory inside `parent`, of this length and first byte, can change the use. */
export function mayChangeUse(parent: DirectoryUse, length: number, firstByte: number): boolean {
  return (
    parent.place !== undefined || (!parent.settled && length < 32 && hinted[length * 256 + firstByte] === 1)
  );
}

/** The use of directory `name` inside `parent`. */
export function useInside(parent: DirectoryUse, name: string): DirectoryUse {
  const hint = parent.settled ? undefined : names.get(name);
  if (parent.place === undefined) return hint ? deep.get(hint)! : parent;
  const path = `${parent.place}/${name}`;
  const use = places[path] ?? hint ?? parent.use;
  const settled =
    path in places
      ? settling.has(use) && !unsettled.has(path)
      : parent.settled || (hint !== undefined && settling.has(hint));
  if (path.split('/').length <= DEEPEST_PLACE) return { use, settled, place: path };
  return use === 'programs' && !settled ? unsettledDeep : deep.get(use)!;
}

/** The use of an absolute path, component by component. */
export function useOfPath(path: ByteString): DirectoryUse {
  let use: DirectoryUse = { use: 'other', settled: false, place: '' };
  for (const name of components(path)) use = useInside(use, name);
  return use;
}
