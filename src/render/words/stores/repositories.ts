/** Version control. */
import type { RepositoryStore } from '../../../model/store-name.ts';
import type { StoreWords } from './store-words.ts';

export const repositories: Readonly<Record<RepositoryStore, StoreWords>> = {
  git: {
    name: 'Git repository',
    gives:
      'let Git prune what interrupted fetches left behind and collect garbage; delete a whole clone only if a remote has all of it; fetch less with --filter=blob:none',
    never: 'never delete packs or objects by hand: it is the history',
  },
  subversion: {
    name: 'Subversion repository',
    gives:
      'pack shards, remove dead transactions; history itself only shrinks by dump and load into a new repository',
    never: 'never delete revisions by hand: it is the history',
  },
  mercurial: {
    name: 'Mercurial repository',
    gives: 'upgrade its format (sparse-revlog), or strip bundles in .hg/strip-backup that nobody needs',
    never: 'never delete below store/ by hand: it is the history',
  },
  perforce: {
    name: 'Perforce server',
    gives: 'take a checkpoint and rotate the journal, obliterate or archive old revisions',
    never: 'never delete db.* or versioned files by hand',
  },
  dvc: {
    name: 'DVC cache',
    gives: 'let DVC collect what no commit you keep refers to; push to a remote first',
    never: 'never delete by hand: workspaces may be links into it',
  },
};
