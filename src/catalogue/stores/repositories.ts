/** Version control: the history of somebody's work, and the garbage that only its own tool may collect. */
import type { RepositoryStore } from '../../model/store-name.ts';
import type { StoreEntry } from './store-entry.ts';

export const repositories: readonly (StoreEntry & { readonly store: RepositoryStore })[] = [
  {
    store: 'git',
    marks: ['objects refs HEAD'],
    levers: [
      { command: 'git -C {store} gc', loses: 'nothing', user: '{owner}', needsRoom: true },
      { command: 'git -C {store} count-objects -vH', does: 'shows', user: '{owner}' },
    ],
    source: 'git-gc(1), git-prune(1), git-count-objects(1), git-lfs-prune(1)',
  },
  {
    store: 'subversion',
    marks: ['db/revs hooks', 'db/revs format', 'db/fs-type hooks'],
    parts: [
      ['version', 'db/revs'],
      ['temporary', 'db/transactions'],
    ],
    levers: [
      { command: 'svnadmin pack {store}', loses: 'nothing' },
      { command: 'svnadmin lstxns {store}', does: 'shows' },
    ],
    source: 'svnadmin(1): pack, lstxns, rmtxns',
  },
  {
    store: 'mercurial',
    marks: ['store requires 00changelog.i', 'store/00changelog.i requires'],
    parts: [['version', 'store']],
    levers: [{ command: 'hg -R {above} debugupgraderepo', does: 'shows' }],
    source: 'Mercurial wiki: FileFormats, UpgradingRepositories',
  },
  {
    store: 'perforce',
    marks: ['db.have db.rev', 'db.have db.counters'],
    programs: ['p4d'],
    parts: [['version', '*']],
    levers: [
      { command: 'p4d -r {store} -jc', loses: 'nothing' },
      { command: 'p4 sizes -s //...', does: 'shows' },
    ],
    source: 'perforce.com/manuals: p4d -jc (checkpoint and journal rotation), p4 obliterate',
  },
  {
    store: 'dvc',
    marks: ['cache/files/md5', 'cache/runs config', 'files/md5/[0-9a-f][0-9a-f]'],
    parts: [['object', 'cache']],
    levers: [
      { command: 'dvc gc -w --dry', does: 'shows' },
      { command: 'dvc gc -w', loses: 'old-generations' },
    ],
    source: 'dvc.org/doc: dvc gc',
  },
];
